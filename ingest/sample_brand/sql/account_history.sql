-- account_history: when an account was registered, and when it changed.
-- phone_written: platforms write a phone in many ways, or hide it.

create or replace macro phone_written(phone, platform, n) as
    case
        when platform in ('tmall', 'taobao') and chance(n, 'masked', 0.015)
            then left(phone, 3) || '****' || right(phone, 4)
        when platform = 'pinduoduo' and chance(n, 'hidden', 0.015) then null
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
    -- Accounts from before the first export are part of it.
    greatest(registered_at, getvariable('first_day') + interval 6 hour) as first_seen_at,
    case
        when chance(account_no, 'changes', 0.12)
            then later(
                greatest(registered_at, getvariable('first_day') + interval 6 hour),
                whole(account_no, 'change', 20, 400) * 86400 + whole(account_no, 'clock', 0, 60000)
            )
    end as changed_at,
    chance(account_no, 'new phone', 0.08) as has_new_phone,
    case when first_order_at is null and chance(account_no, 'gone', 0.05)
        then later(registered_at, 200 * 86400) end as deleted_at
from registered
where
    registered_at < getvariable('horizon')
    -- Amazon names a buyer only with an order; on the own site some sign up and never buy.
    and (
        first_order_at is not null
        or platform not in ('amazon', 'shopify')
        or (platform = 'shopify' and chance(account_no, 'only signed up', 0.5))
    );
