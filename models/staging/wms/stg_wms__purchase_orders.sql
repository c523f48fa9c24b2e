{{ config(materialized='incremental', meta={'touched_key': 'purchase_order_id'}) }}

with

source as (

    {{ latest_version(
        source('wms', 'purchase_orders'), ['purchase_order_id', 'line_no'], 'purchase_order_id'
    ) }}

),

renamed as (

    select
        purchase_order_id,
        line_no as line_number,
        supplier_id,
        warehouse_id,
        sku_id,
        lower(status) as source_status,
        quantity,
        unit_cost as unit_cost_amount,
        ordered_at as ordered_time,
        ordered_at_offset_minutes as ordered_offset_minutes,
        expected_on as expected_date,
        received_quantity,
        received_at as received_time,
        received_at_offset_minutes as received_offset_minutes,
        _batch_id as batch_id,
        _loaded_at as loaded_at
    from source

)

select * from renamed
