-- One row per pair of stages: moves over the last month-end.
with stages as (
    select
        *,
        case from_stage
            when 'new' then 1 when 'active' then 2 when 'returned' then 3 when 'cooling' then 4
            when 'dormant' then 5 else 6
        end as from_place,
        case to_stage
            when 'new' then 1 when 'active' then 2 when 'returned' then 3 when 'cooling' then 4
            when 'dormant' then 5 else 6
        end as to_place
    from thematic.lifecycle_transitions
    where month_end_date = (select max(month_end_date) from thematic.lifecycle_transitions)
)

select from_stage, to_stage, customers, transition_rate
from stages
where customers > 0
order by from_place, to_place
