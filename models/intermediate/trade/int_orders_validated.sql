-- Grain: one row per order, with the instant and business day on which it became valid: paid in
-- full, or delivered when the cash is collected at the door; never a test. What happens to it
-- afterwards revokes nothing.

{{ config(
    materialized='incremental',
    meta={
        'ordered_by': 'ordered_at',
        'touched_key': 'order_key',
        'touched_by': {
            'int_orders_localized': 'order_key',
            'int_payments_unioned': order_key('changes'),
            'int_order_deliveries': 'order_key',
        },
    },
) }}

with

orders as (

    select * from {{ touched_rows(ref('int_orders_localized'), 'order_key') }}

),

payments as (

    select * from {{ ref('int_payments_unioned') }}
    where
        coalesce(payment_status, 'succeeded') = 'succeeded'
        and {{ touched_in('order_id', ref('int_orders_localized')) }}

),

-- An order may be split over parcels: it is delivered with the last one that can arrive.
deliveries as (

    select * from {{ touched_rows(ref('int_order_deliveries'), 'order_key') }}

),

-- A deposit alone does not make an order valid, even where the source calls its time the payment
-- time.
deposits_alone as (

    select {{ order_key('payments') }} as order_key
    from payments
    group by {{ order_key('payments') }}
    having count(*) = count(case when payments.payment_stage = 'deposit' then 1 end)

),

dated as (

    select
        orders.*,
        case
            when orders.is_test then cast(null as timestamp)
            when orders.is_cash_on_delivery and orders.order_status in ('delivered', 'completed')
                then coalesce(deliveries.all_delivered_at, orders.paid_at, orders.closed_at)
            when orders.is_cash_on_delivery then deliveries.all_delivered_at
            when deposits_alone.order_key is not null then cast(null as timestamp)
            when orders.is_paid_status then orders.paid_at
        end as valid_at
    from orders
    left join deliveries
        on orders.order_key = deliveries.order_key
    left join deposits_alone
        on orders.order_key = deposits_alone.order_key

),

final as (

    select
        *,
        valid_at is not null as is_valid,
        {{ local_date('ordered_at', 'time_zone') }} as ordered_date,
        {{ local_date('valid_at', 'time_zone') }} as purchase_date
    from dated

)

select * from final
