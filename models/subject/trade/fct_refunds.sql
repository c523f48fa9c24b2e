-- Amounts are null until a refund completes.

{{ config(
    materialized='incremental',
    meta={'ordered_by': 'applied_at', 'touched_key': 'refund_key'},
) }}

with

refunds as (

    select * from {{ touched_keys.touched_rows(ref('int_refunds_with_amounts')) }}

),

final as (

    select
        refund_key,
        source,
        platform_code,
        shop_key,
        refund_id,
        order_key,
        account_key,
        line_number,
        refund_kind,
        refund_kind = 'exchange' as is_exchange,
        refund_stage,
        {{ redact_text('refund_reason') }} as refund_reason,
        refund_status,
        is_completed,
        told_by,
        is_presumed,
        applied_at,
        completed_at,
        completed_date,
        booked_date,
        is_booked_date_assumed,
        currency_code,
        quantity,
        {{ money('coalesce(cash_amount, refund_cash_amount)') }} as requested_amount,
        {{ money('refund_paid_amount') }} as refund_paid_amount,
        {{ money('refund_amount') }} as refund_amount,
        {{ money('excess_amount') }} as excess_amount,
        {{ money('refund_freight_amount') }} as refund_freight_amount,
        {{ money('refund_tax_amount') }} as refund_tax_amount,
        {{ money('refund_base_amount') }} as refund_base_amount
    from refunds

)

select * from final
