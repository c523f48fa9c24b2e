-- fully_refunded_date is the day that gave the last of it back.

{{ config(
    materialized='incremental',
    meta={'ordered_by': 'ordered_date', 'touched_key': 'order_key'},
) }}

{% set line_sums = [
    'gross_amount', 'seller_discount_amount', 'platform_discount_amount', 'partner_discount_amount',
    'points_discount_amount', 'paid_amount', 'freight_amount', 'tax_amount', 'payable_amount',
    'revenue_amount', 'refund_paid_amount', 'refund_amount', 'net_revenue_amount',
    'paid_base_amount', 'revenue_base_amount', 'refund_base_amount', 'net_revenue_base_amount',
    'unallocated_line_discount_amount',
] %}

with

order_lines as (

    select * from {{ touched_keys.touched_rows(ref('int_order_lines_after_refunds')) }}

),

refund_lines as (

    select * from {{ touched_keys.touched_rows(ref('int_refund_lines_with_amounts')) }}

),

last_refunds as (

    select
        order_key,
        max(booked_date) as last_booked_date
    from refund_lines
    group by order_key

),

line_totals as (

    select
        order_key,
        min(ordered_date) as ordered_date,
        count(*) as line_count,
        cast(sum(quantity) as bigint) as unit_count,
        {% for amount in line_sums -%}
        sum({{ amount }}) as {{ amount }},
        {% endfor -%}
        -- The unknown cost of one line leaves the order's unknown.
        case when count(cost_amount) = count(*) then sum(cost_amount) end as cost_amount
    from order_lines
    group by order_key

),

final as (

    select
        line_totals.*,
        case
            when line_totals.revenue_amount > 0 and line_totals.net_revenue_amount = 0
                then last_refunds.last_booked_date
        end as fully_refunded_date
    from line_totals
    left join last_refunds
        on line_totals.order_key = last_refunds.order_key

)

select * from final
