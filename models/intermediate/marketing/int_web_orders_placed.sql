-- A deposit and its balance, or a page that was loaded again, are one order.

{{ config(
    materialized='incremental',
    meta={
        'touched_key': 'order_key',
        'touched_by': {
            'int_web_events_sessioned': 'named_order_key',
        },
    },
) }}

with

web_events as (

    select * from {{ touched_keys.touched_rows(
        ref('int_web_events_sessioned'), 'named_order_key'
    ) }}
    where event_kind = 'pay' and named_order_key is not null

),

orders as (

    select * from {{ touched_keys.touched_rows(ref('int_orders_with_amounts')) }}

),

first_payments as (

    select
        named_order_key,
        web_session_key
    from web_events
    qualify row_number() over (
        partition by named_order_key order by occurred_at, event_key
    ) = 1

),

final as (

    select
        orders.order_key,
        first_payments.web_session_key,
        orders.is_valid,
        orders.currency_code,
        orders.revenue_amount,
        orders.revenue_base_amount
    from first_payments
    inner join orders
        on first_payments.named_order_key = orders.order_key

)

select * from final
