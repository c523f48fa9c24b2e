{{ config(materialized='incremental', meta={'touched_key': 'account_id'}) }}

with

source as (

    select * from {{ source('oms', 'accounts') }}
    where {{ touched_keys.touched() }}

),

renamed as (

    select
        lower(platform) as platform_code,
        shop_id,
        account_id,
        phone,
        email,
        member_level,
        {{- version_columns() }},
        _batch_id as batch_id,
        _loaded_at as loaded_at
    from source

)

select * from renamed
