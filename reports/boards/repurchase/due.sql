-- One row per customer whose next purchase is overdue and who is not dormant yet, most valuable
-- first.
-- A person is shown by the accounts that a shop knows: two of them, and how many more there are.
with accounts as (
    select
        bridge_account_customer.customer_key,
        array_to_string(
            list(platform_name || ' ' || account_id order by platform_name, account_id)[:2], ', '
        ) as shown,
        array_to_string(
            list(platform_name_zh || ' ' || account_id order by platform_name, account_id)[:2], '、'
        ) as shown_zh,
        case when count(*) > 2 then ' +' || (count(*) - 2) else '' end as more
    from subject.bridge_account_customer
    inner join subject.dim_accounts
        on bridge_account_customer.account_key = dim_accounts.account_key
    inner join subject.dim_platforms
        on dim_accounts.platform_code = dim_platforms.platform_code
    group by bridge_account_customer.customer_key
)

select
    shown || more as customer,
    shown_zh || more as customer_zh,
    rfm_customers.segment_name,
    rfm_customers.segment_name_zh,
    lifecycle_customers.stage,
    repurchase_customers.last_purchase_date,
    repurchase_customers.expected_next_date,
    repurchase_customers.purchase_occasions as purchases,
    repurchase_customers.overdue_days,
    rfm_customers.net_revenue_amount as net_revenue
from thematic.repurchase_customers
inner join accounts on repurchase_customers.customer_key = accounts.customer_key
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
