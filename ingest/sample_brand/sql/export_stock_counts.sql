-- Counts, with what was promised to buyers or on its way from suppliers at the end of that day.

create or replace table export_stock_counts as
with
days_counted as (
    select distinct day_no, counted_on, counted_on + interval 1 day as counted_at from counts
),
promised as (
    select day_no, warehouse_id, sku_no, sum(parcel_lines.quantity)::bigint as reserved
    from parcel_lines
    inner join handled using (shipment_id)
    inner join days_counted
        on handled.paid_at < counted_at and handled.shipped_at >= counted_at
    where direction = 'outbound'
    group by all
),
coming as (
    select
        day_no, pair_no,
        sum(case when received_at < counted_at then missing else quantity end)::bigint as in_transit
    from purchase_lines
    inner join days_counted
        on ordered_at < counted_at
            and coalesce(rest_received_at, given_up_at, received_at) >= counted_at
    group by all
)
select
    warehouse_id,
    skus.sku_id,
    counted_on,
    -- One warehouse says where in it the pieces lie.
    case when warehouse_id = 'WH-LA' then 'A-' || lpad((sku_no % 40)::varchar, 2, '0') end as bin,
    on_hand,
    coalesce(reserved, 0) as reserved,
    coalesce(in_transit, 0) as in_transit,
    written(counted_on + interval 23 hour, 'warehouse') as updated_at,
    null::boolean as is_deleted,
    greatest(counted_on, getvariable('first_day')) as export_day,
    count_no::bigint as batch_key,
    0::bigint as row_key
from counts
inner join skus using (sku_no)
left join promised using (day_no, warehouse_id, sku_no)
left join coming using (day_no, pair_no);
