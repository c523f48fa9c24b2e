-- stocked: a SKU in a warehouse and who supplies it. cycles: what each of its deliveries has to
-- bring, one every four weeks: the brand knows about what it will sell, and orders up to that and a
-- safety that differs. Cycle -1 is what was there when the time began.

create or replace table handled as
select
    parcels.*,
    persons.warehouse_id,
    orders.platform,
    orders.paid_at,
    coalesce(parcels.refund_no * 16 + 4, orders.order_no * 256 + parcel_no) as parcel_key
from parcels
inner join orders using (order_no)
inner join persons using (person_id);

create or replace table stocked as
select
    row_number() over (order by warehouse_id, sku_no) as pair_no,
    warehouse_id,
    sku_no,
    supplier_id,
    lead_days + case when warehouse_id = 'WH-LA' then 18 else 0 end as lead_days,
    suppliers.category_no * 8 + row_number() over (partition by sku_no order by warehouse_id)
        as desk_no,
    whole(desk_no, 'first delivery', 0, 27) as phase,
    cost_cents
from warehouses
cross join skus
inner join suppliers using (category_no);

-- The demand that each delivery has to meet: up to ten days past the next one.
create or replace table cycles as
with
demands as (
    select
        stocked.pair_no,
        greatest(-1, (
            (handled.shipped_at::date - getvariable('first_day')) - phase - 11 + 2800
        ) // 28 - 100) as cycle_no,
        sum(parcel_lines.quantity)::bigint as units
    from parcel_lines
    inner join handled using (shipment_id)
    inner join stocked using (warehouse_id, sku_no)
    where direction = 'outbound'
    group by all
),
spine as (
    select stocked.*, unnest(range(-1, (getvariable('days') + 80 - phase) // 28)) as cycle_no
    from stocked
),
known as (
    select
        spine.*,
        coalesce(units, 0) as units,
        phase + 28 * cycle_no + 38 < getvariable('days') as is_known
    from spine
    left join demands using (pair_no, cycle_no)
),
expected as (
    select
        * replace (
            case when is_known then units else greatest(units, coalesce(
                max(case when is_known then units end) over (
                    partition by pair_no order by cycle_no rows between 3 preceding and current row
                ), 0
            )) end as units
        ),
        sum(units) over (partition by pair_no) // count(*) over (partition by pair_no) as mean_units
    from known
),
levelled as (
    select
        *,
        sum(units) over (partition by pair_no order by cycle_no) as needed,
        case when needed > 0 then needed + 2
            + mean_units * whole(pair_no * 1024 + cycle_no, 'safety', 5, 55) // 100 else 0 end
            as level
    from expected
)
select
    *,
    greatest(level - coalesce(max(level) over (
        partition by pair_no order by cycle_no rows between unbounded preceding and 1 preceding
    ), 0), 0)::bigint as base_quantity
from levelled;
