-- One row per customer whose next purchase is overdue and who is not dormant yet, most valuable
-- first.
-- A person is shown by the accounts that a shop knows: two of them, and how many more there are.
-- An e-mail address is no id for a page: an order of the account stands for it.
with shown_accounts as (
    select
        dim_accounts.account_key,
        any_value(platform_name) as platform_name,
        any_value(platform_name_zh) as platform_name_zh,
        case
            when any_value(dim_accounts.account_id) not like '%@%'
                then any_value(dim_accounts.account_id)
            else '#' || max(fct_orders.order_id)
        end as account
    from subject.dim_accounts
    inner join subject.dim_platforms
        on dim_accounts.platform_code = dim_platforms.platform_code
    left join subject.fct_orders
        on
            dim_accounts.account_key = fct_orders.account_key
            and dim_accounts.account_id like '%@%'
    group by dim_accounts.account_key
),

accounts as (
    select
        bridge_account_customer.customer_key,
        array_to_string(
            list(platform_name || ' ' || account order by platform_name, account)[:2], ', '
        ) as shown,
        array_to_string(
            list(platform_name_zh || ' ' || account order by platform_name, account)[:2], '、'
        ) as shown_zh,
        case when count(*) > 2 then ' +' || (count(*) - 2) else '' end as more
    from subject.bridge_account_customer
    inner join shown_accounts
        on bridge_account_customer.account_key = shown_accounts.account_key
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
