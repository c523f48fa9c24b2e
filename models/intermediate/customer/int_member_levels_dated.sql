-- The list of member levels counts from its first entry of an account on; before it, and where
-- it has none, the versions of the account tell. A version without a level tells nothing.

{{ config(materialized='incremental', meta={'touched_key': 'account_id'}) }}

with

member_levels as (

    select * from {{ touched_keys.touched_rows(ref('int_member_levels_unioned')) }}
    where member_level is not null

),

account_versions as (

    select * from {{ ref('int_account_versions_unioned') }}
    where {{ touched_keys.touched() }} and (member_level is not null or is_deleted)

),

shops as (

    select * from {{ ref('int_shops_resolved') }}

),

listed as (

    select
        member_levels.platform_code,
        member_levels.account_id,
        member_levels.member_level,
        member_levels.batch_id,
        shops.time_zone,
        {{ account_key('member_levels') }} as account_key,
        {{ utc_instant('member_levels', 'valid_from', 'shops.time_zone') }} as version_at,
        row_number() over (
            partition by member_levels.account_id
            order by
                member_levels.batch_id asc, member_levels.source desc, shops.shop_key asc,
                member_levels.valid_from_time asc, member_levels.member_level asc,
                member_levels.valid_from_offset_minutes asc
        ) as version_row
    from member_levels
    {{ join_shops('member_levels') }}

),

seen as (

    select
        account_versions.*,
        shops.time_zone,
        {{ account_key('account_versions') }} as account_key,
        {{ utc_instant('account_versions', 'version', 'shops.time_zone') }} as version_at
    from account_versions
    {{ join_shops('account_versions') }}

),

first_listed as (

    select
        account_key,
        min(version_at) as first_listed_at
    from listed
    group by account_key

),

last_seen as (

    select
        account_key,
        max(case when not is_deleted then version_at end) as last_sent_at
    from seen
    group by account_key

),

-- The list does not say that an account is gone.
final as (

    select
        seen.platform_code,
        seen.time_zone,
        seen.account_key,
        seen.account_id,
        seen.member_level,
        seen.version_at,
        seen.is_dated,
        seen.is_deleted,
        seen.batch_id,
        seen.version_row
    from seen
    inner join last_seen
        on seen.account_key = last_seen.account_key
    left join first_listed
        on seen.account_key = first_listed.account_key
    where
        first_listed.first_listed_at is null
        or seen.version_at < first_listed.first_listed_at
        or (seen.is_deleted and seen.version_at >= last_seen.last_sent_at)

    union all

    select
        platform_code,
        time_zone,
        account_key,
        account_id,
        member_level,
        version_at,
        true as is_dated,
        false as is_deleted,
        batch_id,
        version_row
    from listed
    where account_key is not null

)

select * from final
