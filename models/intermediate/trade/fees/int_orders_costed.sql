-- Grain: one row per order with a parcel or a payment: what sending it cost, in the order's
-- currency, and what the payment services kept of it.

{{ config(
    materialized='incremental',
    meta={
        'touched_key': 'order_key',
        'touched_by': {
            'int_shipments_localized': 'order_key',
            'int_payments_localized': 'order_key',
            'int_orders_rated': 'order_key',
        },
    },
) }}

with

shipments as (

    select * from {{ touched_rows(ref('int_shipments_localized'), 'order_key') }}
    where order_key is not null

),

payments as (

    select * from {{ touched_rows(ref('int_payments_localized'), 'order_key') }}
    where is_succeeded

),

rates as (

    select * from {{ touched_rows(ref('int_orders_rated'), 'order_key') }}

),

freight_costs as (

    select
        order_key,
        sum(freight_cost_amount) as freight_cost_amount
    from shipments
    group by order_key

),

-- An order may be paid in several parts: total them before the join.
payment_totals as (

    select
        order_key,
        sum(fee_amount) as payment_fee_amount,
        sum(payment_amount) as received_amount
    from payments
    group by order_key

),

final as (

    select
        rates.order_key,
        payment_totals.payment_fee_amount,
        payment_totals.received_amount,
        {{ exchanged(
            'freight_costs.freight_cost_amount', 'rates.cost_from_rate', 'rates.cost_to_rate'
        ) }} as freight_cost_amount
    from rates
    left join freight_costs
        on rates.order_key = freight_costs.order_key
    left join payment_totals
        on rates.order_key = payment_totals.order_key
    where freight_costs.order_key is not null or payment_totals.order_key is not null

)

select * from final
