-- What a new customer cost and brings back, by the platform and the month of the first purchase.
-- All advertising of the platform's shops in the month counts as spent on new customers.

with

purchase_occasions as (

    select * from {{ ref('purchase_occasions') }}

),

dim_as_of_date as (

    select * from {{ ref('dim_as_of_date') }}

),

later_refunds as (

    select
        fct_refund_lines.order_key,
        sum(fct_refund_lines.refund_amount) as refund_amount
    from {{ ref('fct_refund_lines') }} as fct_refund_lines
    inner join dim_as_of_date
        on fct_refund_lines.booked_date > dim_as_of_date.as_of_date
    group by fct_refund_lines.order_key

),

-- An order of zero has no rate of its own, but what it costs: it takes that of its day's others.
rates as (

    select
        currency_code,
        purchase_date,
        {{ ratio('sum(revenue_base_amount)', 'sum(revenue_amount)') }} as day_rate
    from {{ ref('fct_orders') }}
    where is_valid and revenue_base_amount is not null
    group by currency_code, purchase_date

),

-- What was refunded later is not known yet.
orders as (

    select
        bridge_account_customer.customer_key,
        fct_orders.platform_code,
        fct_orders.order_key,
        fct_orders.purchase_date,
        fct_orders.net_revenue_base_amount,
        fct_orders.contribution_amount,
        coalesce(later_refunds.refund_amount, 0) as later_refund_amount,
        coalesce(
            {{ ratio('fct_orders.revenue_base_amount', 'fct_orders.revenue_amount') }},
            rates.day_rate
        ) as base_rate
    from {{ ref('fct_orders') }} as fct_orders
    inner join {{ ref('bridge_account_customer') }} as bridge_account_customer
        on fct_orders.account_key = bridge_account_customer.account_key
    left join later_refunds
        on fct_orders.order_key = later_refunds.order_key
    left join rates
        on
            fct_orders.currency_code = rates.currency_code
            and fct_orders.purchase_date = rates.purchase_date
    {{ until_as_of_date('fct_orders.purchase_date') }}
    where fct_orders.is_valid

),

first_orders as (

    select
        orders.customer_key,
        orders.platform_code,
        orders.purchase_date as first_purchase_date,
        cast(date_trunc('month', orders.purchase_date) as date) as cohort_month
    from orders
    inner join purchase_occasions
        on
            orders.customer_key = purchase_occasions.customer_key
            and orders.purchase_date = purchase_occasions.purchase_date
            and purchase_occasions.purchase_number = 1
    qualify row_number() over (
        partition by orders.customer_key order by orders.platform_code asc, orders.order_key asc
    ) = 1

),

later_orders as (

    select
        first_orders.platform_code,
        first_orders.cohort_month,
        {{ dbt.datediff('first_orders.cohort_month', 'orders.purchase_date', 'month') }}
            as months_since_first,
        orders.net_revenue_base_amount
        + cast(orders.later_refund_amount * orders.base_rate as decimal(28, 4))
            as net_revenue_base_amount,
        cast(
            (orders.contribution_amount + orders.later_refund_amount) * orders.base_rate
            as decimal(28, 4)
        ) as contribution_base_amount
    from first_orders
    inner join orders
        on first_orders.customer_key = orders.customer_key

),

months as (

    select
        platform_code,
        cohort_month,
        cast(months_since_first as integer) as months_since_first,
        sum(coalesce(net_revenue_base_amount, 0)) as net_revenue_amount,
        sum(coalesce(contribution_base_amount, 0)) as contribution_amount,
        count(case when contribution_base_amount is null then 1 end) as unvalued_order_count
    from later_orders
    group by platform_code, cohort_month, cast(months_since_first as integer)

),

running as (

    select
        *,
        sum(contribution_amount) over (
            partition by platform_code, cohort_month
            order by months_since_first
        ) as contribution_so_far
    from months

),

spending as (

    select
        fct_ad_spend.platform_code,
        cast(date_trunc('month', fct_ad_spend.spend_date) as date) as cohort_month,
        case
            when count(*) = count(fct_ad_spend.cost_base_amount)
                then sum(fct_ad_spend.cost_base_amount)
        end as spend_amount
    from {{ ref('fct_ad_spend') }} as fct_ad_spend
    {{ until_as_of_date('fct_ad_spend.spend_date') }}
    group by
        fct_ad_spend.platform_code,
        cast(date_trunc('month', fct_ad_spend.spend_date) as date)

),

cohorts as (

    select
        first_orders.platform_code,
        first_orders.cohort_month,
        count(*) as customer_count,
        sum(clv_customers.expected_revenue_amount) as expected_revenue_amount,
        count(clv_customers.expected_revenue_amount) as forecast_count
    from first_orders
    left join {{ ref('clv_customers') }} as clv_customers
        on first_orders.customer_key = clv_customers.customer_key
    group by first_orders.platform_code, first_orders.cohort_month

),

earned as (

    select
        running.platform_code,
        running.cohort_month,
        sum(running.net_revenue_amount) as net_revenue_amount,
        sum(running.contribution_amount) as contribution_amount,
        sum(running.unvalued_order_count) as unvalued_order_count,
        min(
            case
                when running.contribution_so_far >= spending.spend_amount
                    then running.months_since_first
            end
        ) as payback_months
    from running
    left join spending
        on
            running.platform_code = spending.platform_code
            and running.cohort_month = spending.cohort_month
    group by running.platform_code, running.cohort_month

),

valued as (

    select
        cohorts.platform_code,
        cohorts.cohort_month,
        cast(cohorts.customer_count as bigint) as customer_count,
        cast(earned.unvalued_order_count as bigint) as unvalued_order_count,
        {{ money_total('spending.spend_amount') }} as spend_amount,
        {{ money_total('earned.net_revenue_amount') }} as net_revenue_amount,
        {{ money_total('earned.contribution_amount') }} as contribution_amount,
        -- What is to come earns as much of a yuan as what came.
        case
            when cohorts.forecast_count = cohorts.customer_count and earned.net_revenue_amount > 0
                then cast(
                    cohorts.expected_revenue_amount * {{ ratio(
                        'earned.contribution_amount', 'earned.net_revenue_amount'
                    ) }} as decimal(28, 4)
                )
        end as expected_contribution_amount,
        earned.payback_months,
        case
            when spending.spend_amount is null then 'no_spending'
            when earned.payback_months is null then 'not_yet'
        end as missing_reason
    from cohorts
    inner join earned
        on
            cohorts.platform_code = earned.platform_code
            and cohorts.cohort_month = earned.cohort_month
    left join spending
        on
            cohorts.platform_code = spending.platform_code
            and cohorts.cohort_month = spending.cohort_month

),

final as (

    select
        platform_code,
        cohort_month,
        customer_count,
        unvalued_order_count,
        spend_amount,
        cast({{ quotient('spend_amount', 'customer_count', 4) }} as decimal(28, 4))
            as acquisition_cost_amount,
        net_revenue_amount,
        contribution_amount,
        expected_contribution_amount,
        payback_months,
        {{ ratio('contribution_amount', 'spend_amount') }} as observed_ltv_to_cac,
        {{ ratio('contribution_amount + expected_contribution_amount', 'spend_amount') }}
            as expected_ltv_to_cac,
        missing_reason
    from valued

)

select * from final
