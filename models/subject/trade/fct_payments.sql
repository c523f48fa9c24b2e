{{ config(
    materialized='incremental',
    meta={
        'touched_key': 'payment_key',
        'touched_by': {
            'int_orders_validated': 'select payment_key from {int_payments_localized}'
                ~ ' where order_id in (select order_id from changed_rows)',
        },
    },
) }}

with

payments as (

    select * from {{ touched_keys.touched_rows(ref('int_payments_localized')) }}

),

orders as (

    select * from {{ ref('int_orders_validated') }}

),

final as (

    select
        payments.payment_key,
        payments.source,
        payments.platform_code,
        payments.shop_key,
        payments.payment_id,
        orders.order_key,
        payments.payment_stage,
        payments.payment_method,
        payments.payment_status,
        payments.paid_at,
        {{ local_date('payments.paid_at', 'payments.time_zone') }} as paid_date,
        coalesce(orders.order_currency_code, payments.shop_currency_code) as currency_code,
        {{ money('payments.payment_amount') }} as payment_amount,
        {{ money('payments.fee_amount') }} as fee_amount
    from payments
    left join orders
        on payments.order_key = orders.order_key

)

select * from final
