-- Gross is quantity times price, never rounded (or the order's total, where that is all a source
-- tells). A line below zero (a return, a discount as a line) is worth what it says; no discount
-- takes a line below zero.

{% set of_the_order = 'select order_key from {int_orders_localized}'
    ~ ' where order_id in (select order_id from changed_rows)' %}

{{ config(
    materialized='incremental',
    meta={
        'touched_key': 'order_key',
        'touched_by': {
            'int_order_lines_unioned': of_the_order,
            'int_order_shops': of_the_order,
        },
    },
) }}

with

order_lines as (

    {{ placed_in_shops(
        'order_lines',
        '(select * from ' ~ ref('int_order_lines_unioned') ~ ' where '
        ~ touched_keys.touched_through('order_id', ref('int_orders_localized')) ~ ')',
    ) }}

),

orders as (

    select * from {{ touched_keys.touched_rows(ref('int_orders_localized')) }}

),

keyed as (

    select
        order_lines.*,
        {{ order_key('order_lines') }} as order_key,
        {{ product_key('order_lines') }} as product_key,
        cast(
            coalesce(
                order_lines.order_total_amount,
                order_lines.quantity * order_lines.unit_price_amount
            ) as decimal(18, 4)
        ) as gross_amount,
        greatest(coalesce(order_lines.line_discount_amount, 0), 0) as line_discount
    from order_lines

),

final as (

    select
        keyed.source,
        {{ order_line_key('keyed') }} as order_line_key,
        keyed.order_key,
        keyed.line_number,
        keyed.product_key,
        keyed.sku_id,
        keyed.quantity,
        keyed.unit_price_amount,
        coalesce(keyed.is_gift, false) as is_gift,
        keyed.line_discount_amount is not null as has_line_discount,
        keyed.gross_amount,
        least(keyed.line_discount, greatest(keyed.gross_amount, 0)) as line_discount_amount,
        greatest(keyed.line_discount - greatest(keyed.gross_amount, 0), 0)
            as unallocated_line_discount_amount,
        cast(
            keyed.gross_amount - least(keyed.line_discount, greatest(keyed.gross_amount, 0))
            as decimal(18, 4)
        ) as left_amount
    from keyed
    inner join orders
        on keyed.order_key = orders.order_key

)

select * from final
