{{ config(materialized='incremental', meta={'touched_key': 'listing_id'}) }}

with

source as (

    select * from {{ source('oms', 'listings') }}
    where {{ touched_keys.touched() }}

),

renamed as (

    select
        lower(platform) as platform_code,
        shop_id,
        listing_id,
        sku_id,
        title as listing_title,
        price as price_amount,
        {{- version_columns() }},
        _batch_id as batch_id,
        _loaded_at as loaded_at
    from source

)

select * from renamed
