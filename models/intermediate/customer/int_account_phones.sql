{{ config(materialized='incremental', meta={'touched_key': 'account_id'}) }}

with

versions as (

    select * from {{ touched_keys.touched_rows(ref('int_account_versions_unioned')) }}

),

shops as (

    select * from {{ ref('int_shops_resolved') }}

),

calling_codes as (

    select * from {{ ref('calling_codes') }}

),

keyed as (

    select
        {{ account_key('versions') }} as account_key,
        versions.account_id,
        {{ half_width('versions.phone') }} as written_phone,
        calling_codes.calling_code,
        calling_codes.trunk_prefix,
        {{ utc_instant('versions', 'version', 'shops.time_zone') }} as version_at,
        shops.time_zone,
        versions.is_dated,
        versions.is_deleted,
        versions.batch_id,
        versions.version_row
    from versions
    {{ join_shops('versions') }}
    left join calling_codes
        on shops.country_code = calling_codes.country_code

),

dated as (

    select
        *,
        {{ normalize_phone('written_phone', 'keyed') }} as phone,
        {{ local_date('version_at', 'time_zone') }} as version_date
    from keyed

),

hashed as (

    select
        *,
        {{ keyed_hash('phone') }} as phone_key
    from dated
    where account_key is not null

),

spells as (

    {{ version_spells(
        'hashed', ['account_key', 'account_id'], ['phone_key'], since='version_date'
    ) }}

),

final as (

    select
        account_key,
        account_id,
        phone_key,
        valid_from as valid_from_date,
        valid_until as valid_until_date
    from spells

)

select * from final
