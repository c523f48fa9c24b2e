-- A shop is what the shops, the orders or the listings name; on a platform where these name
-- none, what others name. Any other row is no shop: one without an id stands for the platform's
-- only shop, where it has one (placed_shop_id), else the shop is not known (is_placed).

{% set entities_of_shops = ['shops', 'orders', 'listing_versions'] %}

{% set entities_naming_orders = [
    'order_lines', 'payments', 'refunds', 'shipments', 'tickets', 'reviews', 'settlements',
    'coupons', 'web_events',
] %}

{% set entities_of_accounts = [
    'coupons', 'outreach', 'assignments', 'web_events', 'ad_spend', 'live_sessions',
    'accounts', 'account_versions', 'member_levels', 'point_movements',
] %}

with

mentions as (

    {% for entity in (
        entities_of_shops + entities_naming_orders + entities_of_accounts
    ) | unique -%}
    select
        platform_code,
        shop_id,
        {{ 'case when shop_id is null then 0 else 1 end' if entity == 'listing_versions'
            else 1 if entity in entities_of_shops else 0 }} as is_named,
        {{ 'case when shop_id is null then 0 else 1 end'
            if entity in entities_of_accounts else 1 }} as may_be_named,
        {{ 1 if entity in entities_naming_orders else 0 }} as names_orders
    from {{ ref('int_' ~ entity ~ '_unioned') }}
    union all
    {% endfor %}
    -- A wallet's rows belong to the shop that sells: it is what they mention.
    select
        platform_code,
        shop_id,
        0 as is_named,
        1 as may_be_named,
        1 as names_orders
    from {{ ref('int_money_shops') }}

),

distinct_mentions as (

    select
        platform_code,
        shop_id,
        max(is_named) as is_named,
        max(may_be_named) as may_be_named,
        max(names_orders) as names_orders
    from mentions
    group by platform_code, shop_id

),

judged as (

    select
        *,
        case
            when max(is_named) over (partition by platform_code) = 1 then is_named = 1
            else may_be_named = 1
        end as is_shop
    from distinct_mentions

),

counted as (

    select
        *,
        count(case when is_shop then 1 end) over (partition by platform_code) as shop_count,
        max(case when is_shop then shop_id end) over (partition by platform_code) as only_shop_id
    from judged

),

final as (

    select
        platform_code,
        shop_id,
        is_shop,
        not is_shop and names_orders = 1 as has_lost_references,
        case
            when not is_shop and shop_id is null and shop_count = 1 then only_shop_id
            else shop_id
        end as placed_shop_id,
        is_shop or (shop_id is null and shop_count = 1) as is_placed
    from counted

)

select * from final
