-- What each customer brought up to the as-of date, and what is expected of the 365 days after it.
-- Observed and expected stand apart: their sum is no amount of either kind.

with

clv_histories as (

    select * from {{ ref('clv_histories') }}

),

clv_parameters as (

    select * from {{ ref('clv_parameters') }}

),

forecast as (

    {{ clv_forecast('forecast', days='365') }}

),

final as (

    select
        customer_key,
        until_date as as_of_date,
        first_purchase_date,
        last_purchase_date,
        repeat_days + 1 as purchase_occasions,
        revenue_amount as observed_revenue_amount,
        purchase_model_name,
        alive_rate,
        expected_purchase_days,
        expected_day_amount,
        expected_revenue_amount,
        missing_reason
    from forecast

)

select * from final
