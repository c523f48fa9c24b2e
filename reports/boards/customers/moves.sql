-- One row per pair of stages: moves to the last month-end.
with month_ends as (
    select max(month_end_date) as last_date from thematic.lifecycle_transitions
),

placed as (
    select
        from_stage,
        to_stage,
        customers,
        transition_rate,
        case from_stage
            when 'new' then 1 when 'active' then 2 when 'returned' then 3 when 'cooling' then 4
            when 'dormant' then 5 else 6
        end as from_place,
        case to_stage
            when 'new' then 1 when 'active' then 2 when 'returned' then 3 when 'cooling' then 4
            when 'dormant' then 5 else 6
        end as to_place
    from thematic.lifecycle_transitions
    inner join month_ends on lifecycle_transitions.month_end_date = month_ends.last_date
)

select
    from_stage,
    to_stage,
    customers,
    transition_rate
from placed
where customers > 0
order by from_place, to_place
