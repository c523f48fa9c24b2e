-- One row per shop and month, the last 25 months. The last month may be unfinished.
select
    fct_sales_daily.shop_key,
    dim_shops.platform_code,
    cast(date_trunc('month', date_day) as date) as month_date,
    sum(revenue_base_amount) as revenue,
    sum(refund_base_amount) as refunds,
    sum(net_revenue_base_amount) as net_revenue,
    sum(order_count) as orders
from subject.fct_sales_daily
inner join subject.dim_shops on fct_sales_daily.shop_key = dim_shops.shop_key
cross join subject.dim_as_of_date
where
    date_day <= as_of_date
    and date_day >= date_trunc('month', as_of_date) - interval 24 month
group by fct_sales_daily.shop_key, dim_shops.platform_code, month_date
order by month_date, dim_shops.platform_code, fct_sales_daily.shop_key
