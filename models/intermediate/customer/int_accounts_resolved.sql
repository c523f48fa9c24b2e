{{ config(materialized='incremental', meta={'touched_key': 'account_id'}) }}

with

accounts as (

    select * from {{ touched_keys.touched_rows(ref('int_accounts_unioned')) }}

),

shops as (

    select * from {{ ref('int_shops_resolved') }}

),

mentions as (

    select * from {{ touched_keys.touched_rows(ref('int_account_mentions')) }}

),

listed as (

    select
        accounts.*,
        {{ account_key('accounts') }} as account_key,
        {{ utc_instant('accounts', 'registered', 'shops.time_zone') }} as registered_at,
        shops.time_zone
    from accounts
    {{ join_shops('accounts') }}

),

-- Where a platform's shops share accounts, a shop may list an account that another listed before.
latest_listed as (

    select * from listed
    where account_key is not null
    qualify row_number() over (
        partition by account_key order by batch_id desc, source asc, shop_id asc
    ) = 1

),

all_mentions as (

    select
        account_key,
        platform_code,
        account_id,
        mentioned_at
    from mentions
    union all
    select
        account_key,
        platform_code,
        account_id,
        registered_at as mentioned_at
    from latest_listed

),

distinct_mentions as (

    select
        account_key,
        min(platform_code) as platform_code,
        min(account_id) as account_id,
        min(mentioned_at) as first_seen_at
    from all_mentions
    group by account_key

),

final as (

    select
        distinct_mentions.account_key,
        distinct_mentions.platform_code,
        distinct_mentions.account_id,
        distinct_mentions.first_seen_at,
        latest_listed.gender,
        latest_listed.birth_date,
        latest_listed.member_level,
        latest_listed.registered_at,
        {{ local_date('latest_listed.registered_at', 'latest_listed.time_zone') }}
            as registered_date,
        latest_listed.country,
        latest_listed.province,
        latest_listed.city,
        latest_listed.accepts_marketing,
        latest_listed.account_key is not null as is_listed,
        -- As int_guest_receivers writes them.
        distinct_mentions.account_id like 'guest-%' and length(distinct_mentions.account_id) = 38
        and latest_listed.account_key is null as is_guest
    from distinct_mentions
    left join latest_listed
        on distinct_mentions.account_key = latest_listed.account_key

)

select * from final
