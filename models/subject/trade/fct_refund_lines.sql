-- Amounts add up over refunds and lines.

{{ config(
    materialized='incremental',
    meta={'ordered_by': 'booked_date', 'touched_key': 'order_key'},
) }}

with

refund_lines as (

    select * from {{ touched_keys.touched_rows(ref('int_refund_lines_with_amounts')) }}

),

final as (

    select
        refund_lines.refund_key,
        {{ order_line_key('refund_lines') }} as order_line_key,
        refund_lines.order_key,
        refund_lines.line_number,
        refund_lines.product_key,
        refund_lines.booked_date,
        {{ money('refund_lines.refund_paid_amount') }} as refund_paid_amount,
        {{ money('refund_lines.refund_paid_amount + refund_lines.refund_settled_amount') }}
            as refund_amount
    from refund_lines

)

select * from final
