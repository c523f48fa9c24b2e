{{ config(materialized='incremental', meta={'touched_key': 'account_id'}) }}

with

source as (

    {{ latest_version(
        source('oms', 'member_levels'), ['platform', 'shop_id', 'account_id', 'valid_from'],
        'account_id',
    ) }}

),

renamed as (

    select
        lower(platform) as platform_code,
        shop_id,
        account_id,
        level as member_level,
        valid_from as valid_from_time,
        valid_from_offset_minutes,
        _batch_id as batch_id,
        _loaded_at as loaded_at
    from source

)

select * from renamed
