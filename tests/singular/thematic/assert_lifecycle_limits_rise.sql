-- The limits of a category rise (a stage would vanish otherwise), and the default row is there.

with

lifecycle_limits as (

    select * from {{ ref('lifecycle_limits') }}

)

select
    category,
    'limits must be positive and rise: new <= active < cooling < dormant' as problem
from lifecycle_limits
where
    not (
        0 <= new_days
        and new_days <= active_days
        and active_days < cooling_days
        and cooling_days < dormant_days
        and 0 <= returned_days
        and returned_days <= active_days
    )

union all

select
    '*' as category,
    'the default row is missing' as problem
from lifecycle_limits
having count(case when category = '*' then 1 end) = 0
