-- Each discount is spread over what the ones before left of the line. Amounts in minor units.

{{ config(materialized='incremental', meta={'touched_key': 'order_key'}) }}

with

order_lines as (

    select * from {{ touched_keys.touched_rows(ref('int_order_lines_with_line_discounts')) }}

),

orders as (

    select * from {{ ref('int_orders_localized') }}
    where
        {{ touched_keys.touched() }}
        and (
            coalesce(seller_discount_amount, 0) > 0
            or coalesce(platform_discount_amount, 0) > 0
            or coalesce(partner_discount_amount, 0) > 0
            or coalesce(points_discount_amount, 0) > 0
            or coalesce(freight_amount, 0) > 0
            or coalesce(tax_amount, 0) > 0
        )

),

{{ materialized_cte('to_spread') }} (

    select
        order_lines.order_key,
        order_lines.line_number,
        orders.minor_unit_digits,
        {{ to_minor_units('order_lines.left_amount', 'orders.minor_unit_digits') }} as line_units,
        {% for funder in ['seller', 'platform', 'partner', 'points'] -%}
        {{ to_minor_units(
            'greatest(coalesce(orders.' ~ funder ~ '_discount_amount, 0), 0)',
            'orders.minor_unit_digits',
        ) }} as {{ funder }}_total_units,
        {% endfor -%}
        {{ to_minor_units(
            'greatest(coalesce(orders.freight_amount, 0), 0)', 'orders.minor_unit_digits'
        ) }} as freight_total_units,
        {{ to_minor_units(
            'greatest(coalesce(orders.tax_amount, 0), 0)', 'orders.minor_unit_digits'
        ) }} as tax_total_units
    from order_lines
    inner join orders
        on order_lines.order_key = orders.order_key

),

{{ spread_amount(
    'to_spread', 'seller_spread', 'seller_total_units', 'line_units', 'seller', capped=true,
) }},

{{ spread_amount(
    'seller_spread', 'platform_spread', 'platform_total_units', 'line_units - seller_units',
    'platform', capped=true,
) }},

{{ spread_amount(
    'platform_spread', 'partner_spread', 'partner_total_units',
    'line_units - seller_units - platform_units', 'partner', capped=true,
) }},

{{ spread_amount(
    'partner_spread', 'points_spread', 'points_total_units',
    'line_units - seller_units - platform_units - partner_units', 'points', capped=true,
) }},

{% set paid_units = 'line_units - seller_units - platform_units - partner_units - points_units' -%}

{{ spread_amount(
    'points_spread', 'freight_spread', 'freight_total_units', paid_units, 'freight', capped=false,
) }},

{{ spread_amount(
    'freight_spread', 'tax_spread', 'tax_total_units', paid_units, 'tax', capped=false,
) }},

final as (

    select
        order_key,
        line_number,
        {{ from_minor_units('seller_units', 'minor_unit_digits') }} as seller_amount,
        {{ from_minor_units('platform_units', 'minor_unit_digits') }} as platform_amount,
        {{ from_minor_units('partner_units', 'minor_unit_digits') }} as partner_amount,
        {{ from_minor_units('points_units', 'minor_unit_digits') }} as points_amount,
        {{ from_minor_units('freight_units', 'minor_unit_digits') }} as freight_amount,
        {{ from_minor_units('tax_units', 'minor_unit_digits') }} as tax_amount
    from tax_spread

)

select * from final
