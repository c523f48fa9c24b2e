-- Valid is what was paid in full, or delivered when the cash is collected at the door; never a
-- test. What happens to it afterwards revokes nothing. Payments decide when an order was paid in
-- full (paid_at) where they tell of a deposit and its balance, or where the order does not say
-- (source_paid_at).

{{ config(
    materialized='incremental',
    meta={'ordered_by': 'ordered_at', 'touched_key': 'order_key'},
) }}

with

orders as (

    select * from {{ touched_keys.touched_rows(ref('int_orders_localized')) }}

),

payments as (

    select * from {{ touched_keys.touched_rows(ref('int_order_payments_summed')) }}

),

-- An order may be split over parcels: it is delivered with the last one that can arrive.
deliveries as (

    select * from {{ touched_keys.touched_rows(ref('int_order_deliveries')) }}

),

-- A deposit alone pays nothing in full, even where the source calls its time the payment time.
paid as (

    select
        orders.*,
        payments.paid_in_full_at,
        coalesce(payments.has_deposits_only, false) as has_deposits_only,
        case
            when payments.has_deposits_only then cast(null as timestamp)
            when payments.has_balance then coalesce(payments.paid_in_full_at, orders.source_paid_at)
            else coalesce(orders.source_paid_at, payments.paid_in_full_at)
        end as paid_at
    from orders
    left join payments
        on orders.order_key = payments.order_key

),

dated as (

    select
        paid.*,
        case
            when paid.is_test then cast(null as timestamp)
            when paid.is_cash_on_delivery and paid.order_status in ('delivered', 'completed')
                then coalesce(deliveries.all_delivered_at, paid.paid_at, paid.closed_at)
            when paid.is_cash_on_delivery and paid.paid_in_full_at is null then deliveries.kept_at
            when paid.is_cash_on_delivery then deliveries.all_delivered_at
            when paid.is_paid_status or paid.paid_in_full_at is not null then paid.paid_at
        end as valid_at
    from paid
    left join deliveries
        on paid.order_key = deliveries.order_key

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
