-- The rates of a stage and month add up to 1; who left a month-end's stages and who first bought in
-- the month are together who stands in them on the next.

with

arrivals as (

    select
        month_end_date,
        to_stage as stage,
        sum(customers) as customers
    from {{ ref('lifecycle_transitions') }}
    group by month_end_date, to_stage

),

newcomers as (

    select
        last_day(first_purchase_date) as month_end_date,
        count(*) as customers
    from {{ ref('lifecycle_customers') }}
    group by last_day(first_purchase_date)

),

standing as (

    select
        lifecycle_month_ends.month_end_date,
        sum(lifecycle_month_ends.customers) as customers,
        sum(coalesce(arrivals.customers, 0)) as arrived_customers
    from {{ ref('lifecycle_month_ends') }} as lifecycle_month_ends
    left join arrivals
        on
            lifecycle_month_ends.month_end_date = arrivals.month_end_date
            and lifecycle_month_ends.stage = arrivals.stage
    group by lifecycle_month_ends.month_end_date

)

select
    standing.month_end_date,
    'everybody stands somewhere' as rule
from standing
left join newcomers
    on standing.month_end_date = newcomers.month_end_date
where standing.customers <> standing.arrived_customers + coalesce(newcomers.customers, 0)

union all

select
    month_end_date,
    'rates add up to 1' as rule
from {{ ref('lifecycle_transitions') }}
group by month_end_date, from_stage
-- Six rates of six places each, rounded.
having
    abs(sum(transition_rate) - 1) > 0.000003
    or sum(customers) <> max(from_customers)
