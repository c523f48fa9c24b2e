-- Spells of one listing never overlap; a deletion leaves a gap. A version that names no price
-- changes none.

{% set time_zone = "'" ~ var('default_time_zone') ~ "'" %}

with

listing_versions as (

    select * from {{ ref('int_listing_versions_unioned') }}
    where price_amount is not null or is_deleted

),

product_versions as (

    select * from {{ ref('int_product_versions_unioned') }}
    where list_price_amount is not null or is_deleted

),

shops as (

    select * from {{ ref('int_shops_resolved') }}

),

listings as (

    select
        listing_versions.*,
        shops.shop_key,
        {{ utc_instant('listing_versions', 'version', 'shops.time_zone') }} as version_at
    from listing_versions
    {{ join_shops('listing_versions') }}

),

list_prices as (

    select
        *,
        {{ utc_instant('product_versions', 'version', time_zone) }} as version_at
    from product_versions

),

listing_spells as (
    {{ version_spells(
        'listings', ['platform_code', 'shop_key', 'listing_id'], ['sku_id', 'price_amount']
    ) }}
),

list_price_spells as (
    {{ version_spells('list_prices', ['sku_id'], ['list_price_amount']) }}
),

spells as (

    select
        'listing' as price_kind,
        listing_spells.platform_code,
        listing_spells.shop_key,
        listing_spells.listing_id,
        listing_spells.sku_id,
        shops.currency_code,
        shops.time_zone,
        listing_spells.price_amount,
        listing_spells.valid_from,
        listing_spells.valid_until
    from listing_spells
    inner join shops
        on listing_spells.shop_key = shops.shop_key and shops.is_shop

    union all

    select
        'list_price' as price_kind,
        cast(null as string) as platform_code,
        cast(null as string) as shop_key,
        cast(null as string) as listing_id,
        sku_id,
        '{{ var("default_currency") }}' as currency_code,
        {{ time_zone }} as time_zone,
        list_price_amount as price_amount,
        valid_from,
        valid_until
    from list_price_spells

),

final as (

    select
        {{ surrogate_key([
            'price_kind', 'shop_key', 'listing_id',
            "case when price_kind = 'list_price' then sku_id end", 'valid_from',
        ]) }} as product_price_key,
        {{ product_key('spells') }} as product_key,
        *,
        {{ local_date('valid_from', 'time_zone') }} as valid_from_date
    from spells

)

select * from final
