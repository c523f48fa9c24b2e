-- A line of a purchase order when it is placed, when goods come, and when the rest is given up.
-- Now and then an order is placed twice, and the second one is cancelled.

create or replace table export_purchase_orders as
with
placed_twice as (
    select
        * replace (
            purchase_order_id || 'B' as purchase_order_id,
            null as received_at, null as rest_received_at, later(ordered_at, 93600) as given_up_at
        ),
        true as is_twice
    from purchase_lines
    where chance(order_no, 'placed twice', 0.02)
),
placed as (
    select *, false as is_twice from purchase_lines
    union all
    from placed_twice
),
seen as (
    select *, 0 as version, 'open' as status, ordered_at as seen_at, 0 as arrived, null as came_at
    from placed
    union all
    select
        *, 1, case when missing > 0 then 'partial' else 'received' end, received_at,
        quantity - missing, received_at
    from placed
    union all
    select *, 2, 'received', rest_received_at, quantity, rest_received_at from placed
    union all
    select
        *, 3, case when is_twice then 'cancelled' else 'closed' end, given_up_at,
        case when is_twice then 0 else quantity - missing end, received_at
    from placed
)
select
    purchase_order_id,
    line_no,
    supplier_id,
    warehouse_id,
    skus.sku_id,
    quantity::bigint as quantity,
    money(line_cost_cents) as unit_cost,
    written(ordered_at, 'warehouse') as ordered_at,
    expected_on,
    arrived::bigint as received_quantity,
    written(came_at, 'warehouse') as received_at,
    status,
    written(seen_at, 'warehouse') as updated_at,
    null::boolean as is_deleted,
    greatest(seen_at::date, getvariable('first_day')) as export_day,
    order_no * 8 + version + case when is_twice then 4 else 0 end as batch_key,
    line_no as row_key
from seen
inner join skus using (sku_no)
where seen_at < getvariable('horizon');
