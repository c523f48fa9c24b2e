{{ config(materialized='incremental', meta={'touched_key': 'account_id'}) }}

with

source as (

    {{ latest_version(
        source('oms', 'accounts'), ['platform', 'shop_id', 'account_id'], 'account_id'
    ) }}

),

renamed as (

    select
        lower(platform) as platform_code,
        shop_id,
        account_id,
        nickname,
        phone,
        email,
        lower(gender) as gender,
        birth_date,
        member_level,
        registered_at as registered_time,
        registered_at_offset_minutes as registered_offset_minutes,
        {{ lacks('accounts', ['country']) }},
        province,
        city,
        address,
        accepts_marketing,
        _batch_id as batch_id,
        _loaded_at as loaded_at
    from source

)

select * from renamed
