"""Measures of a batch: its statistics compared with those of the 28 days before it.

A batch is compared with earlier batches of its series: files of one table whose names differ in
digits only, so a shop's file is compared with that shop's. Later files never change the result
of a batch; failed batches and replaced files are not part of the reference.
"""

import duckdb

from expectations import thresholds
from expectations.profiles import profile_of
from ingest.conversion import quoted
from ingest.declarations import Table
from ingest.raw_tables import columns_of

# The last batch of every file that no gate has judged yet, or that failed one.
PENDING = """
create or replace table operations.pending_batches as
with last_of_file as (
    from operations.batches
    qualify log_line = max(log_line) over (partition by table_name, source_file)
),
verdicts as (
    select table_name, _batch_id, bool_or(outcome = 'failed') as has_failed
    from operations.expectation_results
    group by table_name, _batch_id
)
select last_of_file.*
from last_of_file
left join verdicts using (table_name, _batch_id)
where has_failed is distinct from false
"""


def compare(con: duckdb.DuckDBPyConnection, tables: list[Table]) -> None:
    """Write operations.batch_measures of every pending batch again."""
    con.execute(PENDING)
    con.execute(
        "delete from operations.batch_measures as old using operations.pending_batches as pending"
        " where old.table_name = pending.table_name and old._batch_id = pending._batch_id"
    )
    planned = [table.raw_name for table in tables if profile_of(table).is_planned]
    con.execute(_REFERENCES, {"planned": planned})
    for statement in (_ROWS, _VOLUME, _SHARES, _DRIFT):
        con.execute(_WITH_ENOUGH_BEFORE.format(measures=statement))
    for table in tables:
        declared = columns_of(table)
        con.execute(
            f"insert into operations.batch_measures by name {_COLUMNS}",
            {"table": table.raw_name, "names": list(declared), "types": list(declared.values())},
        )
        key = profile_of(table).replaced_by
        if _has_replaced_failures(con, table) and "_source_row" not in key:
            same_key = " and ".join(
                f"later.{quoted(name)} is not distinct from failed.{quoted(name)}" for name in key
            )
            con.execute(
                "insert into operations.batch_measures by name "
                + _LEFTOVERS.format(table=quoted(table.raw_name), same_key=same_key),
                {"table": table.raw_name},
            )


def _has_replaced_failures(con: duckdb.DuckDBPyConnection, table: Table) -> bool:
    con.execute(_REPLACED_FAILURES, {"table": table.raw_name})
    return con.execute("select count(*) from replaced_failures").fetchone() != (0,)


_WITH_ENOUGH_BEFORE = f"""
insert into operations.batch_measures by name
select * replace (
    case
        when reference_batches >= {thresholds.MIN_REFERENCE_BATCHES}
            and (rule = 'volume' or reference_rows >= {thresholds.MIN_REFERENCE_ROWS})
            then reference
    end as reference
)
from ({{measures}})
"""

# The earlier batches that a pending one is compared with.
_REFERENCES = f"""
create or replace temp table pairs as
with earlier as (
    select
        *,
        lead(log_line) over (
            partition by table_name, source_file, business_day order by log_line
        ) as replaced_at
    from operations.batches
    anti join (
        select table_name, _batch_id from operations.expectation_results where outcome = 'failed'
    ) as failed using (table_name, _batch_id)
)
select
    pending.table_name,
    pending._batch_id,
    earlier._batch_id as earlier_batch_id,
    dayofweek(earlier.business_day) = dayofweek(pending.business_day) as is_same_weekday
from operations.pending_batches as pending
join earlier
    on pending.table_name = earlier.table_name
    and pending.series = earlier.series
    and earlier.business_day < pending.business_day
    and earlier.business_day >= pending.business_day - {thresholds.REFERENCE_DAYS}
    and earlier.log_line < pending.log_line
    and coalesce(earlier.replaced_at > pending.log_line, true)
    and not list_contains($planned, pending.table_name)
"""

# Shares of all rows: rejected and late ones.
_ROWS = """
with reference as (
    select
        pairs.table_name,
        pairs._batch_id,
        count(*) as reference_batches,
        sum(rows_read) as rows_read,
        sum(rows_rejected) as rows_rejected,
        sum(rows_landed) as rows_landed,
        sum(late_rows) as late_rows
    from pairs
    join operations.batches as earlier
        on pairs.table_name = earlier.table_name and pairs.earlier_batch_id = earlier._batch_id
    group by pairs.table_name, pairs._batch_id
)
select
    table_name,
    _batch_id,
    'rejects' as rule,
    pending.rows_read as rows,
    coalesce(pending.rows_rejected / nullif(pending.rows_read, 0), 0) as value,
    reference.rows_rejected / nullif(reference.rows_read, 0) as reference,
    coalesce(reference_batches, 0) as reference_batches,
    coalesce(reference.rows_read, 0) as reference_rows
from operations.pending_batches as pending
left join reference using (table_name, _batch_id)
union all
select
    table_name,
    _batch_id,
    'lateness' as rule,
    pending.rows_landed as rows,
    coalesce(pending.late_rows / nullif(pending.rows_landed, 0), 0) as value,
    reference.late_rows / nullif(reference.rows_landed, 0) as reference,
    coalesce(reference_batches, 0) as reference_batches,
    coalesce(reference.rows_landed, 0) as reference_rows
from operations.pending_batches as pending
left join reference using (table_name, _batch_id)
"""

_VOLUME = """
select
    pending.table_name,
    pending._batch_id,
    'volume' as rule,
    pending.rows_landed as rows,
    pending.rows_landed as value,
    median(earlier.rows_landed) as reference,
    count(earlier._batch_id) as reference_batches,
    coalesce(sum(earlier.rows_landed), 0) as reference_rows
from operations.pending_batches as pending
left join pairs
    on pending.table_name = pairs.table_name
    and pending._batch_id = pairs._batch_id
    and pairs.is_same_weekday
left join operations.batches as earlier
    on pairs.table_name = earlier.table_name and pairs.earlier_batch_id = earlier._batch_id
group by pending.table_name, pending._batch_id, pending.rows_landed
"""

# The share of empty values of every column; the median of amounts.
_SHARES = """
with reference as (
    select
        pairs.table_name,
        pairs._batch_id,
        columns.column_name,
        count(*) as reference_batches,
        sum(live_rows) as live_rows,
        sum(filled_rows) as filled_rows,
        median(median_value) as median_value,
        count(median_value) as median_batches
    from pairs
    join operations.batches as earlier
        on pairs.table_name = earlier.table_name and pairs.earlier_batch_id = earlier._batch_id
    join operations.batch_columns as columns
        on pairs.table_name = columns.table_name and pairs.earlier_batch_id = columns._batch_id
    group by pairs.table_name, pairs._batch_id, columns.column_name
)
select
    pending.table_name,
    pending._batch_id,
    'nulls' as rule,
    column_name,
    pending.live_rows as rows,
    1 - columns.filled_rows / pending.live_rows as value,
    1 - reference.filled_rows / nullif(reference.live_rows, 0) as reference,
    coalesce(reference_batches, 0) as reference_batches,
    coalesce(reference.live_rows, 0) as reference_rows
from operations.pending_batches as pending
join operations.batch_columns as columns using (table_name, _batch_id)
left join reference using (table_name, _batch_id, column_name)
where pending.live_rows > 0
union all
select
    pending.table_name,
    pending._batch_id,
    'amounts' as rule,
    column_name,
    columns.filled_rows as rows,
    columns.median_value as value,
    reference.median_value as reference,
    coalesce(median_batches, 0) as reference_batches,
    coalesce(reference.filled_rows, 0) as reference_rows
from operations.pending_batches as pending
join operations.batch_columns as columns using (table_name, _batch_id)
left join reference using (table_name, _batch_id, column_name)
where columns.median_value is not null
"""

# Total variation: the share of rows that would have to change their value to match the days before.
_DRIFT = """
with value_rows as (
    select table_name, _batch_id, column_name, unnest(map_entries(value_rows)) as entry
    from operations.batch_columns
    where value_rows is not null
),
pending_rows as (
    select pending.table_name, _batch_id, column_name, entry.key as value, entry.value as rows
    from operations.pending_batches as pending
    join value_rows using (table_name, _batch_id)
),
reference_rows as (
    select
        pairs.table_name,
        pairs._batch_id,
        column_name,
        entry.key as value,
        sum(entry.value) as rows,
        count(*) as batches
    from pairs
    join value_rows
        on pairs.table_name = value_rows.table_name
        and pairs.earlier_batch_id = value_rows._batch_id
    group by pairs.table_name, pairs._batch_id, column_name, entry.key
),
reference_totals as (
    select
        table_name,
        _batch_id,
        column_name,
        sum(rows) as rows,
        max(batches) as batches
    from reference_rows
    group by table_name, _batch_id, column_name
),
pending_totals as (
    select table_name, _batch_id, column_name, sum(rows) as rows
    from pending_rows
    group by table_name, _batch_id, column_name
)
select
    table_name,
    _batch_id,
    'drift' as rule,
    column_name,
    any_value(pending_totals.rows) as rows,
    1 - sum(least(
        pending_rows.rows / pending_totals.rows,
        coalesce(reference_rows.rows / reference_totals.rows, 0)
    )) as value,
    case when any_value(reference_totals.rows) is not null then 0 end as reference,
    coalesce(any_value(reference_totals.batches), 0) as reference_batches,
    coalesce(any_value(reference_totals.rows), 0) as reference_rows
from pending_rows
join pending_totals using (table_name, _batch_id, column_name)
left join reference_totals using (table_name, _batch_id, column_name)
left join reference_rows using (table_name, _batch_id, column_name, value)
group by table_name, _batch_id, column_name
"""

# Failed batches whose file has been sent again since.
_REPLACED_FAILURES = """
create or replace temp table replaced_failures as
select pending._batch_id, failed._batch_id as failed_batch_id
from operations.pending_batches as pending
join operations.batches as failed
    on failed.table_name = pending.table_name
    and failed.source_file = pending.source_file
    and failed.log_line < pending.log_line
semi join operations.expectation_results as results
    on results.table_name = failed.table_name
    and results._batch_id = failed._batch_id
    and results.outcome = 'failed'
where pending.table_name = $table
"""

# Models take the last version of every key: a key that only a failed batch had stays in them,
# even if the new file does not have it.
_LEFTOVERS = """
select
    $table as table_name,
    replaced_failures._batch_id,
    'leftovers' as rule,
    count(*) as rows,
    count(*) as value,
    0 as reference,
    0 as reference_batches,
    0 as reference_rows
from raw.{table} as failed
join replaced_failures on failed._batch_id = replaced_failures.failed_batch_id
where not exists (
    from raw.{table} as later
    where later._batch_id > failed._batch_id and {same_key}
)
group by replaced_failures._batch_id
"""

_COLUMNS = """
select
    table_name,
    _batch_id,
    'columns' as rule,
    rows_landed as rows,
    (
        select count(*)
        from (select unnest($names) as name, unnest($types) as data_type) as declared
        left join information_schema.columns as standing
            on standing.table_schema = 'raw'
            and standing.table_catalog = current_database()
            and standing.table_name = $table
            and standing.column_name = declared.name
        where lower(standing.data_type) is distinct from replace(declared.data_type, ', ', ',')
    ) as value,
    0 as reference,
    0 as reference_batches,
    0 as reference_rows
from operations.pending_batches as pending
where table_name = $table
"""
