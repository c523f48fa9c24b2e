{{ config(materialized='incremental', meta={'touched_key': 'movement_id'}) }}

with

source as (

    {{ latest_version(
        source('oms', 'point_movements'),
        ['platform', 'shop_id', 'movement_id'],
        'movement_id',
        deleted_by='movement_id',
    ) }}

),

renamed as (

    select
        lower(platform) as platform_code,
        shop_id,
        account_id,
        movement_id,
        order_id,
        lower(reason) as source_reason,
        points,
        occurred_at as occurred_time,
        occurred_at_offset_minutes as occurred_offset_minutes,
        _batch_id as batch_id,
        _loaded_at as loaded_at
    from source

)

select * from renamed
