with

source as (

    {{ latest_delivery(source('tmall', 'order_report'), ['order_id']) }}

),

renamed as (

    select
        order_id,
        total_amount,
        net_paid_amount,
        refund_amount,
        receiver_province,
        created_at as created_time,
        created_at_offset_minutes as created_offset_minutes,
        paid_at as paid_time,
        paid_at_offset_minutes as paid_offset_minutes,
        _batch_id as batch_id,
        _loaded_at as loaded_at
    from source

)

select * from renamed
