-- parcels: out of the warehouse, or back to it. shipped_at, delivered_at: what will happen.
-- parcel_lines: what is inside; the outbound parcels of an order add up to its lines.

create or replace table parcels as
with
outbound as (
    select
        orders.order_no,
        unnest(range(1, 2 + (line_count > 1 and chance(orders.order_no, 'split', 0.09))::int))
            as parcel_no,
        line_count > 1 and chance(orders.order_no, 'split', 0.09) as is_split
    from orders
    where shipped_at is not null
),
timed as (
    select
        orders.*,
        outbound.parcel_no,
        outbound.is_split,
        -- The first of two parcels leaves and arrives a little before the last.
        case when is_split and parcel_no = 1
            then whole(orders.order_no, 'ahead', 600, 7000) else 0 end as ahead
    from outbound
    inner join orders using (order_no)
)
select
    timed.order_no,
    'outbound' as direction,
    parcel_no,
    is_split,
    null::bigint as refund_no,
    'S' || lpad(scramble(timed.order_no)::varchar, 10, '0') || parcel_no as shipment_id,
    case
        when is_foreign(platform) then pick(timed.order_no, 'carrier', ['UPS', 'USPS', 'FEDEX'])
        when platform = 'jd' then 'JDL'
        when persons.zone = 4 then 'EMS'
        else pick(timed.order_no, 'carrier', ['SF', 'ZTO', 'ZTO', 'YTO', 'YTO', 'YUNDA'])
    end as carrier,
    ship_by_at,
    deliver_by_at,
    coalesce(timed.paid_at, created_at) + interval 1 hour as known_at,
    later(shipped_at, -ahead) as shipped_at,
    case when fate <> 'refused' then later(delivered_at, -ahead * 5) end as delivered_at,
    case when fate = 'refused' then delivered_at end as returned_at,
    is_lost
from timed
inner join persons using (person_id)
union all
select
    refunds.order_no,
    'return',
    1,
    false,
    refunds.refund_no,
    'SR' || lpad(refunds.refund_no::varchar, 12, '0'),
    case when is_foreign(platform)
        then 'UPS' else pick(refunds.refund_no, 'carrier', ['SF', 'ZTO', 'YTO']) end,
    null,
    null,
    refunds.applied_at,
    later(refunds.applied_at, whole(refunds.refund_no, 'sends back', 20000, 100000)),
    later(refunds.decided_at, -whole(refunds.refund_no, 'booked', 3600, 50000)),
    null,
    false
from refunds
inner join orders using (order_no)
where refunds.kind = 'return_and_refund' and fated_status = 'completed' and platform <> 'offline';

create or replace table parcel_lines as
select
    parcels.shipment_id, parcels.order_no, lines.line_no, lines.sku_no, lines.quantity,
    parcels.known_at, parcels.shipped_at
from parcels
inner join lines using (order_no)
where direction = 'outbound' and (not is_split or lines.line_no % 2 = parcel_no % 2)
union all
select
    parcels.shipment_id, parcels.order_no, lines.line_no, lines.sku_no,
    case when refunds.line_no is null then lines.quantity else refunds.quantity end,
    parcels.known_at,
    parcels.shipped_at
from parcels
inner join refunds using (refund_no)
inner join lines
    on refunds.order_no = lines.order_no
        and lines.line_no = coalesce(refunds.line_no, lines.line_no)
where direction = 'return';
