{{ config(materialized='incremental', meta={'touched_key': 'account_id'}) }}

with

versions as (

    select * from {{ touched_keys.touched_rows(ref('int_account_versions_unioned')) }}

),

shops as (

    select * from {{ ref('int_shops_resolved') }}

),

email_domains as (

    select * from {{ ref('email_domains') }}

),

keyed as (

    select
        {{ account_key('versions') }} as account_key,
        versions.account_id,
        {{ half_width('versions.email') }} as written_email,
        {{ utc_instant('versions', 'version', 'shops.time_zone') }} as version_at,
        shops.time_zone,
        versions.is_dated,
        versions.is_deleted,
        versions.batch_id,
        versions.version_row
    from versions
    {{ join_shops('versions') }}

),

written_domains as (

    select distinct {{ email_domain('written_email') }} as written_domain
    from keyed
    where written_email is not null

),

-- A domain, or the nearest above it that the seed knows.
known_domains as (

    select
        written_domains.written_domain,
        email_domains.*
    from written_domains
    inner join email_domains
        on
            written_domains.written_domain = email_domains.email_domain
            or (
                email_domains.domain_kind <> 'mailbox'
                and '.' || written_domains.written_domain like '%.' || email_domains.email_domain
            )
    qualify row_number() over (
        partition by written_domains.written_domain
        order by length(email_domains.email_domain) desc, email_domains.email_domain asc
    ) = 1

),

dated as (

    select
        keyed.*,
        {{ normalize_email('keyed.written_email', 'known_domains') }} as email,
        {{ local_date('keyed.version_at', 'keyed.time_zone') }} as version_date
    from keyed
    left join known_domains
        on {{ email_domain('keyed.written_email') }} = known_domains.written_domain

),

hashed as (

    select
        *,
        {{ keyed_hash('email') }} as email_key
    from dated
    where account_key is not null

),

spells as (

    {{ version_spells(
        'hashed', ['account_key', 'account_id'], ['email_key'], since='version_date'
    ) }}

),

final as (

    select
        account_key,
        account_id,
        email_key,
        valid_from as valid_from_date,
        valid_until as valid_until_date
    from spells

)

select * from final
