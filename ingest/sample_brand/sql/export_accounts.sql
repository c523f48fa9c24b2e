-- account_history: when an account was registered, and when it changed.
-- export_accounts: its versions. Platforms write a phone in many ways, or hide it.

create or replace macro phone_written(phone, platform, n) as
    case
        when platform in ('tmall', 'taobao') and chance(n, 'masked', 0.6)
            then left(phone, 3) || '****' || right(phone, 4)
        when platform = 'pinduoduo' and chance(n, 'hidden', 0.5) then null
        when platform = 'amazon' then null
        when platform = 'shopify' and chance(n, 'digits', 0.5)
            then '+1' || regexp_replace(phone[3:], '[^0-9]', '', 'g')
        when platform = 'shopify' then phone
        -- The number of a hotline, entered for want of a better one.
        when chance(n, 'nobody', 0.004) then '15400000000'
        when platform = 'jd' then '+86 ' || phone[1:3] || ' ' || phone[4:7] || ' ' || phone[8:11]
        when chance(n, 'full width', 0.02) then translate(phone, '0123456789', '０１２３４５６７８９')
        when chance(n, 'dashes', 0.03) then phone[1:3] || '-' || phone[4:7] || '-' || phone[8:11]
        when chance(n, 'zeros', 0.02) then '0086' || phone
        else phone
    end;

create or replace table account_history as
with
firsts as (
    select account_no, min(created_at) as first_order_at from orders group by account_no
),
registered as (
    select
        accounts.*,
        persons.* exclude (person_id),
        firsts.first_order_at,
        later(
            coalesce(
                firsts.first_order_at,
                getvariable('first_day') + to_days(start_no::int) + interval 30 day
            ),
            -60 - floor(pow(u(account_no, 'registration'), 4) * 20000000)::bigint
        ) as registered_at
    from accounts
    inner join persons using (person_id)
    left join firsts using (account_no)
)
select
    *,
    -- What was there before the first export is part of it.
    greatest(registered_at, getvariable('first_day') + interval 6 hour) as first_seen_at,
    case
        when chance(account_no, 'changes', 0.12)
            then later(
                greatest(registered_at, getvariable('first_day') + interval 6 hour),
                whole(account_no, 'change', 20, 400) * 86400 + whole(account_no, 'clock', 0, 60000)
            )
    end as changed_at,
    chance(account_no, 'new phone', 0.4) as has_new_phone,
    case when first_order_at is null and chance(account_no, 'gone', 0.05)
        then later(registered_at, 200 * 86400) end as deleted_at
from registered
where registered_at < getvariable('horizon');

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
        when platform in ('shopify', 'amazon') then split_part(full_name, ' ', 1) || whole(account_no, 'nick', 1, 99)
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
        when platform in ('jd', 'shopify', 'offline') and chance(account_no, 'address', 0.6) then street
    end as address,
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
