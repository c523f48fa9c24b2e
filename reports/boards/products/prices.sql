-- One row per listing with a price now: its price beside the SKU's list price, and how often it
-- changed. In the currency of the platform.
with listings as (
    select
        shop_key,
        product_key,
        listing_id,
        currency_code,
        max(case when is_current then price_amount end) as price,
        min(price_amount) as lowest_price,
        max(price_amount) as highest_price,
        count(*) - 1 as price_changes
    from subject.dim_product_prices
    where price_kind = 'listing'
    group by shop_key, product_key, listing_id, currency_code
)

select
    listings.shop_key,
    listings.currency_code,
    dim_products.sku_id,
    dim_products.product_name,
    dim_products.category_2 as category,
    listings.price,
    listings.lowest_price,
    listings.highest_price,
    listings.price_changes,
    1 as listings
from listings
inner join subject.dim_products on listings.product_key = dim_products.product_key
where listings.price is not null
order by dim_products.sku_id, listings.shop_key, listings.listing_id
limit 3000
