-- Units wait from the day on which their order became valid to the day on which their parcel
-- leaves, or the order is cancelled (null: not yet). Orders that are through without a parcel,
-- such as a store's, never wait. Warehouse null: in no parcel yet.

{{ config(
    materialized='incremental',
    meta={'ordered_by': 'reserved_date', 'touched_key': 'order_key'},
) }}

with

orders as (

    select * from {{ touched_keys.touched_rows(ref('int_orders_validated')) }}
    where is_valid

),

waiting as (

    select * from {{ touched_keys.touched_rows(ref('int_units_waiting')) }}

),

warehouses as (

    select * from {{ ref('int_warehouses_zoned') }}

),

spans as (

    select
        waiting.order_key,
        waiting.warehouse_id,
        waiting.sku_id,
        waiting.quantity,
        orders.valid_at,
        orders.order_status,
        waiting.is_packed,
        coalesce(
            waiting.shipped_at,
            case when orders.order_status in ('cancelled', 'closed') then orders.closed_at end
        ) as released_at,
        coalesce(warehouses.time_zone, '{{ var("default_time_zone") }}') as time_zone
    from waiting
    inner join orders
        on waiting.order_key = orders.order_key
    left join warehouses
        on waiting.warehouse_id = warehouses.warehouse_id

),

-- Without an end it goes on, as long as the order itself waits.
waited as (

    select * from spans
    where
        released_at > valid_at
        or (released_at is null and order_status = 'paid')
        or (released_at is null and order_status = 'shipped' and is_packed)

),

dated as (

    select
        order_key,
        warehouse_id,
        sku_id,
        quantity,
        {{ local_date('valid_at', 'time_zone') }} as reserved_date,
        {{ local_date('released_at', 'time_zone') }} as released_date
    from waited

),

final as (

    select
        order_key,
        warehouse_id,
        sku_id,
        sum(quantity) as quantity,
        reserved_date,
        released_date
    from dated
    group by order_key, warehouse_id, sku_id, reserved_date, released_date

)

select * from final
