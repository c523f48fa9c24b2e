-- Grain: one row per shop that any row of any source names. What a shop does not state comes from
-- its platform, then from the project's defaults; a platform that the seed does not know is served
-- too. Accounts that a platform's shops share name no shop, nor does all of its marketing: the row
-- that they stand on is none.

{% set entities_with_a_shop = [
    'coupons', 'outreach', 'assignments', 'web_events', 'ad_spend', 'live_sessions',
    'shops', 'accounts', 'orders', 'order_lines', 'payments', 'refunds', 'shipments', 'tickets',
    'reviews', 'settlements', 'listing_versions', 'account_versions', 'member_levels',
    'point_movements',
] %}

{% set entities_of_accounts = [
    'coupons', 'outreach', 'assignments', 'web_events', 'ad_spend', 'live_sessions',
    'accounts', 'account_versions', 'member_levels', 'point_movements',
] %}

with

shops as (

    select * from {{ ref('int_shops_unioned') }}

),

platforms as (

    select * from {{ ref('platforms') }}

),

placeholder_accounts as (

    select * from {{ ref('placeholder_accounts') }}

),

mentions as (

    {% for entity in entities_with_a_shop -%}
    select
        platform_code,
        shop_id,
        {{ 'shop_id is not null' if entity in entities_of_accounts else 'true' }} as is_shop
    from {{ ref('int_' ~ entity ~ '_unioned') }}
    {% if not loop.last -%} union all {%- endif %}
    {% endfor %}

),

distinct_mentions as (

    select
        platform_code,
        shop_id,
        max(case when is_shop then 1 else 0 end) = 1 as is_shop
    from mentions
    group by platform_code, shop_id

),

-- Each id stands between two signs that no id holds.
placeholders as (

    select
        platform_code,
        chr(31) || {{ dbt.listagg('account_id', 'chr(31)', 'order by account_id') }}
        || chr(31) as placeholder_account_ids
    from placeholder_accounts
    group by platform_code

),

final as (

    select
        {{ shop_key('distinct_mentions') }} as shop_key,
        distinct_mentions.platform_code,
        distinct_mentions.shop_id,
        distinct_mentions.is_shop,
        shops.shop_name,
        shops.opened_date,
        coalesce(
            shops.time_zone, platforms.time_zone, '{{ var("default_time_zone") }}'
        ) as time_zone,
        coalesce(
            shops.currency_code, platforms.currency_code, '{{ var("default_currency") }}'
        ) as currency_code,
        coalesce(shops.is_online, platforms.is_online) as is_online,
        platforms.country_code,
        coalesce(platforms.accounts_are_shared, false) as accounts_are_shared,
        coalesce(platforms.settles_platform_discount, false) as settles_platform_discount,
        coalesce(platforms.settles_partner_discount, false) as settles_partner_discount,
        coalesce(platforms.settles_points_discount, false) as settles_points_discount,
        platforms.commission_rate,
        placeholders.placeholder_account_ids
    from distinct_mentions
    left join shops
        on
            distinct_mentions.platform_code = shops.platform_code
            and distinct_mentions.shop_id is not distinct from shops.shop_id
    left join platforms
        on distinct_mentions.platform_code = platforms.platform_code
    left join placeholders
        on distinct_mentions.platform_code = placeholders.platform_code

)

select * from final
