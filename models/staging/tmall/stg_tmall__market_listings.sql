-- A listing shown twice on one day counts once.

with

source as (

    {{ latest_delivery(source('tmall', 'listings'), ['listing_id', 'observed_on']) }}

),

renamed as (

    select
        'tmall' as platform_code,
        shop_name,
        listing_id,
        observed_on as observed_date,
        title,
        {{ lacks('market_listings', ['category']) }},
        price as price_amount,
        sales_count,
        comment_count,
        _batch_id as batch_id,
        _loaded_at as loaded_at
    from source

)

select * from renamed
