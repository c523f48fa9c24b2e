-- Revenue is what is paid plus every discount that somebody else settles to the seller. What the
-- source does not tell (discounts, freight, tax) is null, and takes or adds nothing.

{{ config(
    materialized='incremental',
    meta={
        'ordered_by': 'ordered_date',
        'touched_key': 'order_key',
        'touched_by': {
            'int_product_costs': 'select order_key from {int_order_lines_with_line_discounts}'
                ~ ' where product_key in (select product_key from changed_rows)',
        },
    },
) }}

with

order_lines as (

    select * from {{ touched_keys.touched_rows(ref('int_order_lines_with_line_discounts')) }}

),

spread as (

    select * from {{ touched_keys.touched_rows(ref('int_order_amounts_allocated_to_lines')) }}

),

orders as (

    select * from {{ touched_keys.touched_rows(ref('int_orders_validated')) }}

),

shops as (

    select * from {{ ref('int_shops_resolved') }}
    where is_shop

),

rates as (

    select * from {{ touched_keys.touched_rows(ref('int_order_exchange_rates')) }}

),

product_costs as (

    select * from {{ ref('int_product_costs') }}

),

discounted as (

    select
        order_lines.*,
        orders.order_id,
        orders.shop_key,
        orders.platform_code,
        orders.is_valid,
        orders.ordered_date,
        orders.purchase_date,
        orders.order_currency_code as currency_code,
        orders.minor_unit_digits,
        case
            when
                order_lines.has_line_discount or orders.seller_discount_amount is not null
                then order_lines.line_discount_amount + coalesce(spread.seller_amount, 0)
        end as seller_discount_amount,
        {% for part in [
            'platform_discount', 'partner_discount', 'points_discount', 'freight', 'tax'
        ] -%}
        case
            when orders.{{ part }}_amount is not null
                then coalesce(spread.{{ part | replace('_discount', '') }}_amount, 0)
        end as {{ part }}_amount,
        {% endfor -%}
        case
            when shops.settles_platform_discount then coalesce(spread.platform_amount, 0)
            else 0
        end
        + case
            when shops.settles_partner_discount then coalesce(spread.partner_amount, 0)
            else 0
        end
        + case when shops.settles_points_discount then coalesce(spread.points_amount, 0) else 0 end
            as settled_discount_amount,
        {{ exchanged(
            '(product_costs.unit_cost_amount * order_lines.quantity)',
            'rates.cost_from_rate', 'rates.cost_to_rate',
        ) }} as cost_amount,
        rates.base_rate
    from order_lines
    inner join orders
        on order_lines.order_key = orders.order_key
    inner join shops
        on orders.shop_key = shops.shop_key
    inner join rates
        on orders.order_key = rates.order_key
    left join spread
        on
            order_lines.order_key = spread.order_key
            and order_lines.line_number = spread.line_number
    left join product_costs
        on
            order_lines.product_key = product_costs.product_key
            and coalesce(orders.purchase_date, orders.ordered_date)
            between product_costs.counts_from_date and product_costs.counts_to_date

),

final as (

    select
        *,
        gross_amount - coalesce(seller_discount_amount, 0) - coalesce(platform_discount_amount, 0)
        - coalesce(partner_discount_amount, 0) - coalesce(points_discount_amount, 0)
            as paid_amount
    from discounted

)

select * from final
