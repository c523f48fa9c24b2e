-- Forecast against what happened: learned up to a day, compared over the days from it to the as-of
-- date. Customers, days and amounts add up over cohorts; errors of cohorts may offset each other.

with

clv_histories as (

    select * from {{ ref('clv_histories') }}

),

clv_parameters as (

    select * from {{ ref('clv_parameters') }}

),

forecast as (

    {{ clv_forecast('backtest', days='later_span_days') }}

),

cohorts as (

    select
        cast({{ dbt.date_trunc('month', 'first_purchase_date') }} as date) as cohort_month,
        until_date,
        later_span_days,
        max(purchase_model_name) as purchase_model_name,
        max(missing_reason) as missing_reason,
        count(*) as customers,
        sum(later_purchase_days) as actual_purchase_days,
        sum(expected_purchase_days) as expected_purchase_days,
        -- As if everybody went on at the own pace, as a yardstick.
        sum({{ ratio('repeat_days * later_span_days', 'age_days') }}) as same_pace_purchase_days,
        sum(later_revenue_amount) as actual_revenue_amount,
        sum(expected_revenue_amount) as expected_revenue_amount
    from forecast
    group by cohort_month, until_date, later_span_days

),

final as (

    select
        cohort_month,
        until_date,
        later_span_days,
        purchase_model_name,
        customers,
        cast(actual_purchase_days as bigint) as actual_purchase_days,
        cast(expected_purchase_days as decimal(28, 6)) as expected_purchase_days,
        cast(expected_purchase_days - actual_purchase_days as decimal(28, 6))
            as purchase_days_error,
        cast(coalesce(same_pace_purchase_days, 0) as decimal(28, 6)) as same_pace_purchase_days,
        {{ money_total('actual_revenue_amount') }} as actual_revenue_amount,
        {{ money_total('expected_revenue_amount') }} as expected_revenue_amount,
        {{ money_total('expected_revenue_amount - actual_revenue_amount') }}
            as revenue_error_amount,
        missing_reason
    from cohorts

)

select * from final
