-- One row per RFM segment on the as-of date, empty ones too.
select
    segment_code,
    segment_name,
    segment_name_zh,
    customers,
    net_revenue_amount as net_revenue,
    customer_rate,
    net_revenue_rate,
    average_net_revenue_amount as average_net_revenue,
    average_recency_days,
    average_purchase_occasions as average_purchases
from thematic.rfm_segment_summary
order by net_revenue desc nulls last, segment_code
