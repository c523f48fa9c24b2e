{{ config(
    materialized='incremental',
    meta={'ordered_by': 'settled_at', 'touched_key': 'settlement_key'},
) }}

with

settlements as (

    select * from {{ touched_keys.touched_rows(ref('int_settlements_localized')) }}

),

final as (

    select
        settlement_key,
        source,
        platform_code,
        shop_key,
        settlement_id,
        order_key,
        settlement_kind,
        source_kind,
        settled_at,
        settled_date,
        currency_code,
        {{ money('settled_amount') }} as settled_amount,
        {{ money('order_amount') }} as order_amount
    from settlements

)

select * from final
