-- Rows of one file that share the key are parts (ad groups, keywords, devices): they add up,
-- equal ones too. A later file replaces them.

with

source as (

    {{ latest_parts(
        source('marketing', 'ad_spend'),
        ['spend_on', 'platform', 'shop_id', 'campaign_id', 'channel', 'sku_id'],
        touched_column=none,
        parts='all',
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
        cast(sum(impressions) as bigint) as impression_count,
        cast(sum(clicks) as bigint) as click_count,
        cast(sum(cost) as decimal(18, 4)) as cost_amount,
        upper(currency) as currency_code,
        cast(sum(reported_orders) as bigint) as reported_order_count,
        cast(sum(reported_revenue) as decimal(18, 4)) as reported_revenue_amount,
        max(_batch_id) as batch_id,
        max(_loaded_at) as loaded_at
    from source
    group by
        spend_on, lower(platform), shop_id, campaign_id, lower(channel), sku_id, upper(currency)

)

select * from renamed
