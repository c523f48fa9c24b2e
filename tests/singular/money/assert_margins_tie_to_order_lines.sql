-- Every valid line is in the waterfall once, with the refunds that its order knows.

with

waterfall as (

    select
        currency_code,
        sum(gross_amount) as gross_amount,
        sum(revenue_amount) as revenue_amount,
        sum(refund_amount) as refund_amount
    from {{ ref('margin_waterfall') }}
    where line_count > 0
    group by currency_code

),

refunds as (

    select
        refund_lines.order_line_key,
        sum(refund_lines.refund_amount) as refund_amount
    from {{ ref('fct_refund_lines') }} as refund_lines
    cross join {{ ref('dim_as_of_date') }} as as_of
    where refund_lines.booked_date <= as_of.as_of_date
    group by refund_lines.order_line_key

),

order_lines as (

    select
        fct_order_lines.currency_code,
        sum(fct_order_lines.gross_amount) as gross_amount,
        sum(fct_order_lines.revenue_amount) as revenue_amount,
        sum(coalesce(refunds.refund_amount, 0)) as refund_amount
    from {{ ref('fct_order_lines') }} as fct_order_lines
    cross join {{ ref('dim_as_of_date') }} as as_of
    left join refunds
        on fct_order_lines.order_line_key = refunds.order_line_key
    where fct_order_lines.is_valid and fct_order_lines.purchase_date <= as_of.as_of_date
    group by fct_order_lines.currency_code

)

select order_lines.currency_code
from order_lines
full outer join waterfall
    on order_lines.currency_code = waterfall.currency_code
where
    order_lines.gross_amount is distinct from waterfall.gross_amount
    or order_lines.revenue_amount is distinct from waterfall.revenue_amount
    or order_lines.refund_amount is distinct from waterfall.refund_amount
