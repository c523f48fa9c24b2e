-- The spells of a customer touch, never overlap, change the stage, and the last one alone is open.

with

followed as (

    select
        *,
        lead(valid_from_date) over customer as next_from_date,
        lag(stage) over customer as stage_before
    from {{ ref('lifecycle_history') }}
    where {{ touched_keys.changed_since_good_build('customer_key', ['lifecycle_history']) }}
    window customer as (partition by customer_key order by valid_from_date)

)

select *
from followed
where
    valid_to_date < valid_from_date
    or valid_to_date is distinct from cast(
        {{ dbt.dateadd('day', -1, 'next_from_date') }} as date
    )
    or stage_before is distinct from previous_stage
    or stage_before = stage
