-- One row per shop and month of the day on which the orders were placed, the last 13 months,
-- without the last two weeks: an order paid on delivery is valid only when it arrives.
select
    shop_key,
    cast(date_trunc('month', ordered_date) as date) as month_date,
    count(*) as placed_orders,
    sum(case when is_valid then 1 else 0 end) as valid_orders
from subject.fct_orders
cross join subject.dim_as_of_date
where
    not coalesce(is_test, false)
    and ordered_date <= as_of_date - 14
    and ordered_date >= date_trunc('month', as_of_date) - interval 12 month
group by shop_key, month_date
order by month_date, shop_key
