-- Grain: one row per live stream that an order names: its orders and what they brought. Amounts of
-- several currencies do not add up: they are null, those in the reporting currency are not.

{% set amounts = [
    'paid_amount', 'revenue_amount', 'refund_amount', 'net_revenue_amount', 'commission_amount',
] %}
{% set base_amounts = [
    'revenue_base_amount', 'net_revenue_base_amount', 'commission_base_amount',
] %}

with

live_orders as (

    select * from {{ ref('int_live_orders_valued') }}
    where not is_test

),

placed as (

    select
        live_session_key,
        min(ordered_date) as first_ordered_date,
        count(*) as placed_order_count
    from live_orders
    group by live_session_key

),

valid_totals as (

    select
        live_session_key,
        count(*) as order_count,
        count(distinct account_key) as buyer_count,
        cast(sum(unit_count) as bigint) as unit_count,
        count(distinct currency_code) as currency_count,
        {% for amount in amounts + base_amounts -%}
        {{ known_sum(amount) }} as {{ amount }},
        {% endfor -%}
        min(currency_code) as currency_code
    from live_orders
    where is_valid
    group by live_session_key

),

final as (

    select
        placed.live_session_key,
        placed.first_ordered_date,
        placed.placed_order_count,
        coalesce(valid_totals.order_count, 0) as order_count,
        coalesce(valid_totals.buyer_count, 0) as buyer_count,
        valid_totals.unit_count,
        {% for amount in amounts + ['currency_code'] -%}
        case when valid_totals.currency_count = 1 then valid_totals.{{ amount }} end as {{ amount }},
        {% endfor -%}
        valid_totals.revenue_base_amount,
        valid_totals.net_revenue_base_amount,
        valid_totals.commission_base_amount
    from placed
    left join valid_totals
        on placed.live_session_key = valid_totals.live_session_key

)

select * from final
