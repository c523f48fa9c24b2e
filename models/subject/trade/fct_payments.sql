-- Grain: one row per payment, failed ones included; an order may have several: total them before a
-- join.

{{ config(
    materialized='incremental',
    meta={
        'touched_key': 'payment_id',
        'touched_by': {
            'int_payments_unioned': 'payment_id',
            'int_orders_validated': 'select payment_id from {int_payments_unioned}'
                ~ ' where order_id in (select order_id from changes)',
        },
    },
) }}

with

payments as (

    select * from {{ touched_rows(ref('int_payments_unioned'), 'payment_id') }}

),

shops as (

    select * from {{ ref('int_shops_resolved') }}

),

orders as (

    select * from {{ ref('int_orders_validated') }}

),

keyed as (

    select
        payments.*,
        {{ surrogate_key(['payments.platform_code', 'payments.shop_id', 'payments.payment_id']) }}
            as payment_key,
        {{ order_key('payments') }} as named_order_key,
        shops.shop_key,
        shops.time_zone,
        shops.currency_code as shop_currency_code,
        {{ utc_instant('payments', 'paid', 'shops.time_zone') }} as paid_at
    from payments
    {{ join_shops('payments') }}

),

final as (

    select
        keyed.payment_key,
        keyed.source,
        keyed.platform_code,
        keyed.shop_key,
        keyed.payment_id,
        orders.order_key,
        keyed.payment_stage,
        keyed.payment_method,
        keyed.payment_status,
        keyed.paid_at,
        {{ local_date('keyed.paid_at', 'keyed.time_zone') }} as paid_date,
        coalesce(orders.order_currency_code, keyed.shop_currency_code) as currency_code,
        {{ money('keyed.payment_amount') }} as payment_amount,
        {{ money('keyed.fee_amount') }} as fee_amount
    from keyed
    left join orders
        on keyed.named_order_key = orders.order_key

)

select * from final
