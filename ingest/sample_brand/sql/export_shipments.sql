-- A parcel while it is packed (when that takes long), on its way, and at its end.

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
    case when seen_at >= parcels.shipped_at
        then parcels.carrier || substr(parcels.shipment_id, 2) end as tracking_no,
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
