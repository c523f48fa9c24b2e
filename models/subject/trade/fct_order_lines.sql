{{ config(
    materialized='incremental',
    meta={'ordered_by': 'ordered_date', 'touched_key': 'order_key'},
) }}

with

order_lines as (

    select * from {{ touched_keys.touched_rows(ref('int_order_lines_after_refunds')) }}

),

line_fees as (

    select * from {{ touched_keys.touched_rows(ref('int_order_line_fees')) }}

),

exchanges as (

    select * from {{ touched_keys.touched_rows(ref('int_order_line_exchanges')) }}

),

final as (

    select
        order_lines.order_line_key,
        order_lines.order_key,
        order_lines.source,
        order_lines.platform_code,
        order_lines.shop_key,
        order_lines.line_number,
        order_lines.product_key,
        order_lines.is_gift,
        order_lines.is_valid,
        order_lines.ordered_date,
        order_lines.purchase_date,
        order_lines.currency_code,
        order_lines.quantity,
        coalesce(exchanges.exchanged_quantity, 0) as exchanged_quantity,
        order_lines.unit_price_amount,
        {{ money('order_lines.gross_amount') }} as gross_amount,
        {{ money('order_lines.seller_discount_amount') }} as seller_discount_amount,
        {{ money('order_lines.platform_discount_amount') }} as platform_discount_amount,
        {{ money('order_lines.partner_discount_amount') }} as partner_discount_amount,
        {{ money('order_lines.points_discount_amount') }} as points_discount_amount,
        {{ money('order_lines.paid_amount') }} as paid_amount,
        {{ money('order_lines.freight_amount') }} as freight_amount,
        {{ money('order_lines.tax_amount') }} as tax_amount,
        {{ money('order_lines.payable_amount') }} as payable_amount,
        {{ money('order_lines.revenue_amount') }} as revenue_amount,
        {{ money('order_lines.refund_paid_amount') }} as refund_paid_amount,
        {{ money('order_lines.refund_amount') }} as refund_amount,
        {{ money('order_lines.net_revenue_amount') }} as net_revenue_amount,
        {{ money('order_lines.cost_amount') }} as cost_amount,
        {{ money('line_fees.freight_cost_amount') }} as freight_cost_amount,
        {{ money('line_fees.commission_amount') }} as commission_amount,
        {{ money('line_fees.service_fee_amount') }} as service_fee_amount,
        {{ money('line_fees.payment_fee_amount') }} as payment_fee_amount,
        cast(
            order_lines.net_revenue_amount - order_lines.cost_amount
            - coalesce(line_fees.freight_cost_amount, 0)
            - coalesce(line_fees.commission_amount, 0)
            - coalesce(line_fees.payment_fee_amount, 0) as decimal(18, 4)
        ) as contribution_amount,
        {{ money('order_lines.paid_base_amount') }} as paid_base_amount,
        {{ money('order_lines.revenue_base_amount') }} as revenue_base_amount,
        {{ money('order_lines.refund_base_amount') }} as refund_base_amount,
        {{ money('order_lines.net_revenue_base_amount') }} as net_revenue_base_amount
    from order_lines
    left join line_fees
        on
            order_lines.order_key = line_fees.order_key
            and order_lines.line_number = line_fees.line_number
    left join exchanges
        on
            order_lines.order_key = exchanges.order_key
            and order_lines.line_number = exchanges.line_number

)

select * from final
