-- One row per platform and category: our current prices beside those of observed competitors, on
-- the last day on which each was observed. Medians, because one tenfold price moves every mean.
with last_days as (
    select
        platform_code,
        shop_name,
        max(observed_date) as observed_date
    from subject.fct_market_listings
    group by platform_code, shop_name
),

theirs as (
    select
        listings.platform_code,
        listings.category,
        count(*) as their_listings,
        median(listings.price_amount) as their_price
    from subject.fct_market_listings as listings
    inner join last_days
        on
            listings.platform_code = last_days.platform_code
            and listings.shop_name = last_days.shop_name
            and listings.observed_date = last_days.observed_date
    group by listings.platform_code, listings.category
),

ours as (
    select
        dim_product_prices.platform_code,
        dim_products.category_2 as category,
        count(*) as our_listings,
        median(dim_product_prices.price_amount) as our_price
    from subject.dim_product_prices
    inner join subject.dim_products on dim_product_prices.product_key = dim_products.product_key
    where dim_product_prices.price_kind = 'listing' and dim_product_prices.is_current
    group by dim_product_prices.platform_code, dim_products.category_2
)

select
    ours.platform_code,
    ours.category,
    ours.our_listings,
    theirs.their_listings,
    ours.our_price,
    theirs.their_price,
    ours.our_price / nullif(theirs.their_price, 0) - 1 as price_gap
from ours
inner join theirs
    on
        ours.platform_code = theirs.platform_code
        and ours.category = theirs.category
order by price_gap desc, ours.platform_code, ours.category
