-- Every event is in one session, which begins with its first and ends with its last; every known
-- order that was paid is in one session, with its revenue.

{% set is_changed = touched_keys.changed_since_good_build(
    'web_session_key', ['fct_web_events', 'fct_web_sessions']
) %}

with

web_events as (

    select * from {{ ref('fct_web_events') }}

),

web_sessions as (

    select * from {{ ref('fct_web_sessions') }}

),

orders as (

    select * from {{ ref('fct_orders') }}

),

event_totals as (

    select
        web_session_key,
        count(*) as event_count,
        count(case when event_kind = 'pay' then 1 end) as pay_count,
        min(occurred_at) as started_at,
        max(occurred_at) as ended_at
    from web_events
    where {{ is_changed }}
    group by web_session_key

),

changed_sessions as (

    select * from web_sessions
    where {{ is_changed }}

),

paid_orders as (

    select distinct order_key
    from web_events
    where event_kind = 'pay' and order_key is not null

),

order_totals as (

    select
        count(case when orders.is_valid then 1 end) as order_count,
        coalesce(sum(case when orders.is_valid then orders.revenue_base_amount end), 0)
            as revenue_base_amount
    from paid_orders
    inner join orders
        on paid_orders.order_key = orders.order_key

),

session_totals as (

    select
        coalesce(sum(order_count), 0) as order_count,
        coalesce(sum(revenue_base_amount), 0) as revenue_base_amount
    from web_sessions

)

select
    coalesce(event_totals.web_session_key, changed_sessions.web_session_key) as web_session_key,
    'events' as what
from event_totals
full outer join changed_sessions
    on event_totals.web_session_key = changed_sessions.web_session_key
where
    event_totals.event_count is distinct from changed_sessions.event_count
    or event_totals.pay_count is distinct from changed_sessions.pay_count
    or event_totals.started_at is distinct from changed_sessions.started_at
    or event_totals.ended_at is distinct from changed_sessions.ended_at

union all

select
    cast(null as string) as web_session_key,
    'orders' as what
from order_totals
cross join session_totals
where
    order_totals.order_count <> session_totals.order_count
    or order_totals.revenue_base_amount <> session_totals.revenue_base_amount
