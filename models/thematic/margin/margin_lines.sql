-- Amounts add up. Commission and the fees beside it are those of movements of money where any names
-- the order, else the line's own. Freight of parcels and freight on statements are both paid.

{% set places = [
    'commission', 'service_fee', 'payment_fee', 'freight', 'packing', 'insurance', 'advertising',
    'partner_commission', 'apart',
] %}
{% set of_lines = ['commission', 'service_fee', 'payment_fee'] %}

with

fct_order_lines as (

    select * from {{ ref('fct_order_lines') }}
    where is_valid

),

fct_orders as (

    select * from {{ ref('fct_orders') }}

),

fct_refund_lines as (

    select * from {{ ref('fct_refund_lines') }}

),

margin_line_fees as (

    select * from {{ ref('margin_line_fees') }}

),

dim_as_of_date as (

    select * from {{ ref('dim_as_of_date') }}

),

refunds as (

    select
        fct_refund_lines.order_line_key,
        sum(fct_refund_lines.refund_amount) as refund_amount,
        sum(case
            when fct_refund_lines.booked_date > last_day(fct_order_lines.purchase_date)
                then fct_refund_lines.refund_amount
            else 0
        end) as refunded_since_amount
    from fct_refund_lines
    inner join fct_order_lines
        on fct_refund_lines.order_line_key = fct_order_lines.order_line_key
    {{ until_as_of_date('fct_refund_lines.booked_date') }}
    group by fct_refund_lines.order_line_key

),

fees as (

    select
        {% for place in places -%}
        sum(case when waterfall_place = '{{ place }}' then fee_amount end)
            as {{ place }}_amount,
        {% endfor -%}
        order_line_key
    from margin_line_fees
    group by order_line_key

),

final as (

    select
        fct_order_lines.order_line_key,
        fct_order_lines.shop_key,
        coalesce(fct_orders.order_type, 'unknown') as channel,
        fct_order_lines.product_key,
        cast(date_trunc('month', fct_order_lines.purchase_date) as date) as month_date,
        fct_order_lines.currency_code,
        fct_order_lines.is_gift,
        fct_order_lines.quantity,
        fct_order_lines.gross_amount,
        {% for funder in ['seller', 'platform', 'partner', 'points'] -%}
        coalesce(fct_order_lines.{{ funder }}_discount_amount, 0) as {{ funder }}_discount_amount,
        {% endfor -%}
        {{ money('fct_order_lines.revenue_amount - fct_order_lines.paid_amount') }}
            as settled_discount_amount,
        fct_order_lines.revenue_amount,
        {{ money('coalesce(refunds.refund_amount, 0)') }} as refund_amount,
        {{ money('coalesce(refunds.refunded_since_amount, 0)') }} as refunded_since_amount,
        {% for place in places -%}
        {{ money_total(
            'coalesce(fees.' ~ place ~ '_amount, fct_order_lines.' ~ place ~ '_amount, 0)'
            if place in of_lines
            else 'coalesce(fct_order_lines.freight_cost_amount, 0)'
            ~ ' + coalesce(fees.freight_amount, 0)' if place == 'freight'
            else 'coalesce(fees.' ~ place ~ '_amount, 0)'
        ) }} as {{ place }}_amount,
        {% endfor -%}
        fct_order_lines.cost_amount
    from fct_order_lines
    inner join fct_orders
        on fct_order_lines.order_key = fct_orders.order_key
    left join refunds
        on fct_order_lines.order_line_key = refunds.order_line_key
    left join fees
        on fct_order_lines.order_line_key = fees.order_line_key
    {{ until_as_of_date('fct_order_lines.purchase_date') }}

)

select * from final
