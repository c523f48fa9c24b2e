-- Members' points: a point is worth a cent when it is redeemed, and a unit of money paid earns one.
-- Redeemed points were granted before; now and then before the first export.

create or replace table export_point_movements as
with
member_orders as (
    select orders.*, accounts.shop_id as account_shop_id
    from orders
    inner join accounts using (account_no)
    where orders.platform in ('tmall', 'jd', 'shopify', 'offline') and not is_test
),
earning as (
    select
        *,
        completed_at as earned_at,
        goods_cents // 100 as earned_points
    from member_orders
    where completed_at is not null and fate <> 'refused'
),
returned as (
    select
        earning.*,
        refund_no % 16 as refund_place,
        refunds.cents,
        greatest(later(earned_at, 60), decided_at) as returned_at,
        sum(refunds.cents) over (
            partition by order_no order by decided_at, refund_no
        )::bigint as back_cents
    from earning
    inner join refunds using (order_no)
    where fated_status = 'completed' and refunds.cents > 0
),
movements as (
    select order_no, 0 as place, 'granted' as reason, points_cents as points,
        later(created_at, -86400 * whole(order_no, 'granted', 1, 20)) as moved_at
    from member_orders
    where not chance(order_no, 'granted long ago', 0.01)
    union all
    select order_no, 1, 'redeemed', -points_cents, created_at from member_orders
    union all
    select order_no, 2, 'reversed', points_cents, closed_at from member_orders
    union all
    select order_no, 3, 'earned', earned_points, earned_at from earning
    union all
    select
        order_no, 4 + refund_place, 'reversed',
        (goods_cents - back_cents) // 100 - (goods_cents - back_cents + cents) // 100,
        returned_at
    from returned
    union all
    -- A present for the next purchase, good for thirty days.
    select order_no, 24, 'granted', 100, later(earned_at, 30) from earning
    where chance(order_no, 'present', 0.06)
    union all
    select order_no, 25, 'expired', -100, later(earned_at, 30 * 86400) from earning
    where chance(order_no, 'present', 0.06)
)
select
    'PM' || lpad(scramble(order_no)::varchar, 10, '0') || '-' || place as movement_id,
    platform,
    account_shop_id as shop_id,
    account_id,
    points,
    reason,
    written(moved_at, platform) as occurred_at,
    case when place between 1 and 23 then order_id end as order_id,
    written(moved_at, platform) as updated_at,
    null::boolean as is_deleted,
    moved_at::date as export_day,
    order_no * 32 + place as batch_key,
    0::bigint as row_key
from movements
inner join member_orders using (order_no)
where points <> 0 and moved_at >= getvariable('first_day')
    and moved_at < getvariable('horizon');
