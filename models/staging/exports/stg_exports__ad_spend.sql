-- A later report of the same day, campaign and product replaces an earlier one. What reports by
-- product and by campaign tell alike counts once: as the better of them says.

with

source as (

    select * from {{ source('exports', 'ad_rows') }}

),

latest as (

    select
        *,
        dense_rank() over (
            partition by
                platform, shop_id, layout, spent_on, campaign_id, campaign_name, product_id, sku_id
            order by _batch_id desc
        ) as delivery_number,
        min(account_rank) over (partition by platform, shop_id, account, spent_on) as best_rank
    from source

),

final as (

    select
        spent_on as spend_date,
        lower(platform) as platform_code,
        shop_id,
        coalesce(campaign_id, campaign_name) as campaign_id,
        lower(coalesce(channel, layout)) as channel,
        coalesce(sku_id, product_id) as sku_id,
        cast(sum(impressions) as bigint) as impression_count,
        cast(sum(clicks) as bigint) as click_count,
        cast(sum(cost_amount) as decimal(18, 4)) as cost_amount,
        upper(currency) as currency_code,
        cast(round(sum(attributed_orders), 0) as bigint) as reported_order_count,
        cast(sum(attributed_amount) as decimal(18, 4)) as reported_revenue_amount,
        max(_batch_id) as batch_id,
        max(_loaded_at) as loaded_at
    from latest
    where delivery_number = 1 and account_rank = best_rank
    group by
        spent_on, lower(platform), shop_id, coalesce(campaign_id, campaign_name),
        lower(coalesce(channel, layout)), coalesce(sku_id, product_id), upper(currency)

)

select * from final
