-- The shares that an experiment's variants were meant to have add up to 1, within the rounding of a
-- third; where one is unknown nothing is said.
{{ config(severity='warn') }}

with

variants as (

    select * from {{ ref('dim_experiments') }}

),

final as (

    select
        experiment_key,
        sum(planned_share) as planned_share
    from variants
    group by experiment_key
    having count(*) = count(planned_share)

)

select * from final
where abs(planned_share - 1) > 0.01
