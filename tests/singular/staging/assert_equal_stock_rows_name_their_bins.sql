-- Equal rows of one count without a bin may be one row sent twice, or two bins: one counts. It
-- looks at the last day of landing.

{{ config(
    severity='warn',
    enabled='wms' in env_var('SOURCES', 'oms,wms,helpdesk,marketing').split(','),
    meta={'says': 'what_to_do'},
) }}

with

stock_counts as (

    select * from {{ source('wms', 'stock_counts') }}
    where bin is null and not coalesce(is_deleted, false)

),

last_day as (

    select max(_loaded_at) - interval '1' day as began_at from stock_counts

)

select
    warehouse_id,
    sku_id,
    count(*) || ' equal rows of SKU ' || sku_id || ' in ' || warehouse_id || ' on ' || counted_on
    || ' count once: ' || on_hand || ' pieces. Where each is a bin or a lot, name it (bin)'
        as what_to_do
from stock_counts
where _loaded_at >= (select last_day.began_at from last_day)
group by _batch_id, warehouse_id, sku_id, counted_on, on_hand, reserved, in_transit
having count(*) > 1
