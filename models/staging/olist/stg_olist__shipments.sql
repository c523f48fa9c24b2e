with

orders as (

    {{ latest_delivery(source('olist', 'orders'), ['order_id']) }}

),

order_items as (

    {{ latest_delivery(source('olist', 'order_items'), ['order_id', 'order_item_id']) }}

),

ship_by as (

    select
        order_id,
        max(shipping_limit_date) as shipping_limit_date
    from order_items
    group by order_id

),

renamed as (

    select
        'olist' as platform_code,
        orders.order_id as shipment_id,
        orders.order_id,
        'outbound' as direction,
        case
            when orders.order_delivered_customer_date is not null then 'delivered'
            else 'shipped'
        end as source_status,
        ship_by.shipping_limit_date as ship_by_time,
        orders.order_estimated_delivery_date as deliver_by_time,
        orders.order_delivered_carrier_date as shipped_time,
        orders.order_delivered_customer_date as delivered_time,
        {{ lacks('shipments', [
            'shop_id', 'warehouse_id', 'carrier', 'tracking_no', 'freight_cost_amount', 'weight_kg',
            'ship_by_offset_minutes', 'deliver_by_offset_minutes', 'shipped_offset_minutes',
            'delivered_offset_minutes',
        ]) }},
        orders._batch_id as batch_id,
        orders._loaded_at as loaded_at
    from orders
    left join ship_by
        on orders.order_id = ship_by.order_id
    where
        orders.order_delivered_carrier_date is not null
        or orders.order_delivered_customer_date is not null

)

select * from renamed
