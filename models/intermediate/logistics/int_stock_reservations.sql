-- Grain: one row per SKU, warehouse and day on which units paid and not yet shipped change in
-- number. They wait from the day on which their order became valid to the day on which their parcel
-- leaves, or the order is cancelled. Orders that are through without a parcel, such as a store's,
-- never wait. Warehouse null: in no parcel yet.

{% set waiting_positions = 'select ' ~ stock_position() ~ ' from {int_units_waiting}' %}

{{ config(
    materialized='incremental',
    meta={
        'touched_key': stock_position(),
        'touched_by': {
            'int_units_waiting': stock_position(),
            'int_stock_openings': waiting_positions
                ~ ' where sku_id in (select sku_id from changes)',
            'int_orders_validated': waiting_positions
                ~ ' where order_key in (select order_key from changes)',
        },
    },
) }}

with

orders as (

    select * from {{ ref('int_orders_validated') }}
    where is_valid

),

waiting as (

    select * from {{ ref('int_units_waiting') }}
    where {{ touched(stock_position()) }}

),

warehouses as (

    select * from {{ ref('int_warehouses_zoned') }}

),

stocked as (

    select sku_id
    from {{ ref('int_stock_openings') }}
    group by sku_id

),

spans as (

    select
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
    inner join stocked
        on waiting.sku_id = stocked.sku_id
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

changes as (

    select
        warehouse_id,
        sku_id,
        {{ local_date('valid_at', 'time_zone') }} as date_day,
        quantity as reserved_change
    from waited
    union all
    select
        warehouse_id,
        sku_id,
        {{ local_date('released_at', 'time_zone') }} as date_day,
        -quantity as reserved_change
    from waited
    where released_at is not null

),

final as (

    select
        warehouse_id,
        sku_id,
        date_day,
        cast(sum(reserved_change) as bigint) as reserved_change
    from changes
    group by warehouse_id, sku_id, date_day
    having sum(reserved_change) <> 0

)

select * from final
