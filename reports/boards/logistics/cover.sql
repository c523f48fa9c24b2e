-- One row per SKU that left the stock in the last 28 days: what is available over all warehouses,
-- and for how many days it lasts at that pace. The 500 that end first.
with warehouses as (
    select
        sku_id,
        warehouse_id,
        sum(sold_quantity) as sold,
        sum(case when is_out_of_stock then 1 else 0 end) as days_out,
        sum(case when date_day = as_of_date then available_to_ship_quantity end) as available
    from subject.fct_stock_daily
    cross join subject.dim_as_of_date
    where date_day between as_of_date - 27 and as_of_date
    group by sku_id, warehouse_id
),

skus as (
    select
        sku_id,
        sum(sold) as sold_units,
        sum(available) as available_units,
        max(days_out) as days_out_of_stock
    from warehouses
    group by sku_id
    having sum(sold) > 0
),

leads as (
    select
        sku_id,
        median(lead_days) as lead_days
    from subject.fct_purchase_orders
    group by sku_id
)

select
    skus.sku_id,
    dim_products.product_name,
    skus.available_units,
    skus.sold_units,
    28.0 * skus.available_units / skus.sold_units as cover_days,
    skus.days_out_of_stock,
    leads.lead_days
from skus
left join subject.dim_products on skus.sku_id = dim_products.sku_id
left join leads on skus.sku_id = leads.sku_id
order by cover_days, skus.sku_id
limit 500
