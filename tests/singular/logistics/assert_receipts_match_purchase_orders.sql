-- What purchase orders say was received is what came into stock for them; a difference is a
-- delivery that one of the two did not book.

{{ config(severity='warn') }}

with

movements as (

    select * from {{ ref('int_stock_movements_unioned') }}
    where reference_kind = 'purchase_order'

),

purchase_orders as (

    select * from {{ ref('int_purchase_orders_unioned') }}

),

booked as (

    select
        reference_id as purchase_order_id,
        sku_id,
        sum(quantity) as quantity
    from movements
    group by reference_id, sku_id

),

received as (

    select
        purchase_order_id,
        sku_id,
        sum(coalesce(received_quantity, 0)) as quantity
    from purchase_orders
    group by purchase_order_id, sku_id

)

select
    coalesce(booked.purchase_order_id, received.purchase_order_id) as purchase_order_id,
    coalesce(booked.sku_id, received.sku_id) as sku_id,
    booked.quantity as booked_quantity,
    received.quantity as received_quantity
from booked
full outer join received
    on
        booked.purchase_order_id = received.purchase_order_id
        and booked.sku_id = received.sku_id
where
    coalesce(booked.quantity, 0) <> coalesce(received.quantity, 0)
    and (select count(*) from movements) > 0
