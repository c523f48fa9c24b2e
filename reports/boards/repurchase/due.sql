-- One row per customer whose next purchase is overdue and who is not dormant yet, most valuable
-- first.
select
    account_names as customer,
    account_names_zh as customer_zh,
    rfm_customers.segment_name,
    rfm_customers.segment_name_zh,
    lifecycle_customers.stage,
    repurchase_customers.last_purchase_date,
    repurchase_customers.expected_next_date,
    repurchase_customers.purchase_occasions as purchases,
    repurchase_customers.overdue_days,
    rfm_customers.net_revenue_amount as net_revenue
from thematic.repurchase_customers
inner join thematic.customer_accounts
    on repurchase_customers.customer_key = customer_accounts.customer_key
inner join thematic.rfm_customers
    on repurchase_customers.customer_key = rfm_customers.customer_key
inner join thematic.lifecycle_customers
    on repurchase_customers.customer_key = lifecycle_customers.customer_key
where
    repurchase_customers.is_overdue
    and repurchase_customers.interval_basis = 'own'
    and lifecycle_customers.stage not in ('dormant', 'lost')
order by rfm_customers.net_revenue_amount desc nulls last, repurchase_customers.customer_key
limit 300
