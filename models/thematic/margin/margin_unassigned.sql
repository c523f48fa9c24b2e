-- What advertising reports tell takes the place of what wallets say of it: they tell the same.

with

margin_fees as (

    select * from {{ ref('margin_fees') }}
    where order_key is null

),

fct_ad_spend as (

    select * from {{ ref('fct_ad_spend') }}

),

fct_live_sessions as (

    select * from {{ ref('fct_live_sessions') }}
    where commission_amount is not null and currency_code is not null

),

dim_as_of_date as (

    select * from {{ ref('dim_as_of_date') }}

),

reported as (

    select
        fct_ad_spend.shop_key,
        fct_ad_spend.product_key,
        'unassigned' as channel,
        cast(date_trunc('month', fct_ad_spend.spend_date) as date) as month_date,
        fct_ad_spend.currency_code,
        'advertising' as waterfall_place,
        fct_ad_spend.cost_amount as fee_amount
    from fct_ad_spend
    {{ until_as_of_date('fct_ad_spend.spend_date') }}
    union all
    select
        fct_live_sessions.shop_key,
        cast(null as {{ dbt.type_string() }}) as product_key,
        'live' as channel,
        cast(date_trunc('month', fct_live_sessions.session_date) as date) as month_date,
        fct_live_sessions.currency_code,
        'partner_commission' as waterfall_place,
        fct_live_sessions.commission_amount as fee_amount
    from fct_live_sessions
    {{ until_as_of_date('fct_live_sessions.session_date') }}

),

reported_shops as (

    select distinct
        shop_key,
        waterfall_place
    from reported

),

told as (

    select
        margin_fees.shop_key,
        cast(null as {{ dbt.type_string() }}) as product_key,
        'unassigned' as channel,
        margin_fees.month_date,
        margin_fees.currency_code,
        margin_fees.waterfall_place,
        margin_fees.fee_amount
    from margin_fees
    left join reported_shops
        on
            margin_fees.shop_key is not distinct from reported_shops.shop_key
            and margin_fees.waterfall_place = reported_shops.waterfall_place
    where reported_shops.waterfall_place is null

),

together as (

    select * from reported
    union all
    select * from told

),

final as (

    select
        shop_key,
        product_key,
        channel,
        month_date,
        currency_code,
        waterfall_place,
        {{ money_total('sum(fee_amount)') }} as fee_amount
    from together
    group by shop_key, product_key, channel, month_date, currency_code, waterfall_place

)

select * from final
