{{ config(materialized='incremental', meta={'touched_key': 'account_key'}) }}

with

spells as (

    select * from {{ touched_keys.touched_rows(ref('int_member_level_spells')) }}

),

final as (

    select
        {{ surrogate_key(['account_key', 'valid_from']) }} as member_level_key,
        account_key,
        platform_code,
        member_level,
        valid_from as valid_from_at,
        valid_until as valid_to_at,
        valid_from_date,
        valid_until is null as is_current
    from spells

)

select * from final
