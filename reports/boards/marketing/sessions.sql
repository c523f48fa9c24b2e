-- One row per shop, channel and month of the visit, the last 13 months.
select
    shop_key,
    channel,
    cast(date_trunc('month', session_date) as date) as month_date,
    count(*) as visits,
    sum(case when search_count > 0 then 1 else 0 end) as searches,
    sum(case when cart_count > 0 then 1 else 0 end) as carts,
    sum(case when pay_count > 0 then 1 else 0 end) as pays,
    sum(order_count) as orders,
    sum(revenue_base_amount) as revenue
from subject.fct_web_sessions
cross join subject.dim_as_of_date
where
    session_date <= as_of_date
    and session_date >= date_trunc('month', as_of_date) - interval 12 month
group by shop_key, channel, month_date
order by month_date, channel, shop_key
