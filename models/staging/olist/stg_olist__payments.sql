-- An order may be paid in several ways at once.

with

source as (

    {{ latest_delivery(source('olist', 'order_payments'), ['order_id', 'payment_sequential']) }}

),

renamed as (

    select
        'olist' as platform_code,
        order_id,
        concat_ws('-', order_id, cast(payment_sequential as string)) as payment_id,
        payment_type as payment_method,
        payment_value as payment_amount,
        {{ lacks('payments', [
            'part_number', 'shop_id', 'payment_stage', 'payment_status', 'fee_amount', 'paid_time',
            'paid_offset_minutes',
        ]) }},
        _batch_id as batch_id,
        _loaded_at as loaded_at
    from source

)

select * from renamed
