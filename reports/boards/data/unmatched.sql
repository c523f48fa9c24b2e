-- One row per source, table and kind of reference.
select
    source,
    table_name,
    reference,
    max(example_reference) as example_reference,
    min(date_day) as first_date,
    max(date_day) as last_date,
    sum(unmatched_count) as unmatched,
    max(table_reference_count) as all_references,
    max(table_unmatched_count) as all_unmatched
from subject.fct_unmatched_references
group by source, table_name, reference
order by unmatched desc, source, table_name, reference
