-- What a new customer cost and brings back, by the platform and the month of the first purchase.
-- All advertising of the platform's shops in the month counts as spent on new customers.

with

clv_cohort_months as (

    select * from {{ ref('clv_cohort_months') }}

),

dim_as_of_date as (

    select * from {{ ref('dim_as_of_date') }}

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
        clv_first_orders.platform_code,
        clv_first_orders.cohort_month,
        count(*) as customer_count,
        sum(clv_customers.expected_revenue_amount) as expected_revenue_amount,
        count(clv_customers.expected_revenue_amount) as forecast_count
    from {{ ref('clv_first_orders') }} as clv_first_orders
    left join {{ ref('clv_customers') }} as clv_customers
        on clv_first_orders.customer_key = clv_customers.customer_key
    group by clv_first_orders.platform_code, clv_first_orders.cohort_month

),

earned as (

    select
        clv_cohort_months.platform_code,
        clv_cohort_months.cohort_month,
        sum(clv_cohort_months.net_revenue_amount) as net_revenue_amount,
        sum(clv_cohort_months.contribution_amount) as contribution_amount,
        sum(clv_cohort_months.unvalued_order_count) as unvalued_order_count,
        min(
            case
                when clv_cohort_months.contribution_so_far_amount >= spending.spend_amount
                    then clv_cohort_months.months_since_first
            end
        ) as payback_months
    from clv_cohort_months
    left join spending
        on
            clv_cohort_months.platform_code = spending.platform_code
            and clv_cohort_months.cohort_month = spending.cohort_month
    group by clv_cohort_months.platform_code, clv_cohort_months.cohort_month

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
