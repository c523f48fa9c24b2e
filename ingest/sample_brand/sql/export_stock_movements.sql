-- Stock movements, in the clock of the warehouse; those of the own site's parcels in the site's,
-- with its offset. What a count corrects is booked on the next morning.

create or replace table export_stock_movements as
with
moves as (
    from stock_moves
    union all
    select
        'MA' || lpad(count_no::varchar, 7, '0'), warehouse_id, sku_no, 'adjustment', difference,
        null, 'stock_count', strftime(counted_on, '%Y-%m-%d'),
        later(counted_on::timestamp, 86400 + 32400), 'warehouse', count_no * 8 + 6, 0
    from counts
    where is_adjusted
)
select
    movement_id,
    warehouse_id,
    skus.sku_id,
    kind,
    quantity::bigint as quantity,
    money(moves.cost_cents) as unit_cost,
    reference_kind,
    reference_id,
    written(moved_at, platform) as moved_at,
    written(moved_at, platform) as updated_at,
    null::boolean as is_deleted,
    moved_at::date as export_day,
    batch_key,
    row_key::bigint as row_key
from moves
inner join skus using (sku_no)
where moved_at < getvariable('horizon');
