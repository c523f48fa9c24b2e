-- outreach: messages to accounts. Orders are drawn before them; so that a win-back message works a
-- little, those who buy within a week of it are a little more often among its receivers.

create or replace table outreach as
with
contacts as (
    select * from account_history
    where platform not in ('amazon', 'pinduoduo')
),
planned as (
    select
        account_no, message_no, 'win_back' as purpose, sent_at,
        'C-COUPON-' || strftime(month, '%Y-%m') as campaign_id, is_buying
    from win_backs
    where chance(message_no, 'won back', case when is_buying then 0.2 else 0.13 end)
    union all
    select
        account_no, account_no * 4096 + 3072 + month_no % 512, 'member_day',
        later(month, (7 * 24 + 12) * 3600 + whole(account_no, 'queue', 0, 1799)),
        'C-MONTH-' || strftime(month, '%Y-%m'), false
    from months
    inner join contacts on registered_at < month + interval 6 day
    where chance(account_no * 4096 + 3072 + month_no % 512, 'member day', 0.05)
    union all
    select
        account_no, account_no * 4096 + 1024 + festival_no, 'festival',
        later(sale_from, -6 * 3600 + whole(account_no, 'queue', 0, 1799)), 'C-' || festival_id,
        false
    from festivals
    inner join contacts on registered_at < sale_from - interval 1 day
    where theme = 'sale' and chance(account_no * 4096 + 1024 + festival_no, 'invited', 0.08)
    union all
    select
        account_no, account_no * 4096 + 2048 + year_no % 100, 'birthday',
        later(
            make_date(year_no, whole(person_id, 'birth month', 1, 12),
                whole(person_id, 'birth day', 1, 28)),
            9 * 3600 + whole(account_no, 'queue', 0, 1799)
        ),
        null, false
    from contacts
    cross join (select distinct year(day) as year_no from days where day_no >= 0) as years
    where
        chance(person_id, 'birthday known', 0.45)
        and chance(account_no * 4096 + 2048 + year_no % 100, 'congratulated', 0.3)
    union all
    select
        account_no, account_no * 4096 + 4095, 'balance_reminder',
        later(sale_from, 10 * 3600 + whole(account_no, 'queue', 0, 1799)),
        'C-' || min(festival_id), false
    from orders
    where fate in ('presale', 'presale_dropped')
    group by account_no, sale_from
    having coalesce(max(paid_at), getvariable('horizon')) > sale_from + interval 11 hour
),
sent as (
    select
        planned.*,
        contacts.platform,
        contacts.shop_id,
        contacts.account_id,
        case
            when contacts.platform = 'shopify' then 'email'
            when purpose = 'balance_reminder' then 'sms'
            else pick(message_no, 'kind', ['sms', 'sms', 'push', 'email'])
        end as kind,
        chance(message_no, 'delivered', 0.95) as is_delivered
    from planned
    inner join contacts using (account_no)
    where
        sent_at >= getvariable('first_day') and sent_at < getvariable('horizon')
        and sent_at > contacts.registered_at
        and coalesce(sent_at < contacts.deleted_at, true)
),
opened as (
    select
        *,
        -- Text messages tell no openings; in the evening there is more time to read.
        case
            when is_delivered and kind <> 'sms' and chance(message_no, 'opened',
                0.15 + 0.1 * (hour(sent_at) >= 18)::int + 0.3 * is_buying::int)
                then later(sent_at, 20 + floor(pow(u(message_no, 'unread'), 3) * 150000)::bigint)
        end as opened_at
    from sent
)
select
    *,
    case
        when opened_at is not null and chance(message_no, 'clicked', 0.3)
            then later(opened_at, whole(message_no, 'reading', 3, 240))
        when kind = 'sms' and is_delivered and chance(message_no, 'clicked', 0.05)
            then later(sent_at, whole(message_no, 'reading', 30, 40000))
    end as clicked_at
from opened;
