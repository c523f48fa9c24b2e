-- The reporting currency itself is worth 1; a currency without a rate on a day has no row for
-- it.

with

fx_rates as (

    select * from {{ ref('fx_rates') }}

),

reporting_currency as (

    select * from {{ ref('int_reporting_currency') }}

),

final as (

    select
        fx_rates.currency_code,
        fx_rates.valid_from_date,
        fx_rates.valid_to_date,
        fx_rates.rate
    from fx_rates
    inner join reporting_currency
        on fx_rates.to_currency_code = reporting_currency.currency_code

    union all

    select
        currency_code,
        cast('1900-01-01' as date) as valid_from_date,
        cast('9999-12-31' as date) as valid_to_date,
        cast(1 as decimal(18, 8)) as rate
    from reporting_currency

)

select * from final
