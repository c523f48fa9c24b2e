-- A cancellation names the customer but not the invoice that it takes back.

with

cancellations as (

    select * from {{ ref('stg_online_retail__invoice_lines') }}
    where line_kind = 'cancellation'

),

renamed as (

    select
        'online_retail' as platform_code,
        concat_ws('-', invoice_no, cast(line_number as string)) as refund_id,
        account_id,
        'completed' as refund_status,
        'refund' as told_by,
        -quantity as quantity,
        cast(-quantity * unit_price_amount as decimal(18, 4)) as cash_amount,
        invoiced_time as applied_time,
        invoiced_time as completed_time,
        {{ lacks('refunds', [
            'part_number', 'tax_amount', 'shop_id', 'order_id', 'line_number', 'refund_kind',
            'refund_stage', 'refund_reason', 'freight_amount', 'applied_offset_minutes',
            'completed_offset_minutes',
        ]) }},
        batch_id,
        loaded_at
    from cancellations

)

select * from renamed
