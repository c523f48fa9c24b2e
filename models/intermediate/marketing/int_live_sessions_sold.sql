-- Amounts of several currencies do not add up: they are null, those in the reporting currency
-- are not.

{% set amounts = [
    'paid_amount', 'revenue_amount', 'refund_amount', 'net_revenue_amount', 'commission_amount',
] %}
{% set base_amounts = [
    'revenue_base_amount', 'net_revenue_base_amount', 'commission_base_amount',
] %}

with

live_orders as (

    select * from {{ ref('int_live_orders_with_commission') }}
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

totals as (

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
        coalesce(totals.order_count, 0) as order_count,
        coalesce(totals.buyer_count, 0) as buyer_count,
        totals.unit_count,
        {% for amount in amounts + ['currency_code'] -%}
        case when totals.currency_count = 1 then totals.{{ amount }} end as {{ amount }},
        {% endfor -%}
        totals.revenue_base_amount,
        totals.net_revenue_base_amount,
        totals.commission_base_amount
    from placed
    left join totals
        on placed.live_session_key = totals.live_session_key

)

select * from final
