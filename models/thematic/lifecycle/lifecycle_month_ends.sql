-- How many customers stood in each stage on each month-end up to the as-of date. Customers add
-- up over stages, not over time.

with

dim_as_of_date as (

    select * from {{ ref('dim_as_of_date') }}

),

lifecycle_history as (

    select
        *,
        last_day(valid_from_date) as month_end_date
    from {{ ref('lifecycle_history') }}

),

lifecycle_stages as (

    select * from {{ ref('lifecycle_stages') }}

),

span as (

    select
        min(lifecycle_history.valid_from_date) as first_date,
        dim_as_of_date.as_of_date
    from lifecycle_history
    cross join dim_as_of_date
    group by dim_as_of_date.as_of_date

),

months as (

    select
        as_of_date,
        {{ month_series('first_date', 'as_of_date') }} as month_start_date
    from span

),

month_ends as (

    select last_day(month_start_date) as month_end_date
    from months
    where last_day(month_start_date) <= as_of_date

),

-- A spell that begins takes the customer out of the stage before.
changes as (

    select
        month_end_date,
        stage,
        count(*) as customers
    from lifecycle_history
    group by month_end_date, stage

    union all

    select
        month_end_date,
        previous_stage as stage,
        -count(*) as customers
    from lifecycle_history
    where previous_stage is not null
    group by month_end_date, previous_stage

),

final as (

    select
        month_ends.month_end_date,
        lifecycle_stages.stage,
        cast(
            sum(coalesce(sum(changes.customers), 0)) over (
                partition by lifecycle_stages.stage
                order by month_ends.month_end_date
                rows between unbounded preceding and current row
            ) as integer
        ) as customers
    from month_ends
    cross join lifecycle_stages
    left join changes
        on
            month_ends.month_end_date = changes.month_end_date
            and lifecycle_stages.stage = changes.stage
    group by month_ends.month_end_date, lifecycle_stages.stage

)

select * from final
