-- One row per shop, channel and month, the last 13 months. Orders and revenue are what the channel
-- claims: two channels may claim the same order.
select
    shop_key,
    channel,
    cast(date_trunc('month', spend_date) as date) as month_date,
    sum(impression_count) as impressions,
    sum(click_count) as clicks,
    sum(cost_base_amount) as cost,
    sum(reported_order_count) as claimed_orders,
    sum(reported_revenue_base_amount) as claimed_revenue
from subject.fct_ad_spend
cross join subject.dim_as_of_date
where
    spend_date <= as_of_date
    and spend_date >= date_trunc('month', as_of_date) - interval 12 month
group by shop_key, channel, month_date
order by month_date, channel, shop_key
