-- coupons: the coupons behind the discounts of orders, and unused ones. A coupon is
-- taken when the order is placed, and comes back when the order is closed without a payment.

create or replace table coupons as
with
issued as (
    select
        order_no,
        1 as place,
        'seller' as funded_by,
        seller_cents as face_cents,
        -- Ten off from 99 on, or so much off for every full 300: what lines cost before it.
        case when seller_cents = 1000 then 9900 else left_cents // 30000 * 30000 end
            as threshold_cents,
        coalesce(
            'C-' || festival_id, 'C-COUPON-' || strftime(day, '%Y-%m')
        ) as campaign_id,
        later(created_at, -whole(order_no, 'coupon kept', 600, 1000000)) as issued_at,
        created_at as used_at
    from orders
    where seller_cents > 0 and not is_test
    union all
    select
        order_no, 2, 'platform', platform_cents, 0, 'C-' || festival_id,
        later(created_at, -whole(order_no, 'platform coupon kept', 60, 400000)), created_at
    from orders
    where platform_cents > 0 and not is_test and chance(order_no, 'platform coupon', 0.4)
    union all
    -- Thanks for an order; those who use theirs are among the first.
    select
        order_no, 3, 'seller', 1000, 9900, 'C-COUPON-' || strftime(completed_at, '%Y-%m'),
        later(completed_at, 60), null
    from orders
    where completed_at < getvariable('horizon') and not is_test and chance(order_no, 'thanks', 0.2)
),
placed as (
    select
        issued.*,
        orders.platform,
        orders.shop_id,
        orders.account_id,
        orders.order_id,
        case when orders.paid_at is null then orders.closed_at end as returned_at,
        issued.order_no * 4 + issued.place as coupon_no
    from issued
    inner join orders using (order_no)
)
select
    *,
    case
        when not chance(coupon_no, 'without an end', 0.03)
            then later(issued_at::date, whole(coupon_no, 'good for', 14, 30) * 86400 - 1)
    end as expires_at,
    -- Coupons issued before the first export are part of it.
    greatest(issued_at, getvariable('first_day') + interval 6 hour) as first_seen_at
from placed;
