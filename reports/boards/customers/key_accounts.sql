-- One row per key account, the largest first.
select
    account_names as customer,
    account_names_zh as customer_zh,
    products.product_name as top_product,
    key_accounts.expected_next_date,
    key_accounts.year_revenue_amount,
    key_accounts.revenue_share,
    key_accounts.year_unit_count,
    key_accounts.median_days,
    key_accounts.days_past_due
from thematic.key_accounts
inner join thematic.customer_accounts
    on key_accounts.customer_key = customer_accounts.customer_key
left join subject.dim_products as products
    on key_accounts.top_product_key = products.product_key
order by key_accounts.place, key_accounts.customer_key
limit 300
