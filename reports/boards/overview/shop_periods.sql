-- One row per shop: the as-of date, its month and its last 30 days, each beside what was before.
with months as (
    select
        as_of_date,
        as_of_date - 29 as first_of_30_date,
        as_of_date - 59 as first_of_60_date,
        cast(date_trunc('month', as_of_date) as date) as month_date,
        cast(date_trunc('month', as_of_date) - interval 1 month as date) as last_month_date,
        -- The same day of the month before; its last day, where it has none.
        cast(as_of_date - interval 1 month as date) as month_ago_date
    from subject.dim_as_of_date
),

days as (
    select
        fct_sales_daily.*,
        date_day = as_of_date as is_today,
        date_day = as_of_date - 7 as is_week_ago,
        date_day >= month_date as is_month,
        date_day between last_month_date and month_ago_date as is_month_before,
        date_day >= first_of_30_date as is_30,
        date_day between first_of_60_date and first_of_30_date - 1 as is_30_before
    from subject.fct_sales_daily
    cross join months
    where date_day between least(first_of_60_date, last_month_date) and as_of_date
)

select
    days.shop_key,
    dim_shops.platform_code,
    sum(case when is_today then revenue_base_amount end) as today_revenue,
    sum(case when is_week_ago then revenue_base_amount end) as week_ago_revenue,
    sum(case when is_today then order_count else 0 end) as today_orders,
    sum(case when is_week_ago then order_count else 0 end) as week_ago_orders,
    sum(case when is_today then refund_base_amount end) as today_refunds,
    sum(case when is_week_ago then refund_base_amount end) as week_ago_refunds,
    sum(case when is_month then revenue_base_amount end) as month_revenue,
    sum(case when is_month_before then revenue_base_amount end) as month_before_revenue,
    sum(case when is_month then net_revenue_base_amount end) as month_net,
    sum(case when is_month_before then net_revenue_base_amount end) as month_before_net,
    sum(case when is_month then order_count else 0 end) as month_orders,
    sum(case when is_month_before then order_count else 0 end) as month_before_orders,
    sum(case when is_30 then revenue_base_amount end) as last_30_revenue,
    sum(case when is_30_before then revenue_base_amount end) as before_30_revenue,
    sum(case when is_30 then net_revenue_base_amount end) as last_30_net,
    sum(case when is_30_before then net_revenue_base_amount end) as before_30_net,
    sum(case when is_30 then refund_base_amount end) as last_30_refunds,
    sum(case when is_30_before then refund_base_amount end) as before_30_refunds,
    sum(case when is_30 then order_count else 0 end) as last_30_orders,
    sum(case when is_30_before then order_count else 0 end) as before_30_orders
from days
inner join subject.dim_shops on days.shop_key = dim_shops.shop_key
group by days.shop_key, dim_shops.platform_code
order by last_30_revenue desc nulls last, days.shop_key
