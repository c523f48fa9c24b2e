-- The versions of an account, its end, and its person.

create or replace table export_accounts as
with
versions as (
    select account_history.*, 0 as version, first_seen_at as seen_at from account_history
    union all
    select account_history.*, 1, changed_at from account_history
    where changed_at < getvariable('horizon')
),
numbered as (
    select
        *,
        case
            when not is_us and has_new_phone and (slot > 1 or version = 1)
                and changed_at is not null
                then '142' || right(phone, 8)
            else phone
        end as current_phone
    from versions
)
select
    platform,
    shop_id,
    account_id,
    case
        when platform in ('shopify', 'amazon')
            then split_part(full_name, ' ', 1) || whole(account_no, 'nick', 1, 99)
        else pick(account_no, 'nick', ['小鹿', '星河', '橘子', '晚风', '可可', '木木', '糖糖', '阿布', '云朵', '北方'])
            || pick(account_no, 'nick 2', ['不吃糖', '在路上', 'er', '爱喝茶', '的日常', '同学', '酱', '_'])
            || whole(account_no, 'nick 3', 1, 9999)
    end as nickname,
    phone_written(current_phone, platform, account_no) as phone,
    case
        when platform = 'shopify'
            then lower(replace(full_name, ' ', '.')) || '.' || person_id || '@example.com'
        when platform = 'amazon' then lower(to_hex(scramble(account_no))) || '@buyers.example.net'
        when chance(account_no, 'e-mail', 0.15) then 'u' || scramble(person_id) || '@example.org'
    end as email,
    case
        when platform = 'amazon' then null
        when u(person_id, 'gender') < 0.66 then 'female'
        when u(person_id, 'gender') < 0.88 then 'male'
    end as gender,
    case
        when platform <> 'amazon' and chance(person_id, 'birthday known', 0.45)
            then make_date(
                whole(person_id, 'birth year', 1962, 2006), whole(person_id, 'birth month', 1, 12),
                whole(person_id, 'birth day', 1, 28)
            )
    end as birth_date,
    case
        when platform = 'amazon' then null
        when persona = 'loyal' then case version when 0 then '银卡' else '金卡' end
        when persona = 'one_time' then '普通'
        else case version when 0 then '普通' else '银卡' end
    end as member_level,
    written(registered_at, platform) as registered_at,
    case when platform <> 'amazon' then province end as province,
    case when platform <> 'amazon' then city end as city,
    case
        when platform in ('jd', 'shopify', 'offline') and chance(account_no, 'address', 0.6)
            then street
    end as address,
    -- Who says no on one platform means it.
    case
        when chance(person_id, 'refuses messages', 0.06) then false
        when platform in ('shopify', 'offline') then true
    end as accepts_marketing,
    written(seen_at, platform) as updated_at,
    null::boolean as is_deleted,
    seen_at::date as export_day,
    account_no * 2 + version as batch_key,
    0::bigint as row_key
from numbered
union all by name
select
    platform, shop_id, account_id, written(deleted_at, platform) as updated_at, true as is_deleted,
    deleted_at::date as export_day, account_no * 2 + 1 as batch_key, 1::bigint as row_key
from account_history
where deleted_at < getvariable('horizon') and deleted_at > first_seen_at;

create or replace table account_truth as
select platform, shop_id, account_id, person_id from account_history;
