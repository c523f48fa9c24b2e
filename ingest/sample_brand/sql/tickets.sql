-- tickets: who asked what, when it was answered and closed. One ticket per order and cause.
-- has_night_shift(day): is an agent on duty in the night that begins on it?

create or replace macro has_night_shift(day) as
    (month(day), day(day)) in ((6, 1), (6, 17), (6, 18), (11, 1), (11, 10), (11, 11), (12, 12));

create or replace table tickets as
with
asked_back as (
    select order_no, min(applied_at) as applied_at, min(refund_no) as refund_no
    from refunds
    where kind <> 'exchange'
    group by order_no
),
causes as (
    select
        order_no,
        1 as cause,
        'logistics' as topic,
        later(deliver_by_at, whole(order_no, 'patience', -20000, 60000)) as opened_at
    from orders
    where (delivered_at > deliver_by_at or is_lost) and chance(order_no, 'late contact', 0.45)
    union all
    select order_no, 2, 'logistics', later(shipped_at, whole(order_no, 'curious', 3600, 50000))
    from orders
    where shipped_at is not null and chance(order_no, 'where is it', 0.03)
    union all
    select order_no, 3, 'refund', later(applied_at, whole(order_no, 'asks', -3000, 9000))
    from asked_back
    where chance(order_no, 'refund contact', 0.4)
    union all
    select order_no, 4, 'presale', later(created_at, -whole(order_no, 'before', 300, 90000))
    from orders
    where chance(order_no, 'presale contact', 0.04)
    union all
    select order_no, 5, 'product', later(delivered_at, whole(order_no, 'in use', 20000, 900000))
    from orders
    where fate <> 'refused' and chance(order_no, 'product contact', 0.025)
    union all
    select order_no, 6, 'invoice', later(paid_at, whole(order_no, 'bookkeeping', 3600, 600000))
    from orders
    where chance(order_no, 'invoice contact', 0.015)
    union all
    select order_no, 7, 'price', later(paid_at, whole(order_no, 'saw it cheaper', 40000, 500000))
    from orders
    where festival_id is not null and chance(order_no, 'price contact', 0.02)
),
opened as (
    select
        causes.cause,
        causes.topic,
        causes.opened_at,
        orders.order_no,
        orders.order_no * 8 + causes.cause as ticket_no,
        orders.platform,
        orders.shop_id,
        orders.account_id,
        orders.person_id,
        -- A presale question has no order yet, and its buyer is not always known.
        case when causes.topic <> 'presale' then orders.order_id end as order_id,
        orders.delivered_at > orders.deliver_by_at as is_late,
        causes.topic in ('presale', 'product', 'invoice')
            and chance(orders.order_no * 8 + causes.cause, 'bot', 0.22) as is_by_bot,
        chance(orders.order_no * 8 + causes.cause, 'never closed', 0.03) as is_left_open
    from causes
    inner join orders using (order_no)
    where opened_at >= getvariable('first_day') and opened_at < getvariable('horizon')
),
answered as (
    select
        *,
        case
            when is_by_bot then null
            when topic in ('logistics', 'refund')
                and has_night_shift(cast(opened_at - interval 9 hour as date))
                then later(opened_at, 15 + floor(pow(u(ticket_no, 'queue'), 3) * 2400)::bigint)
            -- No answers between eleven at night and nine in the morning.
            when hour(opened_at) >= 23
                then later(opened_at::date + 1, 32400 + whole(ticket_no, 'morning', 30, 5400))
            when hour(opened_at) < 9
                then later(opened_at::date, 32400 + whole(ticket_no, 'morning', 30, 5400))
            else later(opened_at, 15 + floor(pow(u(ticket_no, 'queue'), 3) * 2400)::bigint)
        end as first_reply_at
    from opened
)
select
    *,
    case
        when not is_left_open then later(
            coalesce(first_reply_at, opened_at),
            case
                when is_by_bot then 240
                when topic in ('logistics', 'refund')
                    then 900 + floor(pow(u(ticket_no, 'work'), 3) * 250000)::bigint
                else 400 + floor(pow(u(ticket_no, 'work'), 3) * 40000)::bigint
            end
        )
    end as closed_at,
    not is_left_open and chance(ticket_no, 'reopened', 0.05) as is_reopened,
    case
        when is_by_bot then null
        when is_foreign(platform) then 'AG1' || whole(ticket_no, 'agent', 0, 1)
        when topic in ('presale', 'product', 'invoice')
            then 'AG0' || whole(ticket_no, 'agent', 1, 4)
        else 'AG0' || whole(ticket_no, 'agent', 5, 9)
    end as agent_id,
    case
        when is_foreign(platform) then 'overseas'
        when topic in ('presale', 'product', 'invoice') then 'presale'
        else 'aftersale'
    end as group_id
from answered;
