{{ config(
    materialized='incremental',
    meta={'touched_key': 'sku_id', 'touched_by': ['stock_counts']},
) }}

with

source as (

    {{ latest_version(
        source('wms', 'stock_counts'), ['warehouse_id', 'sku_id', 'counted_on'], 'sku_id'
    ) }}

),

renamed as (

    select
        warehouse_id,
        sku_id,
        counted_on as counted_date,
        on_hand as on_hand_quantity,
        reserved as reserved_quantity,
        in_transit as in_transit_quantity,
        _batch_id as batch_id,
        _loaded_at as loaded_at
    from source

)

select * from renamed
