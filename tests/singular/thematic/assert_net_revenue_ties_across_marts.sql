-- What customers brought, counted four ways: RFM customers, segments, cohorts (with the refunds of
-- before a cohort's month, which have no month there) and straight from the facts.

{{ config(enabled=var('rfm_window_months') is none) }}

with

dim_as_of_date as (

    select * from {{ ref('dim_as_of_date') }}

),

buyers as (

    select
        customer_key
    from {{ ref('rfm_customers') }}

),

orders as (

    select sum(fct_orders.revenue_base_amount) as amount
    from {{ ref('fct_orders') }} as fct_orders
    inner join {{ ref('bridge_account_customer') }} as bridge_account_customer
        on fct_orders.account_key = bridge_account_customer.account_key
    inner join dim_as_of_date
        on fct_orders.purchase_date <= dim_as_of_date.as_of_date
    where fct_orders.is_valid

),

refunds as (

    select sum(fct_refunds.refund_base_amount) as amount
    from {{ ref('fct_refunds') }} as fct_refunds
    inner join {{ ref('bridge_account_customer') }} as bridge_account_customer
        on fct_refunds.account_key = bridge_account_customer.account_key
    inner join buyers
        on bridge_account_customer.customer_key = buyers.customer_key
    inner join dim_as_of_date
        on fct_refunds.booked_date <= dim_as_of_date.as_of_date

),

early_refunds as (

    select sum(purchase_refunds.refund_amount) as amount
    from {{ ref('purchase_refunds') }} as purchase_refunds
    inner join {{ ref('purchase_occasions') }} as purchase_occasions
        on
            purchase_refunds.customer_key = purchase_occasions.customer_key
            and purchase_occasions.purchase_number = 1
    where purchase_refunds.booked_date < date_trunc('month', purchase_occasions.purchase_date)

),

totals as (

    select
        coalesce(orders.amount, 0) - coalesce(refunds.amount, 0) as facts_amount,
        coalesce((
            select sum(customers.net_revenue_amount) from {{ ref('rfm_customers') }} as customers
        ), 0) as customers_amount,
        coalesce((
            select sum(segments.net_revenue_amount)
            from {{ ref('rfm_segment_summary') }} as segments
        ), 0) as segments_amount,
        coalesce((
            select sum(cohorts.net_revenue_amount) from {{ ref('repurchase_cohorts') }} as cohorts
        ), 0)
        - coalesce(early_refunds.amount, 0) as cohorts_amount
    from orders
    cross join refunds
    cross join early_refunds

)

select *
from totals
where
    facts_amount <> customers_amount
    or facts_amount <> segments_amount
    or facts_amount <> cohorts_amount
