-- Valid orders that name a live stream are those of the live streams, with what they brought.

with

live_orders as (

    select
        count(*) as order_count,
        coalesce(sum(orders.revenue_base_amount), 0) as revenue_base_amount,
        coalesce(sum(orders.net_revenue_base_amount), 0) as net_revenue_base_amount
    from {{ ref('fct_orders') }} as orders
    inner join {{ ref('int_orders_validated') }} as validated_orders
        on orders.order_key = validated_orders.order_key
    where orders.is_valid and validated_orders.live_session_id is not null

),

live_sessions as (

    select
        coalesce(sum(order_count), 0) as order_count,
        coalesce(sum(revenue_base_amount), 0) as revenue_base_amount,
        coalesce(sum(net_revenue_base_amount), 0) as net_revenue_base_amount
    from {{ ref('fct_live_sessions') }}

)

select live_orders.*
from live_orders
cross join live_sessions
where
    live_orders.order_count <> live_sessions.order_count
    or live_orders.revenue_base_amount <> live_sessions.revenue_base_amount
    or live_orders.net_revenue_base_amount <> live_sessions.net_revenue_base_amount
