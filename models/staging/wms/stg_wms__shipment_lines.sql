-- Lines that share a number and differ are lines of their own.

{{ config(materialized='incremental', meta={'touched_key': 'shipment_id'}) }}

with

source as (

    {{ latest_parts(
        source('wms', 'shipment_lines'),
        ['shipment_id', 'line_no'],
        'shipment_id',
        parts=[],
        values=['sku_id', 'quantity'],
    ) }}

),

numbered as (

    {{ number_parts('source', ['shipment_id'], 'line_no') }}

),

renamed as (

    select
        shipment_id,
        part_number as line_number,
        sku_id,
        quantity,
        _batch_id as batch_id,
        _loaded_at as loaded_at
    from numbered

)

select * from renamed
