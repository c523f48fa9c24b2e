-- platform_entries: the lines of the platforms' statements, in cents. refund_place: with which
-- refund of its order it goes back or comes back.

create or replace table platform_entries as
select
    platform,
    shop_id,
    settlement_id,
    order_id,
    kind,
    currency,
    (amount * 100)::bigint as cents,
    settled_at,
    left(settled_at, 19)::timestamp as settled_moment,
    strftime(settled_moment, '%Y%m') as file_part,
    -- The tens of its last number count the order's refunds from 1.
    case when order_id is not null then split_part(settlement_id, '-', 2)::bigint // 10 end
        as refund_place,
    coalesce(refund_place, 0) > 0 as is_of_refund
from export_settlements
where platform <> 'offline';
