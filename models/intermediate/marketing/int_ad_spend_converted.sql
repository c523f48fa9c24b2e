-- Converted at the day's rate; null without one. Spending that names no shop belongs to none.

with

ad_spend as (

    select * from {{ ref('int_ad_spend_unioned') }}

),

shops as (

    select * from {{ ref('int_shops_resolved') }}

),

exchange_rates as (

    select * from {{ ref('int_exchange_rates') }}

),

keyed as (

    select
        ad_spend.source,
        ad_spend.platform_code,
        ad_spend.spend_date,
        ad_spend.campaign_id,
        ad_spend.channel,
        ad_spend.sku_id,
        ad_spend.impression_count,
        ad_spend.click_count,
        ad_spend.cost_amount,
        ad_spend.reported_order_count,
        ad_spend.reported_revenue_amount,
        {{ surrogate_key([
            'ad_spend.source', 'ad_spend.spend_date', 'ad_spend.platform_code',
            'ad_spend.shop_id', 'ad_spend.campaign_id', 'ad_spend.channel', 'ad_spend.sku_id',
            'ad_spend.currency_code',
        ]) }} as ad_spend_key,
        {{ product_key('ad_spend') }} as product_key,
        case when shops.is_shop then shops.shop_key end as shop_key,
        coalesce(ad_spend.currency_code, shops.currency_code) as currency_code
    from ad_spend
    {{ join_shops('ad_spend') }}

),

final as (

    select
        keyed.*,
        {{ to_base('keyed.cost_amount', 'exchange_rates.rate') }} as cost_base_amount,
        {{ to_base('keyed.reported_revenue_amount', 'exchange_rates.rate') }}
            as reported_revenue_base_amount
    from keyed
    left join exchange_rates
        on
            keyed.currency_code = exchange_rates.currency_code
            and keyed.spend_date
            between exchange_rates.valid_from_date and exchange_rates.valid_to_date

)

select * from final
