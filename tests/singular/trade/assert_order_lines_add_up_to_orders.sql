-- Every amount of an order is the sum of its lines', to the last digit. What payments and parcels
-- cost is known before its lines are, which may land a day later.

{% set amounts = [
    'gross_amount', 'seller_discount_amount', 'platform_discount_amount', 'partner_discount_amount',
    'points_discount_amount', 'paid_amount', 'freight_amount', 'tax_amount', 'payable_amount',
    'revenue_amount', 'refund_paid_amount', 'refund_amount', 'net_revenue_amount',
    'paid_base_amount', 'revenue_base_amount', 'refund_base_amount', 'net_revenue_base_amount',
] %}
{% set fees = [
    'freight_cost_amount', 'commission_amount', 'service_fee_amount', 'payment_fee_amount',
] %}

with

orders as (

    select * from {{ ref('fct_orders') }}
    where {{ touched_keys.changed_since_good_build(
        'order_key', ['fct_orders', 'fct_order_lines']
    ) }}

),

line_totals as (

    select
        {% for amount in amounts + fees -%}
        sum({{ amount }}) as {{ amount }},
        {% endfor -%}
        order_key
    from {{ ref('fct_order_lines') }}
    where {{ touched_keys.changed_since_good_build(
        'order_key', ['fct_orders', 'fct_order_lines']
    ) }}
    group by order_key

)

select orders.order_key
from orders
full outer join line_totals
    on orders.order_key = line_totals.order_key
where
    orders.order_key is null
    {% for amount in amounts -%}
    or orders.{{ amount }} is distinct from line_totals.{{ amount }}
    {% endfor %}
    {% for fee in fees -%}
    or (orders.line_count > 0 and orders.{{ fee }} is distinct from line_totals.{{ fee }})
    {% endfor %}
