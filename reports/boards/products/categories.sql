-- One row per shop, category and month, the last 13 months.
select
    fct_order_lines.shop_key,
    dim_products.category_2 as category,
    cast(date_trunc('month', fct_order_lines.purchase_date) as date) as month_date,
    sum(fct_order_lines.quantity) as units,
    sum(fct_order_lines.revenue_base_amount) as revenue
from subject.fct_order_lines
left join subject.dim_products on fct_order_lines.product_key = dim_products.product_key
cross join subject.dim_as_of_date
where
    fct_order_lines.is_valid and not fct_order_lines.is_gift
    and fct_order_lines.purchase_date <= as_of_date
    and fct_order_lines.purchase_date >= date_trunc('month', as_of_date) - interval 12 month
group by fct_order_lines.shop_key, dim_products.category_2, month_date
order by month_date, category, fct_order_lines.shop_key
