-- A coupon when it is issued, when it is used, and when it comes back.

create or replace table export_coupons as
with
seen as (
    select *, 0 as version, first_seen_at as seen_at from coupons
    where used_at is null or first_seen_at < used_at
    union all
    select *, 1, used_at from coupons
    union all
    select *, 2, returned_at from coupons
    where used_at is not null
)
select
    coupon_id,
    seen.platform,
    seen.shop_id,
    account_id,
    campaign_id,
    written(issued_at, seen.platform) as issued_at,
    written(expires_at, seen.platform) as expires_at,
    case when version = 1 then written(used_at, seen.platform) end as used_at,
    case when version = 1 then order_id end as used_order_id,
    money(face_cents) as face_value,
    money(threshold_cents) as threshold,
    shops.currency,
    funded_by,
    written(seen_at, seen.platform) as updated_at,
    null::boolean as is_deleted,
    seen_at::date as export_day,
    coupon_no * 4 + version as batch_key,
    0::bigint as row_key
from (select *, 'CP' || lpad(scramble(order_no)::varchar, 10, '0') || place as coupon_id from seen)
    as seen
inner join shops on seen.shop_id = shops.shop_id
where seen_at < getvariable('horizon');
