{{ config(materialized='incremental', meta={'touched_key': 'review_id'}) }}

with

source as (

    {{ latest_version(
        source('helpdesk', 'reviews'), ['review_id', 'platform', 'shop_id', 'order_id'],
        'review_id',
    ) }}

),

renamed as (

    select
        lower(platform) as platform_code,
        shop_id,
        review_id,
        order_id,
        sku_id,
        rating,
        text as review_text,
        reply_text,
        created_at as created_time,
        created_at_offset_minutes as created_offset_minutes,
        replied_at as replied_time,
        replied_at_offset_minutes as replied_offset_minutes,
        _batch_id as batch_id,
        _loaded_at as loaded_at
    from source

)

select * from renamed
