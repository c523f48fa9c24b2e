-- Spells of an account never overlap.

{{ config(materialized='incremental', meta={'touched_key': 'account_key'}) }}

with

member_levels as (

    select * from {{ touched_keys.touched_rows(ref('int_member_levels_dated')) }}

),

zones as (

    select
        account_key,
        min(platform_code) as platform_code,
        min(time_zone) as time_zone
    from member_levels
    group by account_key

),

spells as (
    {{ version_spells('member_levels', ['account_key'], ['member_level']) }}
),

final as (

    select
        spells.*,
        zones.platform_code,
        {{ local_date('spells.valid_from', 'zones.time_zone') }} as valid_from_date
    from spells
    inner join zones
        on spells.account_key = zones.account_key

)

select * from final
