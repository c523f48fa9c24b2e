-- One row per product with twenty customers at least: who came back after the first day with it,
-- and what they took on the next. The 300 with most customers.
select
    products.sku_id,
    products.product_name,
    next_products.product_name as next_product_name,
    repurchase_products.customers,
    repurchase_products.return_rate,
    repurchase_products.repurchase_rate,
    repurchase_products.median_days,
    repurchase_products.next_product_rate
from thematic.repurchase_products
inner join subject.dim_products as products
    on repurchase_products.product_key = products.product_key
left join subject.dim_products as next_products
    on repurchase_products.next_product_key = next_products.product_key
where repurchase_products.customers >= 20
order by repurchase_products.customers desc, products.sku_id
limit 300
