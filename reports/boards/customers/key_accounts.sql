-- One row per key account, the largest first.
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
    coalesce(products.product_name, '–') as top_product,
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
