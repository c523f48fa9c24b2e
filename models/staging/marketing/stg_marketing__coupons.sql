{{ config(
    materialized='incremental',
    meta={'ordered_by': 'issued_time', 'touched_key': 'coupon_id'},
) }}

with

source as (

    {{ latest_version(
        source('marketing', 'coupons'), ['coupon_id', 'platform', 'shop_id', 'account_id'],
        'coupon_id',
    ) }}

),

renamed as (

    select
        lower(platform) as platform_code,
        shop_id,
        coupon_id,
        account_id,
        campaign_id,
        used_order_id as order_id,
        issued_at as issued_time,
        issued_at_offset_minutes as issued_offset_minutes,
        expires_at as expires_time,
        expires_at_offset_minutes as expires_offset_minutes,
        used_at as used_time,
        used_at_offset_minutes as used_offset_minutes,
        face_value as face_value_amount,
        threshold as threshold_amount,
        upper(currency) as currency_code,
        lower(funded_by) as funded_by,
        _batch_id as batch_id,
        _loaded_at as loaded_at
    from source

)

select * from renamed
