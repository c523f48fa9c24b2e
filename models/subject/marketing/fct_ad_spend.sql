-- Orders and revenue are what the channel claims, not the shop's own; rates and the cost of a
-- click are not additive.

{{ config(meta={'ordered_by': 'spend_date'}) }}

with

ad_spend as (

    select * from {{ ref('int_ad_spend_converted') }}

),

final as (

    select
        ad_spend_key,
        source,
        platform_code,
        shop_key,
        spend_date,
        campaign_id,
        channel,
        product_key,
        impression_count,
        click_count,
        {{ ratio('click_count', 'impression_count') }} as click_rate,
        currency_code,
        cost_amount,
        -- Not by `ratio`: rounded to six digits first, a half of the fourth may be rounded twice.
        {{ money(quotient('cost_amount', 'click_count', 4)) }} as cost_per_click_amount,
        cost_base_amount,
        reported_order_count,
        reported_revenue_amount,
        reported_revenue_base_amount
    from ad_spend

)

select * from final
