-- The way of a parcel. A lost one is heard of twice, and then no more.

create or replace table export_parcel_scans as
with
routed as (
    select
        parcels.*,
        orders.platform,
        orders.person_id,
        -- How long the way is; a lost parcel's is as long as it would have been.
        date_diff('second', parcels.shipped_at, coalesce(
            parcels.delivered_at, parcels.returned_at, parcels.shipped_at + interval 3 day
        )) as way_seconds,
        case
            when parcels.is_lost or direction = 'return' or persons.zone < 3 then 1
            else 2
        end as hub_count
    from parcels
    inner join orders using (order_no)
    inner join persons using (person_id)
    where parcels.shipped_at < getvariable('horizon')
),
scans as (
    select *, 1 as scan_no, 'picked_up' as scan_code, later(shipped_at, way_seconds // 40)
        as scanned_at
    from routed
    union all
    select
        * exclude (hub_no), 1 + hub_no, 'in_transit',
        later(shipped_at,
            way_seconds
                * (30 + 25 * hub_no + whole(order_no, 'hub', 0, 12)) // 100 - way_seconds // 4)
    from (select *, unnest(range(1, hub_count + 1)) as hub_no from routed)
    union all
    select *, 5, 'out_for_delivery',
    later(shipped_at, way_seconds * whole(order_no, 'round', 91, 97) // 100)
    from routed
    where not is_lost
    union all
    select *, 6, 'delivered', delivered_at from routed
    union all
    select *, 6, 'returned', returned_at from routed
),
placed as (
    select
        scans.*,
        -- A parcel that comes back runs from the buyer's town to the warehouse.
        (direction = 'outbound') = (scan_no <= 2) as is_at_warehouse,
        warehouses.province as warehouse_province,
        warehouses.city as warehouse_city,
        persons.province as home_province,
        persons.city as home_city,
        persons.district as home_district
    from scans
    inner join persons using (person_id)
    inner join warehouses using (warehouse_id)
    where scanned_at < getvariable('horizon')
)
select
    carrier || substr(shipment_id, 2) as tracking_no,
    written(scanned_at, platform) as scanned_at,
    scan_code,
    case when is_at_warehouse then warehouse_province else home_province end as province,
    case when is_at_warehouse then warehouse_city else home_city end as city,
    case
        when is_foreign(platform) then case scan_code
            when 'in_transit' then 'Sort Center' else home_district || ' Station'
        end
        when scan_code = 'in_transit' then case when is_at_warehouse
            then warehouse_city else home_city end || '转运中心'
        when is_at_warehouse then warehouse_city || '揽投部'
        else home_district || '营业点'
    end as facility,
    written(scanned_at, platform) as updated_at,
    null::boolean as is_deleted,
    scanned_at::date as export_day,
    coalesce(refund_no * 16 + 4, order_no * 256 + parcel_no) * 8 + scan_no as batch_key,
    0::bigint as row_key
from placed;
