{{ config(
    materialized='incremental',
    meta={'touched_key': 'shipment_id', 'touched_by': ['shipment_lines']},
) }}

with

source as (

    {{ latest_version(source('wms', 'shipment_lines'), ['shipment_id', 'line_no'], 'shipment_id') }}

),

renamed as (

    select
        shipment_id,
        line_no as line_number,
        sku_id,
        quantity,
        _batch_id as batch_id,
        _loaded_at as loaded_at
    from source

)

select * from renamed
