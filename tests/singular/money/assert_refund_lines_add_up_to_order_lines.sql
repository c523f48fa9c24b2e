-- What refunds took from a line, one by one, is what the line has lost.

with

refund_lines as (

    select
        order_line_key,
        sum(refund_paid_amount) as refund_paid_amount,
        sum(refund_amount) as refund_amount
    from {{ ref('fct_refund_lines') }}
    group by order_line_key

)

select order_lines.order_line_key
from {{ ref('fct_order_lines') }} as order_lines
full outer join refund_lines
    on order_lines.order_line_key = refund_lines.order_line_key
where
    order_lines.order_line_key is null
    or coalesce(refund_lines.refund_amount, 0) <> order_lines.refund_amount
    or coalesce(refund_lines.refund_paid_amount, 0) <> order_lines.refund_paid_amount
