-- An invoice is paid when it is written.

with

sales as (

    select * from {{ ref('stg_online_retail__invoice_lines') }}
    where line_kind = 'sale'

),

invoices as (

    select
        invoice_no,
        min(invoiced_time) as invoiced_time,
        max(account_id) as account_id,
        max(country) as country,
        max(batch_id) as batch_id,
        max(loaded_at) as loaded_at
    from sales
    group by invoice_no

),

renamed as (

    select
        'online_retail' as platform_code,
        invoice_no as order_id,
        account_id,
        'invoiced' as source_status,
        'normal' as order_type,
        false as is_test,
        false as is_cash_on_delivery,
        invoiced_time as created_time,
        invoiced_time as paid_time,
        country as receiver_country,
        {{ lacks('orders', [
            'shop_id', 'created_offset_minutes', 'paid_offset_minutes', 'closed_time',
            'closed_offset_minutes', 'balance_due_time', 'balance_due_offset_minutes',
            'cancel_reason', 'currency_code', 'seller_discount_amount', 'platform_discount_amount',
            'partner_discount_amount', 'points_discount_amount', 'freight_amount', 'tax_amount',
            'source_payable_amount', 'deposit_amount', 'group_id', 'live_session_id', 'campaign_id',
            'receiver_name', 'receiver_phone', 'receiver_province', 'receiver_city',
            'receiver_district', 'receiver_address',
        ]) }},
        batch_id,
        loaded_at
    from invoices

)

select * from renamed
