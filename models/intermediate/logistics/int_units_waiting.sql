-- In no parcel yet: the warehouse is null. Units that have left are among them, with the
-- instant. A discount as a line, below zero, is no goods.

{{ config(
    materialized='incremental',
    meta={
        'ordered_by': 'shipped_at',
        'touched_key': 'order_key',
        'touched_by': {
            'int_shipment_lines_unioned': 'select order_key from {int_shipments_localized}'
                ~ ' where shipment_id in (select shipment_id from changed_rows)',
        },
    },
) }}

with

order_lines as (

    select * from {{ touched_keys.touched_rows(ref('int_order_lines_with_line_discounts')) }}
    where coalesce(unit_price_amount, 0) >= 0

),

shipments as (

    select * from {{ touched_keys.touched_rows(ref('int_shipments_localized')) }}
    where direction = 'outbound' and order_key is not null

),

shipment_lines as (

    select * from {{ ref('int_shipment_lines_unioned') }}

),

packed as (

    select
        shipments.order_key,
        shipments.warehouse_id,
        shipment_lines.sku_id,
        shipment_lines.quantity,
        shipments.shipped_at
    from shipment_lines
    inner join shipments
        on
            shipment_lines.source = shipments.source
            and shipment_lines.shipment_id = shipments.shipment_id

),

ordered_and_packed as (

    select
        order_key,
        sku_id,
        quantity
    from order_lines
    union all
    select
        order_key,
        sku_id,
        -quantity as quantity
    from packed

),

final as (

    select
        order_key,
        warehouse_id,
        sku_id,
        sum(quantity) as quantity,
        shipped_at,
        true as is_packed
    from packed
    group by order_key, warehouse_id, sku_id, shipped_at
    union all
    select
        order_key,
        cast(null as string) as warehouse_id,
        sku_id,
        sum(quantity) as quantity,
        cast(null as timestamp) as shipped_at,
        false as is_packed
    from ordered_and_packed
    group by order_key, sku_id
    having sum(quantity) > 0

)

select * from final
