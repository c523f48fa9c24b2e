-- Amounts are those of its lines added up, and null while no line is known.

{{ config(
    materialized='incremental',
    meta={'ordered_by': 'ordered_date', 'touched_key': 'order_key'},
) }}

with

orders as (

    select * from {{ touched_keys.touched_rows(ref('int_orders_with_amounts')) }}

),

final as (

    select
        order_key,
        source,
        platform_code,
        shop_key,
        order_id,
        account_key,
        region_code as region_key,
        campaign_id,
        order_status,
        order_type,
        is_valid,
        is_test,
        is_cash_on_delivery,
        ordered_at,
        ordered_date,
        paid_at,
        source_paid_at,
        {{ hours_between('source_paid_at', 'paid_at') }} as source_paid_to_paid_hours,
        purchase_date,
        closed_at,
        fully_refunded_date,
        {{ redact_text('cancel_reason') }} as cancel_reason,
        currency_code,
        line_count,
        unit_count,
        {{ money('gross_amount') }} as gross_amount,
        {{ money('seller_discount_amount') }} as seller_discount_amount,
        {{ money('platform_discount_amount') }} as platform_discount_amount,
        {{ money('partner_discount_amount') }} as partner_discount_amount,
        {{ money('points_discount_amount') }} as points_discount_amount,
        {{ money('unallocated_discount_amount') }} as unallocated_discount_amount,
        {{ money('paid_amount') }} as paid_amount,
        {{ money('freight_amount') }} as freight_amount,
        {{ money('tax_amount') }} as tax_amount,
        {{ money('payable_amount') }} as payable_amount,
        {{ money('source_payable_amount') }} as source_payable_amount,
        {{ money('payable_difference_amount') }} as payable_difference_amount,
        {{ money('received_amount') }} as received_amount,
        {{ money('deposit_amount') }} as deposit_amount,
        {{ money('revenue_amount') }} as revenue_amount,
        {{ money('refund_paid_amount') }} as refund_paid_amount,
        {{ money('refund_amount') }} as refund_amount,
        {{ money('net_revenue_amount') }} as net_revenue_amount,
        {{ money('cost_amount') }} as cost_amount,
        {{ money('freight_cost_amount') }} as freight_cost_amount,
        is_settled,
        commission_source,
        {{ money('commission_amount') }} as commission_amount,
        {{ money('service_fee_amount') }} as service_fee_amount,
        {{ money('payment_fee_amount') }} as payment_fee_amount,
        {{ money('contribution_amount') }} as contribution_amount,
        {{ money('paid_base_amount') }} as paid_base_amount,
        {{ money('revenue_base_amount') }} as revenue_base_amount,
        {{ money('refund_base_amount') }} as refund_base_amount,
        {{ money('net_revenue_base_amount') }} as net_revenue_base_amount
    from orders

)

select * from final
