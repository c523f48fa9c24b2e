-- A count is the sum of all bins, which one file counts apart.

{{ config(materialized='incremental', meta={'touched_key': 'sku_id'}) }}

with

source as (

    {{ latest_parts(
        source('wms', 'stock_counts'),
        ['warehouse_id', 'sku_id', 'counted_on'],
        'sku_id',
        parts=['bin'],
        values=['on_hand', 'reserved', 'in_transit'],
    ) }}

),

renamed as (

    select
        warehouse_id,
        sku_id,
        counted_on as counted_date,
        cast(sum(on_hand) as integer) as on_hand_quantity,
        cast(sum(reserved) as integer) as reserved_quantity,
        cast(sum(in_transit) as integer) as in_transit_quantity,
        max(_batch_id) as batch_id,
        max(_loaded_at) as loaded_at
    from source
    group by warehouse_id, sku_id, counted_on

)

select * from renamed
