-- The report sums an order's refunds and does not say when.

with

report as (

    select * from {{ ref('stg_tmall__order_report') }}
    where refund_amount > 0

),

renamed as (

    select
        'tmall' as platform_code,
        order_id as refund_id,
        order_id,
        'completed' as refund_status,
        refund_amount as cash_amount,
        'order' as told_by,
        {{ lacks('refunds', [
            'part_number', 'tax_amount', 'shop_id', 'account_id', 'line_number', 'refund_kind',
            'refund_stage', 'refund_reason', 'quantity', 'freight_amount', 'applied_time',
            'applied_offset_minutes', 'completed_time', 'completed_offset_minutes',
        ]) }},
        batch_id,
        loaded_at
    from report

)

select * from renamed
