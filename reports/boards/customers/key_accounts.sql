-- One row per key account, the largest first.
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
    products.product_name as top_product,
    key_accounts.expected_next_date,
    key_accounts.year_revenue_amount,
    key_accounts.revenue_share,
    key_accounts.year_unit_count,
    key_accounts.median_days,
    key_accounts.days_past_due
from thematic.key_accounts
inner join accounts on key_accounts.customer_key = accounts.customer_key
left join subject.dim_products as products
    on key_accounts.top_product_key = products.product_key
order by key_accounts.place, key_accounts.customer_key
limit 300
