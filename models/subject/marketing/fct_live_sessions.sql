-- Orders and amounts are those of valid orders that name the stream, refunds whenever they come;
-- buyers are not additive.

{% set amounts = [
    'paid_amount', 'revenue_amount', 'refund_amount', 'net_revenue_amount', 'revenue_base_amount',
    'net_revenue_base_amount',
] %}

with

named_sessions as (

    select * from {{ ref('int_live_sessions_named') }}

),

live_sessions as (

    select * from {{ ref('int_live_sessions_localized') }}

),

sold_sessions as (

    select * from {{ ref('int_live_sessions_sold') }}

),

joined as (

    select
        named_sessions.*,
        live_sessions.partner_key,
        live_sessions.host_key,
        live_sessions.campaign_id,
        live_sessions.starts_at,
        live_sessions.ends_at,
        coalesce(
            {{ local_date('live_sessions.starts_at', 'live_sessions.time_zone') }},
            sold_sessions.first_ordered_date
        ) as session_date,
        live_sessions.viewer_count,
        live_sessions.agreed_commission_rate as commission_rate,
        coalesce(sold_sessions.placed_order_count, 0) as placed_order_count,
        coalesce(sold_sessions.order_count, 0) as order_count,
        coalesce(sold_sessions.buyer_count, 0) as buyer_count,
        sold_sessions.unit_count,
        sold_sessions.currency_code,
        {% for amount in amounts -%}
        sold_sessions.{{ amount }},
        {% endfor -%}
        sold_sessions.commission_amount,
        sold_sessions.commission_base_amount
    from named_sessions
    left join live_sessions
        on named_sessions.live_session_key = live_sessions.live_session_key
    left join sold_sessions
        on named_sessions.live_session_key = sold_sessions.live_session_key

),

final as (

    select
        live_session_key,
        source,
        platform_code,
        shop_key,
        live_session_id,
        is_listed,
        partner_key,
        host_key,
        campaign_id,
        session_date,
        starts_at,
        ends_at,
        {{ minutes_between('starts_at', 'ends_at') }} as duration_minutes,
        viewer_count,
        placed_order_count,
        order_count,
        buyer_count,
        cast(case when order_count = 0 then 0 else unit_count end as bigint) as unit_count,
        currency_code,
        {% for amount in amounts -%}
        {{ money_total('case when order_count = 0 then 0 else ' ~ amount ~ ' end') }}
            as {{ amount }},
        {% endfor -%}
        -- Without a rate the commission is unknown, even of nothing.
        {{ money_total(
            'case when order_count = 0 then 0 * commission_rate else commission_amount end'
        ) }} as commission_amount,
        {{ money_total(
            'case when order_count = 0 then 0 * commission_rate else commission_base_amount end'
        ) }} as commission_base_amount,
        commission_rate
    from joined

)

select * from final
