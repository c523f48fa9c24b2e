-- parcels: out of the warehouse, or back to it. shipped_at, delivered_at: what will happen.
-- parcel_lines: what is inside; the outbound parcels of an order add up to its lines.

create or replace table parcels as
with
outbound as (
    select
        orders.order_no,
        unnest(range(1, 2 + (line_count > 1 and chance(orders.order_no, 'split', 0.09))::int)) as parcel_no,
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
        case when is_split and parcel_no = 1 then whole(orders.order_no, 'ahead', 600, 7000) else 0 end as ahead
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
    case when is_foreign(platform) then 'UPS' else pick(refunds.refund_no, 'carrier', ['SF', 'ZTO', 'YTO']) end,
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
    parcels.shipment_id, parcels.order_no, lines.line_no, lines.sku_no, lines.quantity, parcels.known_at, parcels.shipped_at
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
    on refunds.order_no = lines.order_no and lines.line_no = coalesce(refunds.line_no, lines.line_no)
where direction = 'return';

create or replace table export_shipments as
with
weights as (
    select shipment_id, sum(parcel_lines.quantity * grams)::bigint + 120 as grams
    from parcel_lines
    inner join skus using (sku_no)
    group by shipment_id
),
seen as (
    select shipment_id, 0 as version, 'pending' as status, known_at as seen_at from parcels
    where direction = 'outbound'
        and (shipped_at >= getvariable('horizon') or shipped_at > known_at + interval 36 hour)
    union all
    select shipment_id, 1, 'shipped', shipped_at from parcels
    union all
    select shipment_id, 2, 'delivered', delivered_at from parcels
    union all
    select shipment_id, 3, 'returned', returned_at from parcels
    union all
    -- The others that are lost are never owned up to: their last scan grows old.
    select shipment_id, 3, 'lost', shipped_at + interval 20 day from parcels
    where is_lost and chance(order_no, 'owned up', 0.3)
)
select
    parcels.shipment_id,
    orders.platform,
    orders.shop_id,
    orders.order_id,
    persons.warehouse_id,
    parcels.carrier,
    case when seen_at >= parcels.shipped_at then parcels.carrier || substr(parcels.shipment_id, 2) end as tracking_no,
    written(parcels.ship_by_at, platform) as ship_by_at,
    written(parcels.deliver_by_at, platform) as deliver_by_at,
    written(known(parcels.shipped_at, seen_at), platform) as shipped_at,
    written(known(parcels.delivered_at, seen_at), platform) as delivered_at,
    money(case
        when is_foreign(platform) then 380 + weights.grams // 10 * persons.zone
        else 280 + weights.grams // 1000 * 90 + (persons.zone - 1) * 150
    end) as freight_cost,
    round(weights.grams / 1000, 3)::decimal(18, 3) as weight,
    parcels.direction,
    seen.status,
    written(seen_at, platform) as updated_at,
    null::boolean as is_deleted,
    seen_at::date as export_day,
    coalesce(refund_no * 16 + 4, orders.order_no * 256 + parcel_no) * 4 + seen.version as batch_key,
    0::bigint as row_key
from seen
inner join parcels using (shipment_id)
inner join orders on parcels.order_no = orders.order_no
inner join persons using (person_id)
inner join weights using (shipment_id)
where seen_at < getvariable('horizon');
