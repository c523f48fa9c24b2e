-- Spells of one listing, list price, cost or member level follow one another, and only the last of
-- each is open.

with

spells as (

    select
        price_kind || coalesce(shop_key, '') || coalesce(listing_id, sku_id) as spell_of,
        valid_from_at,
        valid_to_at
    from {{ ref('dim_product_prices') }}
    union all
    select
        product_key as spell_of,
        cast(valid_from_date as timestamp) as valid_from_at,
        cast(valid_to_date as timestamp) as valid_to_at
    from {{ ref('dim_product_costs') }}
    union all
    select
        account_key as spell_of,
        valid_from_at,
        valid_to_at
    from {{ ref('dim_member_levels') }}

),

followed as (

    select
        *,
        lead(valid_from_at) over (partition by spell_of order by valid_from_at) as next_from_at
    from spells

)

select * from followed
where
    next_from_at is not null
    and (valid_to_at is null or valid_to_at > next_from_at)
