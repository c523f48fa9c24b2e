-- One row per product of the last month with stock, the slowest first.
select
    products.sku_id,
    products.product_name,
    months.sell_through_rate,
    months.units_per_day,
    months.closing_quantity,
    months.day_count - months.in_stock_day_count as days_without_stock
from thematic.product_stock_months as months
inner join subject.dim_products as products
    on months.product_key = products.product_key
where
    months.month_date
    = (select max(latest.month_date) from thematic.product_stock_months as latest)
order by months.sell_through_rate asc nulls last, products.sku_id asc
limit 300
