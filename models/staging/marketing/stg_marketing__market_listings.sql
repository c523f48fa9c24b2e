with

source as (

    {{ latest_version(
        source('marketing', 'market_listings'),
        ['platform', 'shop_name', 'listing_id', 'observed_on']
    ) }}

),

renamed as (

    select
        lower(platform) as platform_code,
        shop_name,
        listing_id,
        observed_on as observed_date,
        title,
        category,
        price as price_amount,
        sales_count,
        comment_count,
        _batch_id as batch_id,
        _loaded_at as loaded_at
    from source

)

select * from renamed
