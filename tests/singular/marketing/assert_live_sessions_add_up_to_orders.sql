-- Valid orders that name a live stream are those of the live stream, with what they brought: null
-- as soon as one of them is worth nobody knows what, such as one whose lines come a day later.

with

live_orders as (

    select
        {{ live_session_key('validated_orders') }} as live_session_key,
        orders.revenue_base_amount,
        orders.net_revenue_base_amount
    from {{ ref('fct_orders') }} as orders
    inner join {{ ref('int_orders_validated') }} as validated_orders
        on orders.order_key = validated_orders.order_key
    where orders.is_valid and validated_orders.live_session_id is not null

),

expected as (

    select
        live_session_key,
        count(*) as order_count,
        {{ known_sum('revenue_base_amount') }} as revenue_base_amount,
        {{ known_sum('net_revenue_base_amount') }} as net_revenue_base_amount
    from live_orders
    group by live_session_key

)

select
    live_sessions.live_session_key,
    expected.*
from expected
full outer join {{ ref('fct_live_sessions') }} as live_sessions
    on expected.live_session_key = live_sessions.live_session_key
where
    live_sessions.order_count is distinct from coalesce(expected.order_count, 0)
    or (
        expected.order_count > 0
        and (
            expected.revenue_base_amount is distinct from live_sessions.revenue_base_amount
            or expected.net_revenue_base_amount
            is distinct from live_sessions.net_revenue_base_amount
        )
    )
