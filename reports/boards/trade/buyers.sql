-- One row per month, currency and kind of buyer.
select
    month_date,
    currency_code,
    buyer_kind,
    order_count as orders,
    net_revenue_amount as net_revenue,
    cm2_amount as cm2,
    case when cm2_amount is not null then net_revenue_amount end as costed_revenue
from thematic.customer_margin_months
order by month_date, currency_code, buyer_kind
