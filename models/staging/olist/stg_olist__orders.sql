-- The buyer is the customer_unique_id; customer_id is new with each order. What an order costs
-- its buyer stands in the payments alone.

with

orders as (

    {{ latest_delivery(source('olist', 'orders'), ['order_id']) }}

),

customers as (

    {{ latest_delivery(source('olist', 'customers'), ['customer_id']) }}

),

order_payments as (

    {{ latest_delivery(source('olist', 'order_payments'), ['order_id', 'payment_sequential']) }}

),

order_items as (

    {{ latest_delivery(source('olist', 'order_items'), ['order_id', 'order_item_id']) }}

),

payment_totals as (

    select
        order_id,
        sum(payment_value) as payment_value
    from order_payments
    group by order_id

),

freight_totals as (

    select
        order_id,
        sum(freight_value) as freight_value
    from order_items
    group by order_id

),

renamed as (

    select
        'olist' as platform_code,
        orders.order_id,
        customers.customer_unique_id as account_id,
        orders.order_status as source_status,
        orders.order_purchase_timestamp as created_time,
        orders.order_approved_at as paid_time,
        freight_totals.freight_value as freight_amount,
        payment_totals.payment_value as source_payable_amount,
        'Brazil' as receiver_country,
        customers.customer_state as receiver_province,
        customers.customer_city as receiver_city,
        {{ lacks('orders', [
            'shop_id', 'order_type', 'is_test', 'is_cash_on_delivery', 'created_offset_minutes',
            'paid_offset_minutes', 'closed_time', 'closed_offset_minutes', 'balance_due_time',
            'balance_due_offset_minutes', 'cancel_reason', 'currency_code',
            'seller_discount_amount', 'platform_discount_amount', 'partner_discount_amount',
            'points_discount_amount', 'tax_amount', 'deposit_amount', 'group_id', 'live_session_id',
            'campaign_id', 'receiver_name', 'receiver_phone', 'receiver_district',
            'receiver_address',
        ]) }},
        orders._batch_id as batch_id,
        orders._loaded_at as loaded_at
    from orders
    left join customers
        on orders.customer_id = customers.customer_id
    left join payment_totals
        on orders.order_id = payment_totals.order_id
    left join freight_totals
        on orders.order_id = freight_totals.order_id

)

select * from renamed
