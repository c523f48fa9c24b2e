"""The expected value of every filled column of a fact, from the raw rows of the Tmall report."""

from tie_words import SHANGHAI, hours, key, part_key, shop, utc

REPORT = f"""
with report as (
    select
        *,
        {key("tmall", "order_id")} as order_key,
        {utc("created_at", SHANGHAI)} as ordered_at,
        {utc("paid_at", SHANGHAI)} as paid_moment,
        cast(created_at as date) as ordered_date,
        cast(paid_at as date) as purchase_date,
        paid_at is not null as is_valid,
        case when paid_at is not null then least(refund_amount, total_amount) else 0 end
            as taken_back
    from raw.tmall_order_report
)
"""

TIES = {
    ("tmall", "fct_order_lines"): f"""{REPORT}
select
    md5(report.order_key || chr(31) || '1') as order_line_key,
    report.order_key,
    'tmall' as platform_code,
    {shop("tmall")} as shop_key,
    1 as line_number,
    false as is_gift,
    report.is_valid,
    report.ordered_date,
    report.purchase_date,
    'CNY' as currency_code,
    0 as exchanged_quantity,
    total_amount as gross_amount,
    total_amount as paid_amount,
    total_amount as payable_amount,
    total_amount as revenue_amount,
    taken_back as refund_paid_amount,
    taken_back as refund_amount,
    total_amount - taken_back as net_revenue_amount,
    lines.commission_amount,
    total_amount as paid_base_amount,
    total_amount as revenue_base_amount,
    taken_back as refund_base_amount,
    total_amount - taken_back as net_revenue_base_amount
from report
-- A line's share of the commission is tied through its order.
inner join subject.fct_order_lines as lines using (order_key)
""",
    ("tmall", "fct_orders"): f"""{REPORT}
select
    order_key,
    'tmall' as platform_code,
    {shop("tmall")} as shop_key,
    order_id,
    names.region_code as region_key,
    case when is_valid then 'paid' else 'closed' end as order_status,
    is_valid,
    ordered_at,
    ordered_date,
    paid_moment as paid_at,
    paid_moment as source_paid_at,
    case when paid_moment is not null then 0 end as source_paid_to_paid_hours,
    purchase_date,
    case
        when total_amount > 0 and taken_back = total_amount then purchase_date
    end as fully_refunded_date,
    'CNY' as currency_code,
    1 as line_count,
    total_amount as gross_amount,
    total_amount as paid_amount,
    total_amount as payable_amount,
    total_amount as source_payable_amount,
    0 as payable_difference_amount,
    total_amount as revenue_amount,
    taken_back as refund_paid_amount,
    taken_back as refund_amount,
    total_amount - taken_back as net_revenue_amount,
    false as is_settled,
    'rate' as commission_source,
    round(0.05 * (total_amount - taken_back), 4) as commission_amount,
    total_amount as paid_base_amount,
    total_amount as revenue_base_amount,
    taken_back as refund_base_amount,
    total_amount - taken_back as net_revenue_base_amount
from report
left join reference.regions as names
    on names.country_code = 'CN'
    and names.region_level = 'province'
    and regexp_replace(
        report.receiver_province, '(维吾尔|壮族|回族)?自治区$|省$|市$', ''
    ) = names.match_name
""",
    ("tmall", "fct_order_reconciliation"): f"""{REPORT}
select
    order_key,
    'tmall' as platform_code,
    {shop("tmall")} as shop_key,
    is_valid,
    purchase_date,
    'CNY' as currency_code,
    false as is_settled,
    total_amount as source_payable_amount,
    total_amount as payable_amount,
    refund_amount as refund_cash_amount,
    0 as due_subsidy_amount,
    round(0.05 * (total_amount - taken_back), 2) as due_commission_amount,
    0 as payable_difference_amount
from report
""",
    ("tmall", "fct_order_timeline"): f"""{REPORT}
select
    order_key,
    'tmall' as platform_code,
    {shop("tmall")} as shop_key,
    is_valid,
    ordered_date,
    purchase_date,
    ordered_at,
    paid_moment as paid_at,
    {hours("ordered_at", "paid_moment")} as ordered_to_paid_hours
from report
""",
    ("tmall", "fct_refunds"): f"""{REPORT}
select
    {part_key("tmall", "order_id")} as refund_key,
    'tmall' as platform_code,
    {shop("tmall")} as shop_key,
    order_id as refund_id,
    order_key,
    'completed' as refund_status,
    true as is_completed,
    'order' as told_by,
    false as is_presumed,
    coalesce(purchase_date, ordered_date) as booked_date,
    true as is_booked_date_assumed,
    'CNY' as currency_code,
    refund_amount as requested_amount,
    taken_back as refund_paid_amount,
    taken_back as refund_amount,
    refund_amount - taken_back as excess_amount,
    0 as refund_tax_amount,
    taken_back as refund_base_amount
from report
where refund_amount > 0
""",
    ("tmall", "fct_market_listings"): """
select
    found.market_listing_key,
    'tmall' as platform_code,
    listings.shop_name,
    listings.listing_id,
    listings.observed_on as observed_date,
    listings.title,
    listings.price as price_amount,
    listings.sales_count,
    listings.comment_count
from (
    -- The file repeats some rows.
    select *
    from raw.tmall_listings
    qualify row_number() over (
        partition by shop_name, listing_id, observed_on order by _source_row desc
    ) = 1
) as listings
left join subject.fct_market_listings as found
    on listings.shop_name = found.shop_name
    and listings.listing_id = found.listing_id
    and listings.observed_on = found.observed_date
""",
}
