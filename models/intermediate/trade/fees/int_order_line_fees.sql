-- Commission goes by what buyers paid and were not given back, the rest by what they paid; what
-- a statement gives back in the end (a negative fee) is shared alike.

{{ config(materialized='incremental', meta={'touched_key': 'order_key'}) }}

{% set fees = ['commission', 'service_fee', 'payment_fee', 'freight_cost'] %}

with

order_lines as (

    select * from {{ touched_keys.touched_rows(ref('int_order_lines_after_refunds')) }}

),

order_fees as (

    select * from {{ touched_keys.touched_rows(ref('int_order_fees')) }}

),

to_spread as (

    select
        order_lines.order_key,
        order_lines.line_number,
        {% for fee in fees -%}
        case
            when order_fees.{{ fee }}_amount >= 0 then 1
            when order_fees.{{ fee }}_amount < 0 then -1
        end as {{ fee }}_sign,
        {{ to_money_units('abs(coalesce(order_fees.' ~ fee ~ '_amount, 0))') }}
            as {{ fee }}_total_units,
        {% endfor -%}
        {{ to_money_units('order_lines.paid_amount') }} as paid_units,
        {{ to_money_units('(order_lines.paid_amount - order_lines.refund_paid_amount)') }}
            as left_units
    from order_lines
    inner join order_fees
        on order_lines.order_key = order_fees.order_key

),

{{ spread_amount(
    'to_spread', 'commission_spread', 'commission_total_units', 'left_units', 'commission',
    capped=false,
) }},

{{ spread_amount(
    'commission_spread', 'service_fee_spread', 'service_fee_total_units', 'paid_units',
    'service_fee', capped=false,
) }},

{{ spread_amount(
    'service_fee_spread', 'payment_fee_spread', 'payment_fee_total_units', 'paid_units',
    'payment_fee', capped=false,
) }},

{{ spread_amount(
    'payment_fee_spread', 'freight_cost_spread', 'freight_cost_total_units', 'paid_units',
    'freight_cost', capped=false,
) }},

final as (

    select
        {% for fee in fees -%}
        {{ money(fee ~ '_sign * ' ~ from_money_units(fee ~ '_units')) }} as {{ fee }}_amount,
        {% endfor -%}
        order_key,
        line_number
    from freight_cost_spread

)

select * from final
