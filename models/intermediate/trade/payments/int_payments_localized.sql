{{ config(materialized='incremental', meta={'touched_key': 'order_id'}) }}

with

payments as (

    {{ placed_in_shops('payments', touched_keys.touched_rows(ref('int_payments_unioned'))) }}

),

shops as (

    select * from {{ ref('int_shops_resolved') }}

),

keyed as (

    select
        payments.source,
        payments.platform_code,
        payments.shop_id,
        payments.order_id,
        payments.payment_id,
        payments.payment_stage,
        payments.payment_method,
        payments.payment_status,
        payments.payment_amount,
        payments.fee_amount,
        payments.batch_id,
        {{ surrogate_key([
            'payments.platform_code', 'payments.shop_id', 'payments.payment_id',
            'payments.order_id', 'payments.part_number',
        ]) }} as payment_key,
        {{ order_key('payments') }} as order_key,
        shops.shop_key,
        shops.time_zone,
        shops.currency_code as shop_currency_code,
        coalesce(payments.payment_status, 'succeeded') = 'succeeded' as is_succeeded,
        {{ utc_instant('payments', 'paid', 'shops.time_zone') }} as paid_at
    from payments
    {{ join_shops('payments') }}

),

-- What came without its shop before, and with it since, is one: the later sending.
final as (

    select * from keyed
    qualify row_number() over (
        partition by payment_key order by batch_id desc, payment_amount desc
    ) = 1

)

select * from final
