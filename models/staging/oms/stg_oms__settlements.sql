{{ config(
    materialized='incremental',
    meta={'ordered_by': 'settled_time', 'touched_key': 'settlement_id'},
) }}

with

source as (

    {{ latest_parts(
        source('oms', 'settlements'),
        ['platform', 'shop_id', 'settlement_id'],
        'settlement_id',
        parts=['order_id', 'kind'],
        values=['amount', 'currency', 'settled_at'],
        deleted_by='settlement_id',
    ) }}

),

renamed as (

    select
        lower(platform) as platform_code,
        shop_id,
        settlement_id,
        _part_number as part_number,
        order_id,
        lower(kind) as source_kind,
        amount as settled_amount,
        upper(currency) as currency_code,
        settled_at as settled_time,
        settled_at_offset_minutes as settled_offset_minutes,
        _batch_id as batch_id,
        _loaded_at as loaded_at
    from source

)

select * from renamed
