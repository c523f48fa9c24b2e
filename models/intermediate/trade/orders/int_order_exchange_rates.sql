-- base_rate turns an order's amounts into the reporting currency; cost_from_rate over
-- cost_to_rate turns costs, which the brand keeps in its default currency, into the order's.
-- Null without a rate.

{{ config(materialized='incremental', meta={'touched_key': 'order_key'}) }}

with

orders as (

    select * from {{ touched_keys.touched_rows(ref('int_orders_validated')) }}

),

rates as (

    select * from {{ ref('int_exchange_rates') }}

),

final as (

    select
        orders.order_key,
        order_rates.rate as base_rate,
        {% set is_default = "orders.order_currency_code = '" ~ var('default_currency') ~ "'" -%}
        case when {{ is_default }} then cast(1 as decimal(18, 8)) else cost_rates.rate end
            as cost_from_rate,
        case when {{ is_default }} then cast(1 as decimal(18, 8)) else order_rates.rate end
            as cost_to_rate
    from orders
    left join rates as order_rates
        on
            orders.order_currency_code = order_rates.currency_code
            and coalesce(orders.purchase_date, orders.ordered_date)
            between order_rates.valid_from_date and order_rates.valid_to_date
    left join rates as cost_rates
        on
            cost_rates.currency_code = '{{ var("default_currency") }}'
            and coalesce(orders.purchase_date, orders.ordered_date)
            between cost_rates.valid_from_date and cost_rates.valid_to_date

)

select * from final
