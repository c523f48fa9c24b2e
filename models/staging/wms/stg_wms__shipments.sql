{{ config(
    materialized='incremental',
    meta={'ordered_by': 'shipped_time', 'touched_key': 'shipment_id'},
) }}

with

source as (

    {{ latest_version(source('wms', 'shipments'), ['shipment_id'], 'shipment_id') }}

),

renamed as (

    select
        lower(platform) as platform_code,
        shop_id,
        shipment_id,
        order_id,
        warehouse_id,
        carrier,
        tracking_no,
        coalesce(lower(direction), 'outbound') as direction,
        lower(status) as source_status,
        freight_cost as freight_cost_amount,
        weight as weight_kg,
        ship_by_at as ship_by_time,
        ship_by_at_offset_minutes as ship_by_offset_minutes,
        deliver_by_at as deliver_by_time,
        deliver_by_at_offset_minutes as deliver_by_offset_minutes,
        shipped_at as shipped_time,
        shipped_at_offset_minutes as shipped_offset_minutes,
        delivered_at as delivered_time,
        delivered_at_offset_minutes as delivered_offset_minutes,
        _batch_id as batch_id,
        _loaded_at as loaded_at
    from source

)

select * from renamed
