-- Every row of the files is a sale, a cancellation or an adjustment; sales and cancellations reach
-- the facts whole.

{{ config(enabled='online_retail' in env_var('SOURCES', '').split(',')) }}

with

invoice_lines as (

    select
        count(*) as row_count,
        count(case when line_kind = 'sale' then 1 end) as sale_count,
        count(case when line_kind = 'cancellation' then 1 end) as cancellation_count,
        count(case when line_kind = 'adjustment' then 1 end) as adjustment_count,
        coalesce(sum(case when line_kind = 'sale' then quantity * unit_price_amount end), 0)
            as sale_amount,
        coalesce(sum(case when line_kind = 'cancellation' then quantity * unit_price_amount end), 0)
            as cancellation_amount
    from {{ ref('stg_online_retail__invoice_lines') }}

),

sales as (

    select
        count(*) as line_count,
        coalesce(sum(gross_amount), 0) as gross_amount
    from {{ ref('fct_order_lines') }}
    where source = 'online_retail'

),

refunds as (

    select
        count(*) as refund_count,
        coalesce(sum(refund_amount), 0) as refund_amount
    from {{ ref('fct_refunds') }}
    where source = 'online_retail'

)

select
    invoice_lines.row_count,
    sales.line_count,
    refunds.refund_count
from invoice_lines
cross join sales
cross join refunds
where
    invoice_lines.row_count
    <> invoice_lines.sale_count + invoice_lines.cancellation_count + invoice_lines.adjustment_count
    or invoice_lines.sale_count <> sales.line_count
    or invoice_lines.cancellation_count <> refunds.refund_count
    or invoice_lines.sale_amount <> sales.gross_amount
    or -invoice_lines.cancellation_amount <> refunds.refund_amount
