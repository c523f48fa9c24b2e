{{ config(
    materialized='incremental',
    meta={'ordered_by': 'ordered_date', 'touched_key': 'order_key'},
) }}

with

order_lines as (

    select * from {{ touched_keys.touched_rows(ref('int_order_lines_before_refunds')) }}

),

refund_lines as (

    select * from {{ touched_keys.touched_rows(ref('int_refund_lines_with_amounts')) }}

),

refund_totals as (

    select
        order_key,
        line_number,
        sum(refund_paid_amount) as refund_paid_amount,
        sum(refund_paid_amount + refund_settled_amount) as refund_amount
    from refund_lines
    group by order_key, line_number

),

refunded as (

    select
        order_lines.*,
        order_lines.paid_amount + coalesce(order_lines.freight_amount, 0)
        + coalesce(order_lines.tax_amount, 0) as payable_amount,
        order_lines.paid_amount + order_lines.settled_discount_amount as revenue_amount,
        coalesce(refund_totals.refund_paid_amount, 0) as refund_paid_amount,
        coalesce(refund_totals.refund_amount, 0) as refund_amount
    from order_lines
    left join refund_totals
        on
            order_lines.order_key = refund_totals.order_key
            and order_lines.line_number = refund_totals.line_number

),

converted as (

    select
        *,
        revenue_amount - refund_amount as net_revenue_amount,
        {{ to_base('paid_amount') }} as paid_base_amount,
        {{ to_base('revenue_amount') }} as revenue_base_amount,
        {{ to_base('refund_amount') }} as refund_base_amount
    from refunded

),

final as (

    select
        *,
        revenue_base_amount - refund_base_amount as net_revenue_base_amount
    from converted

)

select * from final
