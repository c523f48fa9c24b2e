{{ config(materialized='incremental', meta={'touched_key': 'payment_id'}) }}

with

source as (

    {{ latest_parts(
        source('oms', 'payments'),
        ['platform', 'shop_id', 'payment_id'],
        'payment_id',
        parts=['order_id', 'stage'],
        deleted_by='payment_id',
    ) }}

),

renamed as (

    select
        lower(platform) as platform_code,
        shop_id,
        order_id,
        payment_id,
        _part_number as part_number,
        coalesce(lower(stage), 'full') as payment_stage,
        lower(method) as payment_method,
        coalesce(lower(status), 'succeeded') as payment_status,
        amount as payment_amount,
        fee as fee_amount,
        paid_at as paid_time,
        paid_at_offset_minutes as paid_offset_minutes,
        _batch_id as batch_id,
        _loaded_at as loaded_at
    from source

)

select * from renamed
