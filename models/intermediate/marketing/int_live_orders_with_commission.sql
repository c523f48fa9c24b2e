-- Commission goes by the stream's own rate, else the partner's, on what buyers paid and were not
-- given back.

{{ config(
    materialized='incremental',
    meta={
        'touched_key': 'order_key',
        'touched_by': {
            'int_live_sessions_localized': 'select order_key from {int_orders_validated}'
                ~ ' where live_session_id in (select live_session_id from changed_rows)',
        },
    },
) }}

with

orders as (

    select * from {{ touched_keys.touched_rows(ref('int_orders_validated')) }}
    where live_session_id is not null

),

order_totals as (

    select * from {{ touched_keys.touched_rows(ref('int_order_totals')) }}

),

rates as (

    select * from {{ touched_keys.touched_rows(ref('int_order_exchange_rates')) }}

),

live_sessions as (

    select * from {{ ref('int_live_sessions_localized') }}

),

keyed as (

    select
        orders.*,
        {{ live_session_key('orders') }} as live_session_key
    from orders

),

with_commission as (

    select
        keyed.order_key,
        keyed.live_session_key,
        keyed.source,
        keyed.platform_code,
        keyed.shop_key,
        keyed.live_session_id,
        keyed.account_key,
        keyed.is_valid,
        coalesce(keyed.is_test, false) as is_test,
        keyed.ordered_date,
        keyed.order_currency_code as currency_code,
        order_totals.unit_count,
        order_totals.paid_amount,
        order_totals.revenue_amount,
        order_totals.refund_amount,
        order_totals.net_revenue_amount,
        order_totals.revenue_base_amount,
        order_totals.net_revenue_base_amount,
        rates.base_rate,
        {{ money(
            'round(live_sessions.agreed_commission_rate'
            ~ ' * (order_totals.paid_amount - order_totals.refund_paid_amount), 4)'
        ) }} as commission_amount
    from keyed
    left join order_totals
        on keyed.order_key = order_totals.order_key
    left join rates
        on keyed.order_key = rates.order_key
    left join live_sessions
        on keyed.live_session_key = live_sessions.live_session_key

),

final as (

    select
        *,
        {{ to_base('commission_amount') }} as commission_base_amount
    from with_commission

)

select * from final
