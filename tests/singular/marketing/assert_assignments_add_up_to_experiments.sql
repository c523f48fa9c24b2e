-- Every assignment of an account that landed is counted in one row of its experiment and account.

with

assignments as (

    select * from {{ ref('int_assignments_unioned') }}

),

shops as (

    select * from {{ ref('int_shops_resolved') }}

),

experiments as (

    select * from {{ ref('fct_experiments') }}

),

landed as (

    select
        assignments.experiment_id,
        count(*) as assignment_count
    from assignments
    {{ join_shops('assignments') }}
    where {{ account_key('assignments') }} is not null
    group by assignments.experiment_id

),

counted as (

    select
        experiment_id,
        sum(assignment_count) as assignment_count
    from experiments
    group by experiment_id

)

select
    landed.experiment_id,
    landed.assignment_count as landed_count,
    counted.assignment_count as counted_count
from landed
full outer join counted
    on landed.experiment_id = counted.experiment_id
where landed.assignment_count is distinct from counted.assignment_count
