-- The hours and the promises of any group, priority and channel are there: without the row of `*` a
-- group without a rota would have no shift minutes, and a ticket no promise.

with

rows_of_any as (

    select count(*) as row_count from {{ ref('service_schedules') }}
    where agent_group_id = '*'
    union all
    select count(*) as row_count from {{ ref('service_targets') }}
    where priority = '*' and channel = '*'

)

select * from rows_of_any
where row_count = 0
