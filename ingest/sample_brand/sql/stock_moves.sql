-- stock_moves: all movements of a warehouse, except corrections by counts.

create or replace table stock_moves as
with
parcel_moves as (
    select
        'S' as code, 'sale' as kind, -parcel_lines.quantity as quantity,
        handled.shipped_at as moved_at,
        handled.*, parcel_lines.line_no, parcel_lines.sku_no
    from parcel_lines
    inner join handled using (shipment_id)
    where direction = 'outbound'
    union all
    select
        'R', 'return', parcel_lines.quantity,
        later(case when direction = 'return' then delivered_at else returned_at end, 1800),
        handled.*, parcel_lines.line_no, parcel_lines.sku_no
    from parcel_lines
    inner join handled using (shipment_id)
    where (direction = 'return' and delivered_at is not null) or returned_at is not null
),
damaged as (
    select * replace (
        'D' as code, 'damage' as kind, -quantity as quantity, later(moved_at, 7200) as moved_at
    )
    from parcel_moves
    where kind = 'return' and chance(parcel_key * 8 + line_no, 'damaged', 0.12)
),
of_parcels as (
    select
        'M' || code || shipment_id || '-' || line_no as movement_id,
        warehouse_id, sku_no, kind, quantity, null::bigint as cost_cents,
        'shipment' as reference_kind, shipment_id as reference_id, moved_at, platform,
        parcel_key * 4 + case kind when 'sale' then 0 when 'return' then 1 else 2 end
            as batch_key,
        line_no as row_key
    from (from parcel_moves union all from damaged)
),
of_purchases as (
    select
        'MP' || purchase_order_id || '-' || line_no as movement_id,
        warehouse_id, sku_no, 'receipt', quantity - missing, line_cost_cents,
        'purchase_order', purchase_order_id, received_at, 'warehouse', line_key * 4 + 1, line_no
    from purchase_lines
    union all
    select
        'MQ' || purchase_order_id || '-' || line_no, warehouse_id, sku_no, 'receipt', missing,
        line_cost_cents, 'purchase_order', purchase_order_id, rest_received_at, 'warehouse',
        line_key * 4 + 2, line_no
    from purchase_lines
    where rest_received_at is not null and missing > 0
),
-- Between the two warehouses at home, a few times a year for a SKU.
moved as (
    select
        sku_no, cost_cents, cycle_no, sku_no * 1024 + cycle_no as move_no,
        greatest(mean_units // 20, 1) as units,
        later(getvariable('first_day')::timestamp,
            (28 * cycle_no + whole(move_no, 'day', 0, 27)) * 86400 + 36000) as left_at,
        chance(move_no, 'way', 0.5) as is_southward
    from cycles
    where warehouse_id = 'WH-GZ' and cycle_no >= 0 and mean_units > 0
        and chance(sku_no * 1024 + cycle_no, 'transfer', 0.2)
),
of_transfers as (
    select
        'MO' || lpad(move_no::varchar, 7, '0') as movement_id,
        case when is_southward then 'WH-HZ' else 'WH-GZ' end as warehouse_id,
        sku_no, 'transfer', -units, null, 'transfer', 'T' || lpad(move_no::varchar, 7, '0'),
        left_at, 'warehouse', move_no * 8 + 4, 0
    from moved
    union all
    select
        'MI' || lpad(move_no::varchar, 7, '0'),
        case when is_southward then 'WH-GZ' else 'WH-HZ' end,
        sku_no, 'transfer', units, cost_cents, 'transfer', 'T' || lpad(move_no::varchar, 7, '0'),
        later(left_at, whole(move_no, 'on the road', 80000, 250000)), 'warehouse',
        move_no * 8 + 5, 0
    from moved
)
from of_parcels
union all
from of_purchases
union all
from of_transfers;
