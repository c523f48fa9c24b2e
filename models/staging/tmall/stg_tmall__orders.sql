-- The report has no status; a payment time is what says that it was paid.

with

report as (

    select * from {{ ref('stg_tmall__order_report') }}

),

renamed as (

    select
        'tmall' as platform_code,
        order_id,
        case when paid_time is null then 'unpaid' else 'paid' end as source_status,
        created_time,
        created_offset_minutes,
        paid_time,
        paid_offset_minutes,
        total_amount as source_payable_amount,
        receiver_province,
        {{ lacks('orders', [
            'shop_id', 'account_id', 'order_type', 'is_test', 'is_cash_on_delivery', 'closed_time',
            'closed_offset_minutes', 'balance_due_time', 'balance_due_offset_minutes',
            'cancel_reason', 'currency_code', 'seller_discount_amount', 'platform_discount_amount',
            'partner_discount_amount', 'points_discount_amount', 'freight_amount', 'tax_amount',
            'deposit_amount', 'group_id', 'live_session_id', 'campaign_id', 'receiver_name',
            'receiver_phone', 'receiver_country', 'receiver_city', 'receiver_district',
            'receiver_address',
        ]) }},
        batch_id,
        loaded_at
    from report

)

select * from renamed
