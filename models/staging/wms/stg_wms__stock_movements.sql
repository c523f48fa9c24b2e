{{ config(materialized='incremental', meta={'touched_key': 'movement_id'}) }}

with

source as (

    {{ latest_version(source('wms', 'stock_movements'), ['movement_id'], 'movement_id') }}

),

renamed as (

    select
        movement_id,
        warehouse_id,
        sku_id,
        lower(kind) as movement_kind,
        quantity,
        unit_cost as unit_cost_amount,
        lower(reference_kind) as reference_kind,
        reference_id,
        moved_at as moved_time,
        moved_at_offset_minutes as moved_offset_minutes,
        _batch_id as batch_id,
        _loaded_at as loaded_at
    from source

)

select * from renamed
