with

source as (

    {{ latest_version(
        source('marketing', 'ad_spend'),
        ['spend_on', 'platform', 'shop_id', 'campaign_id', 'channel', 'sku_id']
    ) }}

),

renamed as (

    select
        spend_on as spend_date,
        lower(platform) as platform_code,
        shop_id,
        campaign_id,
        lower(channel) as channel,
        sku_id,
        impressions as impression_count,
        clicks as click_count,
        cost as cost_amount,
        upper(currency) as currency_code,
        reported_orders as reported_order_count,
        reported_revenue as reported_revenue_amount,
        _batch_id as batch_id,
        _loaded_at as loaded_at
    from source

)

select * from renamed
