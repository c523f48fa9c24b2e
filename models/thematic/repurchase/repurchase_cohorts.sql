-- What became of the customers who first bought in the same month. Cohort size repeats on every
-- row and must not be summed.

with

dim_as_of_date as (

    select * from {{ ref('dim_as_of_date') }}

),

purchase_occasions as (

    select
        *,
        cast(date_trunc('month', first_purchase_date) as date) as cohort_month,
        cast(date_trunc('month', purchase_date) as date) as activity_month,
        -- Holds once per customer and month: so that customers are counted without `distinct`.
        coalesce(
            date_trunc('month', previous_purchase_date) < date_trunc('month', purchase_date), true
        ) as is_first_of_month
    from {{ ref('purchase_occasions') }}

),

cohorts as (

    select
        cohort_month,
        count(*) as cohort_customers
    from purchase_occasions
    where purchase_number = 1
    group by cohort_month

),

cohort_months as (

    select
        cohorts.cohort_month,
        cohorts.cohort_customers,
        dim_as_of_date.as_of_date,
        {{ month_series('cohorts.cohort_month', 'dim_as_of_date.as_of_date') }} as activity_month
    from cohorts
    cross join dim_as_of_date

),

purchases as (

    select
        cohort_month,
        activity_month,
        count(case when is_first_of_month then 1 end) as active_customers,
        sum(order_count) as order_count,
        sum(unvalued_order_count) as unvalued_order_count,
        sum(revenue_amount) as revenue_amount
    from purchase_occasions
    group by cohort_month, activity_month

),

refunds as (

    select
        purchase_occasions.cohort_month,
        cast(date_trunc('month', purchase_refunds.booked_date) as date) as activity_month,
        sum(purchase_refunds.unvalued_refund_count) as unvalued_refund_count,
        sum(purchase_refunds.refund_amount) as refund_amount
    from {{ ref('purchase_refunds') }} as purchase_refunds
    inner join purchase_occasions
        on
            purchase_refunds.customer_key = purchase_occasions.customer_key
            and purchase_occasions.purchase_number = 1
    group by
        purchase_occasions.cohort_month,
        cast(date_trunc('month', purchase_refunds.booked_date) as date)

),

final as (

    select
        cohort_months.cohort_month,
        cast(
            {{ dbt.datediff(
                'cohort_months.cohort_month', 'cohort_months.activity_month', 'month'
            ) }} as integer
        ) as months_since_first,
        cohort_months.activity_month,
        last_day(cohort_months.activity_month) <= cohort_months.as_of_date as is_month_complete,
        cast(cohort_months.cohort_customers as integer) as cohort_customers,
        cast(coalesce(purchases.active_customers, 0) as integer) as active_customers,
        {{ ratio(
            'coalesce(purchases.active_customers, 0)', 'cohort_months.cohort_customers'
        ) }} as retention_rate,
        cast(coalesce(purchases.order_count, 0) as integer) as order_count,
        {{ money_total(
            'coalesce(purchases.revenue_amount, 0) - coalesce(refunds.refund_amount, 0)'
        ) }} as net_revenue_amount,
        cast(coalesce(purchases.unvalued_order_count, 0) as integer) as unvalued_order_count,
        cast(coalesce(refunds.unvalued_refund_count, 0) as integer) as unvalued_refund_count
    from cohort_months
    left join purchases
        on
            cohort_months.cohort_month = purchases.cohort_month
            and cohort_months.activity_month = purchases.activity_month
    left join refunds
        on
            cohort_months.cohort_month = refunds.cohort_month
            and cohort_months.activity_month = refunds.activity_month

)

select * from final
