-- counts: what was found on the shelves at the end of a day, every thirty days; the first one
-- stands before the first day, and begins the ledger.

create or replace table counts as
with
days_counted as (
    select
        stocked.*,
        base_quantity as opening,
        launch_no,
        unnest(range(-1, getvariable('days'), 30)) as day_no,
        pair_no * 4096 + day_no + 1 as count_no
    from stocked
    inner join cycles using (pair_no)
    inner join skus on stocked.sku_no = skus.sku_no
    where cycles.cycle_no = -1
),
moved as (
    select
        pair_no,
        greatest((moved_at::date - getvariable('first_day') + 30) // 30 * 30 - 1, -1) as day_no,
        sum(quantity)::bigint as quantity
    from stock_moves
    inner join stocked using (warehouse_id, sku_no)
    group by all
),
booked as (
    select
        days_counted.*,
        opening + sum(coalesce(moved.quantity, 0)) over (
            partition by pair_no order by day_no
        ) as booked,
        day_no >= 0 and booked > 5 and chance(count_no, 'differs', 0.05) as differs,
        case when differs then pick(count_no, 'by', [-1, -1, -1, -2, -2, -4, 1, 2]) else 0
            end as difference,
        differs and chance(count_no, 'adjusted', 0.8) as is_adjusted
    from days_counted
    left join moved using (pair_no, day_no)
)
-- What is adjusted stays so; what is not is found again at every later count. Nobody counts what is
-- not on sale yet.
select
    *,
    cast(getvariable('first_day') + day_no::int as date) as counted_on,
    greatest(booked + sum(difference) over (partition by pair_no order by day_no), 0)::bigint
        as on_hand
from booked
qualify day_no >= launch_no;
