"""The expected value of every filled column of a fact, from the raw rows of Online Retail."""

from tie_words import LONDON, NO_REFUNDS, key, part_key, shop, utc

SALES = f"""
with sales as (
    select
        *,
        {key("online_retail", "invoice_no")} as order_key,
        md5(stock_code) as product_key,
        cast(quantity * unit_price as decimal(18, 4)) as amount,
        cast(invoice_date as date) as day,
        {utc("invoice_date", LONDON)} as moment,
        md5('online_retail' || chr(31) || '' || chr(31) || split_part(customer_id, '.', 1))
            as account_key
    from raw.online_retail_invoices
    where invoice_no similar to '[0-9].*' and quantity > 0
),
cancelled as (
    select
        *,
        cast(-quantity * unit_price as decimal(18, 4)) as amount,
        {utc("invoice_date", LONDON)} as moment,
        invoice_no || '-' || _source_row as refund_id
    from raw.online_retail_invoices
    where invoice_no like 'C%'
)
"""

TIES = {
    ("online_retail", "fct_order_lines"): f"""{SALES}
select
    md5(order_key || chr(31) || _source_row) as order_line_key,
    order_key,
    'online_retail' as platform_code,
    {shop("online_retail")} as shop_key,
    cast(_source_row as integer) as line_number,
    product_key,
    false as is_gift,
    true as is_valid,
    day as ordered_date,
    day as purchase_date,
    'GBP' as currency_code,
    quantity,
    0 as exchanged_quantity,
    unit_price as unit_price_amount,
    amount as gross_amount,
    amount as paid_amount,
    amount as payable_amount,
    amount as revenue_amount,
    {NO_REFUNDS},
    amount as net_revenue_amount,
    0 as commission_amount,
    amount as paid_base_amount,
    amount as revenue_base_amount,
    0 as refund_base_amount,
    amount as net_revenue_base_amount
from sales
""",
    ("online_retail", "fct_orders"): f"""{SALES}
select
    order_key,
    'online_retail' as platform_code,
    {shop("online_retail")} as shop_key,
    invoice_no as order_id,
    max(case when customer_id is not null then account_key end) as account_key,
    max(regions.region_code) as region_key,
    'completed' as order_status,
    'normal' as order_type,
    true as is_valid,
    false as is_test,
    false as is_cash_on_delivery,
    min(moment) as ordered_at,
    min(day) as ordered_date,
    min(moment) as paid_at,
    min(moment) as source_paid_at,
    0 as source_paid_to_paid_hours,
    min(day) as purchase_date,
    'GBP' as currency_code,
    count(*) as line_count,
    sum(quantity) as unit_count,
    sum(amount) as gross_amount,
    sum(amount) as paid_amount,
    sum(amount) as payable_amount,
    sum(amount) as revenue_amount,
    {NO_REFUNDS},
    sum(amount) as net_revenue_amount,
    false as is_settled,
    'rate' as commission_source,
    0 as commission_amount,
    sum(amount) as paid_base_amount,
    sum(amount) as revenue_base_amount,
    0 as refund_base_amount,
    sum(amount) as net_revenue_base_amount
from sales
left join reference.regions as regions
    on regions.region_level = 'country' and sales.country = regions.match_name
group by order_key, invoice_no
""",
    ("online_retail", "fct_order_reconciliation"): f"""{SALES}
select
    order_key,
    'online_retail' as platform_code,
    {shop("online_retail")} as shop_key,
    true as is_valid,
    min(day) as purchase_date,
    'GBP' as currency_code,
    false as is_settled,
    sum(amount) as payable_amount,
    0 as refund_cash_amount,
    0 as due_subsidy_amount,
    0 as due_commission_amount
from sales
group by order_key
""",
    ("online_retail", "fct_order_timeline"): f"""{SALES}
select
    order_key,
    'online_retail' as platform_code,
    {shop("online_retail")} as shop_key,
    max(case when customer_id is not null then account_key end) as account_key,
    'normal' as order_type,
    true as is_valid,
    min(day) as ordered_date,
    min(day) as purchase_date,
    min(moment) as ordered_at,
    min(moment) as paid_at,
    0 as ordered_to_paid_hours
from sales
group by order_key
""",
    ("online_retail", "fct_refunds"): f"""{SALES}
select
    {part_key("online_retail", "refund_id")} as refund_key,
    'online_retail' as platform_code,
    {shop("online_retail")} as shop_key,
    refund_id,
    case
        when customer_id is not null
            then md5('online_retail' || chr(31) || '' || chr(31) || split_part(customer_id, '.', 1))
    end as account_key,
    'completed' as refund_status,
    true as is_completed,
    'refund' as told_by,
    false as is_presumed,
    moment as applied_at,
    moment as completed_at,
    cast(invoice_date as date) as completed_date,
    cast(invoice_date as date) as booked_date,
    false as is_booked_date_assumed,
    'GBP' as currency_code,
    -quantity as quantity,
    amount as requested_amount,
    amount as refund_paid_amount,
    amount as refund_amount,
    0 as excess_amount,
    0 as refund_tax_amount,
    amount as refund_base_amount
from cancelled
""",
}
