-- Spells of one listing never overlap; prices are no amounts to sum.

with

prices as (

    select * from {{ ref('int_product_prices') }}

),

final as (

    select
        product_price_key,
        price_kind,
        product_key,
        sku_id,
        platform_code,
        shop_key,
        listing_id,
        currency_code,
        {{ money('price_amount') }} as price_amount,
        valid_from as valid_from_at,
        valid_until as valid_to_at,
        valid_from_date,
        valid_until is null as is_current
    from prices

)

select * from final
