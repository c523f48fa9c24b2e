-- Where the source says no status, the received pieces do.

{{ config(materialized='incremental', meta={'touched_key': 'purchase_order_id'}) }}

with

purchase_orders as (

    select * from {{ touched_keys.touched_rows(ref('int_purchase_orders_unioned')) }}

),

warehouses as (

    select * from {{ ref('int_warehouses_zoned') }}

),

zoned as (

    select
        purchase_orders.*,
        coalesce(warehouses.time_zone, '{{ var("default_time_zone") }}') as time_zone
    from purchase_orders
    left join warehouses
        on purchase_orders.warehouse_id = warehouses.warehouse_id

),

localized as (

    select
        zoned.*,
        {{ surrogate_key([
            'zoned.source', 'zoned.purchase_order_id', 'zoned.line_number',
        ]) }} as purchase_order_line_key,
        {{ product_key('zoned') }} as product_key,
        coalesce(
            zoned.source_status,
            case
                when zoned.received_quantity >= zoned.quantity then 'received'
                when zoned.received_quantity > 0 then 'partial'
                else 'open'
            end
        ) as purchase_status,
        {{ utc_instant('zoned', 'ordered', 'zoned.time_zone') }} as ordered_at,
        {{ utc_instant('zoned', 'received', 'zoned.time_zone') }} as received_at
    from zoned

),

final as (

    select
        *,
        {{ local_date('ordered_at', 'time_zone') }} as ordered_date,
        {{ local_date('received_at', 'time_zone') }} as received_date
    from localized

)

select * from final
