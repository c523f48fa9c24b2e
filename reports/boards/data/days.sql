-- One row per shop and day of the last 60: orders placed. A day without any may lack its file.
select
    shop_key,
    date_day,
    sum(placed_order_count) as orders
from subject.fct_sales_daily
cross join subject.dim_as_of_date
where date_day between as_of_date - 59 and as_of_date
group by shop_key, date_day
order by date_day, shop_key
