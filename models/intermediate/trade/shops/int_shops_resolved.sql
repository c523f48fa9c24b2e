-- Without a shop_key the shop is not known. What a shop does not state comes from its platform,
-- then from the project's defaults; a platform that the seed does not know is served too.

with

mentions as (

    select * from {{ ref('int_shops_mentioned') }}

),

shops as (

    select * from {{ ref('int_shops_unioned') }}

),

platforms as (

    select * from {{ ref('platforms') }}

),

placeholder_accounts as (

    select * from {{ ref('placeholder_accounts') }}

),

-- Each id stands between two signs that no id holds.
placeholders as (

    select
        platform_code,
        chr(31) || {{ sorted_list('account_id', 'chr(31)') }}
        || chr(31) as placeholder_account_ids
    from placeholder_accounts
    group by platform_code

),

final as (

    select
        case when mentions.is_placed then {{ surrogate_key([
            'mentions.platform_code', 'mentions.placed_shop_id',
        ]) }} end as shop_key,
        mentions.platform_code,
        mentions.shop_id,
        mentions.is_shop,
        mentions.placed_shop_id,
        mentions.has_lost_references,
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
        coalesce(platforms.gives_back_closed_orders, false) as gives_back_closed_orders,
        coalesce(platforms.statements_tell_refunds, false) as statements_tell_refunds,
        platforms.commission_rate,
        placeholders.placeholder_account_ids
    from mentions
    left join shops
        on
            mentions.platform_code = shops.platform_code
            and mentions.placed_shop_id is not distinct from shops.shop_id
    left join platforms
        on mentions.platform_code = platforms.platform_code
    left join placeholders
        on mentions.platform_code = placeholders.platform_code

)

select * from final
