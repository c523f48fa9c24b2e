-- visits: who looked around in which shop, and how it ended. Of some orders the visit in which they
-- were placed was seen, and now and then the look around before it; others only look.

create or replace table visits as
with
ordering as (
    select
        order_no * 4 as visit_no,
        'order' as kind,
        order_no,
        account_no,
        platform,
        shop_id,
        created_at as ends_at
    from orders
    where platform <> 'offline' and chance(order_no, 'seen on the site', 0.3)
    union all
    select order_no * 4 + 1, 'look', order_no, account_no, platform, shop_id,
        later(created_at, -whole(order_no, 'looked before', 20000, 900000))
    from orders
    where
        platform <> 'offline' and chance(order_no, 'seen on the site', 0.3)
        and chance(order_no, 'looks before', 0.4)
),
looking as (
    select
        account_no * 4 + 2 as visit_no,
        'look' as kind,
        null::bigint as order_no,
        account_no,
        platform,
        case platform
            when 'tmall' then 'tm01' when 'taobao' then 'tb01' when 'jd' then 'jd01'
            when 'pinduoduo' then 'pd01' when 'douyin' then 'dy01' when 'amazon' then 'am01'
            else shop_id
        end as shop_id,
        later(
            greatest(first_seen_at, getvariable('first_day')),
            whole(account_no, 'looks in', 0, 200) * 86400 + whole(account_no, 'when', 20000, 86399)
        ) as ends_at
    from account_history
    where platform <> 'offline' and chance(account_no, 'window-shopper', 0.4)
),
together as (
    select * from ordering
    union all
    select * from looking
),
ends as (
    select order_no, order_id, deposit_at, paid_at from orders
),
firsts as (
    select order_no, sku_no from lines where line_no = 1
)
select
    together.*,
    coalesce(firsts.sku_no, whole(visit_no, 'sku', 1, 40)) as sku_no,
    whole(visit_no, 'other sku', 1, 40) as other_sku_no,
    -- In some homes one device serves two.
    scramble(
        case
            when chance(account_no // 8, 'shared device', 0.15) then account_no - account_no % 8
            else account_no
        end * 2 + chance(visit_no, 'second device', 0.15)::int
    ) as device_no,
    case
        when kind = 'order' then chance(visit_no, 'logged in', 0.45)
        else chance(visit_no, 'logged in', 0.2)
    end as is_logged_in,
    ends.deposit_at,
    ends.paid_at,
    ends.order_id,
    days.festival_id
from together
left join ends using (order_no)
left join firsts using (order_no)
left join days on together.ends_at::date = days.day
where together.ends_at >= getvariable('first_day') + interval 1 day;
