-- Counts are what the page shows: totals so far, not sales of the day.

with

listings as (

    select * from {{ ref('int_market_listings_unioned') }}

),

final as (

    select
        {{ surrogate_key(['platform_code', 'listing_id', 'observed_date']) }} as market_listing_key,
        source,
        platform_code,
        shop_name,
        listing_id,
        observed_date,
        title,
        category,
        price_amount,
        sales_count,
        comment_count
    from listings

)

select * from final
