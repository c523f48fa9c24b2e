-- What left the stock to buyers is what the parcels that left hold; a difference is a booking that
-- the warehouse has to look for.

{{ config(severity='warn') }}

with

movements as (

    select * from {{ ref('int_stock_movements_unioned') }}
    where movement_kind = 'sale'

),

shipments as (

    select * from {{ ref('int_shipments_unioned') }}
    where direction = 'outbound' and shipped_time is not null and warehouse_id is not null

),

shipment_lines as (

    select * from {{ ref('int_shipment_lines_unioned') }}

),

sold as (

    select
        warehouse_id,
        sku_id,
        -sum(quantity) as quantity
    from movements
    group by warehouse_id, sku_id

),

shipped as (

    select
        shipments.warehouse_id,
        shipment_lines.sku_id,
        sum(shipment_lines.quantity) as quantity
    from shipments
    inner join shipment_lines
        on
            shipments.source = shipment_lines.source
            and shipments.shipment_id = shipment_lines.shipment_id
    group by shipments.warehouse_id, shipment_lines.sku_id

)

select
    coalesce(sold.warehouse_id, shipped.warehouse_id) as warehouse_id,
    coalesce(sold.sku_id, shipped.sku_id) as sku_id,
    sold.quantity as sold_quantity,
    shipped.quantity as shipped_quantity
from sold
full outer join shipped
    on
        sold.warehouse_id = shipped.warehouse_id
        and sold.sku_id = shipped.sku_id
where
    coalesce(sold.quantity, 0) <> coalesce(shipped.quantity, 0)
    and (select count(*) from movements) > 0
