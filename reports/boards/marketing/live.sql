-- One row per shop, month and kind of host, the last 13 months; viewers are those of each stream.
select
    shop_key,
    case when partner_key is null then 'own' else 'partner' end as host,
    cast(date_trunc('month', session_date) as date) as month_date,
    count(*) as streams,
    sum(viewer_count) as viewers,
    sum(order_count) as orders,
    sum(revenue_base_amount) as revenue,
    sum(net_revenue_base_amount) as net_revenue,
    sum(commission_base_amount) as commission
from subject.fct_live_sessions
cross join subject.dim_as_of_date
where
    session_date <= as_of_date
    and session_date >= date_trunc('month', as_of_date) - interval 12 month
group by shop_key, host, month_date
order by month_date, host, shop_key
