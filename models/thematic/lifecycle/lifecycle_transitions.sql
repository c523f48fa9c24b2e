-- How customers moved between stages from one month-end to the next. Rates of a from_stage and
-- month add up to 1. Who first bought in between comes from no stage and is not here: month 0 of
-- the cohorts counts them.

with

lifecycle_stages as (

    select * from {{ ref('lifecycle_stages') }}

),

from_stages as (

    select
        month_end_date,
        stage as from_stage,
        lag(customers) over (partition by stage order by month_end_date) as from_customers
    from {{ ref('lifecycle_month_ends') }}
    qualify lag(customers) over (partition by stage order by month_end_date) > 0

),

-- Only who began a spell in the month can have moved. All others stay: they are counted below,
-- never joined to every month-end one by one.
last_stages as (

    select
        customer_key,
        last_day(valid_from_date) as month_end_date,
        max_by(stage, valid_from_date) as stage
    from {{ ref('lifecycle_history') }}
    group by customer_key, last_day(valid_from_date)

),

customer_moves as (

    select
        month_end_date,
        lag(stage) over (partition by customer_key order by month_end_date) as from_stage,
        stage as to_stage
    from last_stages

),

moves as (

    select
        month_end_date,
        from_stage,
        to_stage,
        count(*) as customers
    from customer_moves
    group by month_end_date, from_stage, to_stage

),

flows as (

    select
        from_stages.month_end_date,
        from_stages.from_stage,
        lifecycle_stages.stage as to_stage,
        from_stages.from_customers,
        coalesce(moves.customers, 0) as moved_customers,
        sum(coalesce(moves.customers, 0)) over (
            partition by from_stages.month_end_date, from_stages.from_stage
        ) as customers_with_a_spell
    from from_stages
    cross join lifecycle_stages
    left join moves
        on
            from_stages.month_end_date = moves.month_end_date
            and from_stages.from_stage = moves.from_stage
            and lifecycle_stages.stage = moves.to_stage

),

counted as (

    select
        month_end_date,
        from_stage,
        to_stage,
        from_customers,
        case
            when from_stage = to_stage
                then moved_customers + from_customers - customers_with_a_spell
            else moved_customers
        end as customers
    from flows

),

final as (

    select
        month_end_date,
        from_stage,
        to_stage,
        cast(from_customers as integer) as from_customers,
        cast(customers as integer) as customers,
        {{ ratio('customers', 'from_customers') }} as transition_rate
    from counted

)

select * from final
