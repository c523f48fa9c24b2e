-- Amounts are null while no line is known.

{{ config(
    materialized='incremental',
    meta={'ordered_by': 'ordered_at', 'touched_key': 'order_key'},
) }}

with

orders as (

    select * from {{ touched_keys.touched_rows(ref('int_orders_validated')) }}

),

order_totals as (

    select * from {{ touched_keys.touched_rows(ref('int_order_totals')) }}

),

order_fees as (

    select * from {{ touched_keys.touched_rows(ref('int_order_fees')) }}

),

payments as (

    select * from {{ touched_keys.touched_rows(ref('int_order_payments_summed')) }}

),

joined as (

    select
        orders.order_key,
        orders.source,
        orders.platform_code,
        orders.shop_key,
        orders.order_id,
        orders.account_key,
        orders.order_status,
        orders.order_type,
        orders.is_valid,
        orders.is_test,
        orders.is_cash_on_delivery,
        orders.ordered_at,
        orders.ordered_date,
        orders.paid_at,
        orders.source_paid_at,
        orders.purchase_date,
        orders.closed_at,
        orders.cancel_reason,
        orders.campaign_id,
        orders.region_code,
        orders.receiver_city,
        orders.order_currency_code as currency_code,
        orders.deposit_amount,
        orders.source_payable_amount,
        greatest(coalesce(orders.seller_discount_amount, 0), 0)
        + greatest(coalesce(orders.platform_discount_amount, 0), 0)
        + greatest(coalesce(orders.partner_discount_amount, 0), 0)
        + greatest(coalesce(orders.points_discount_amount, 0), 0) as order_discount_amount,
        coalesce(
            order_totals.seller_discount_amount, order_totals.platform_discount_amount,
            order_totals.partner_discount_amount, order_totals.points_discount_amount
        ) is not null as has_discounts,
        coalesce(order_totals.line_count, 0) as line_count,
        order_totals.unit_count,
        order_totals.gross_amount,
        order_totals.seller_discount_amount,
        order_totals.platform_discount_amount,
        order_totals.partner_discount_amount,
        order_totals.points_discount_amount,
        order_totals.unallocated_line_discount_amount,
        order_totals.paid_amount,
        order_totals.freight_amount,
        order_totals.tax_amount,
        order_totals.payable_amount,
        order_totals.revenue_amount,
        order_totals.refund_paid_amount,
        order_totals.refund_amount,
        order_totals.net_revenue_amount,
        order_totals.paid_base_amount,
        order_totals.revenue_base_amount,
        order_totals.refund_base_amount,
        order_totals.net_revenue_base_amount,
        order_totals.cost_amount,
        order_totals.fully_refunded_date,
        payments.received_amount,
        order_fees.is_settled,
        order_fees.commission_source,
        order_fees.commission_amount,
        order_fees.service_fee_amount,
        order_fees.payment_fee_amount,
        order_fees.freight_cost_amount
    from orders
    inner join order_fees
        on orders.order_key = order_fees.order_key
    left join order_totals
        on orders.order_key = order_totals.order_key
    left join payments
        on orders.order_key = payments.order_key

),

line_discounts as (

    select
        order_key,
        sum(line_discount_amount) as line_discount_amount
    from {{ ref('int_order_lines_with_line_discounts') }}
    where {{ touched_keys.touched() }}
    group by order_key

),

final as (

    select
        joined.*,
        case
            when joined.has_discounts
                then
                    joined.order_discount_amount + coalesce(line_discounts.line_discount_amount, 0)
                    - (joined.gross_amount - joined.paid_amount)
                    + joined.unallocated_line_discount_amount
        end as unallocated_discount_amount,
        joined.source_payable_amount - joined.payable_amount as payable_difference_amount,
        joined.net_revenue_amount - joined.cost_amount
        - coalesce(joined.freight_cost_amount, 0) - coalesce(joined.commission_amount, 0)
        - coalesce(joined.payment_fee_amount, 0) as contribution_amount
    from joined
    left join line_discounts
        on joined.order_key = line_discounts.order_key

)

select * from final
