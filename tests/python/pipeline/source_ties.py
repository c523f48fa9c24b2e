"""What every filled column of a fact is by the raw rows of a public source, in SQL of its own.

Source and fact → a query on the raw tables that gives the fact's rows of that source: each column
that docs/fact_matrix.md marks, written from what the publisher says, not from the models.
"""

KEY = "md5('{source}' || chr(31) || '' || chr(31) || {id})"
NULL_SHOP = "md5('{source}' || chr(31) || '')"


def key(source: str, expression: str) -> str:
    """The key of an order or account whose platform has one nameless shop."""
    return KEY.format(source=source, id=f"cast({expression} as varchar)")


def shop(source: str) -> str:
    """The key of a platform's only shop."""
    return NULL_SHOP.format(source=source)


def utc(wall_clock: str, zone: str) -> str:
    """A wall clock of a zone, in UTC."""
    return f"timezone('UTC', timezone('{zone}', {wall_clock}))"


def hours(earlier: str, later: str) -> str:
    """Hours between two instants, to the hundredth (36 seconds); a half goes away from zero."""
    seconds = f"date_diff('second', {earlier}, {later})"
    return (
        f"cast(sign({seconds}) * ((abs({seconds}) + 18) // 36) as decimal(12, 0))"
        " * cast(0.01 as decimal(3, 2))"
    )


NO_REFUNDS = """
    cast(0 as decimal(18, 4)) as refund_paid_amount,
    cast(0 as decimal(18, 4)) as refund_amount
"""

LONDON, SAO_PAULO, SHANGHAI = "Europe/London", "America/Sao_Paulo", "Asia/Shanghai"

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

OLIST = f"""
with items as (
    select
        *,
        {key("olist", "order_id")} as order_key
    from raw.olist_order_items
),
totals as (
    select
        order_id,
        count(*) as line_count,
        sum(price) as price,
        sum(freight_value) as freight,
        max(shipping_limit_date) as ship_by
    from items
    group by order_id
),
paid as (
    select order_id, sum(payment_value) as payment_value
    from raw.olist_order_payments
    group by order_id
),
reviewed as (
    select
        order_id,
        min({utc("coalesce(review_answer_timestamp, review_creation_date)", SAO_PAULO)})
            as first_reviewed_at
    from raw.olist_order_reviews
    group by order_id
),
orders as (
    select
        orders.*,
        customers.customer_unique_id,
        customers.customer_state,
        totals.line_count,
        totals.price,
        totals.freight,
        totals.ship_by,
        paid.payment_value,
        reviewed.first_reviewed_at,
        {key("olist", "orders.order_id")} as order_key,
        {utc("orders.order_purchase_timestamp", SAO_PAULO)} as ordered_at,
        {utc("orders.order_approved_at", SAO_PAULO)} as paid_at,
        {utc("orders.order_delivered_carrier_date", SAO_PAULO)} as shipped_at,
        {utc("orders.order_delivered_customer_date", SAO_PAULO)} as delivered_at,
        {utc("orders.order_estimated_delivery_date", SAO_PAULO)} as deliver_by_at,
        {utc("totals.ship_by", SAO_PAULO)} as ship_by_at,
        cast(orders.order_purchase_timestamp as date) as ordered_date,
        cast(orders.order_approved_at as date) as purchase_date,
        -- Created means not paid, whatever the approval says.
        orders.order_approved_at is not null and orders.order_status <> 'created' as is_valid
    from raw.olist_orders as orders
    left join raw.olist_customers as customers using (customer_id)
    left join totals using (order_id)
    left join paid using (order_id)
    left join reviewed using (order_id)
)
"""

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
        case when paid_at is not null then least(refund_amount, total_amount) else 0 end as taken_back
    from raw.tmall_order_report
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
    {key("online_retail", "refund_id")} as refund_key,
    'online_retail' as platform_code,
    {shop("online_retail")} as shop_key,
    refund_id,
    case
        when customer_id is not null
            then md5('online_retail' || chr(31) || '' || chr(31) || split_part(customer_id, '.', 1))
    end as account_key,
    'completed' as refund_status,
    true as is_completed,
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
    amount as refund_base_amount
from cancelled
""",
    ("olist", "fct_order_lines"): f"""{OLIST}
select
    md5(items.order_key || chr(31) || items.order_item_id) as order_line_key,
    items.order_key,
    'olist' as platform_code,
    {shop("olist")} as shop_key,
    items.order_item_id as line_number,
    md5(items.product_id) as product_key,
    false as is_gift,
    orders.is_valid,
    orders.ordered_date,
    case when orders.is_valid then orders.purchase_date end as purchase_date,
    'BRL' as currency_code,
    1 as quantity,
    0 as exchanged_quantity,
    items.price as unit_price_amount,
    items.price as gross_amount,
    items.price as paid_amount,
    lines.freight_amount,
    items.price + lines.freight_amount as payable_amount,
    items.price as revenue_amount,
    {NO_REFUNDS},
    items.price as net_revenue_amount
from items
inner join orders using (order_id)
-- How an order's freight is spread is the allocation's rule, tested there: its sum is tied below.
inner join subject.fct_order_lines as lines
    on items.order_key = lines.order_key and items.order_item_id = lines.line_number
""",
    ("olist", "fct_orders"): f"""{OLIST}
select
    orders.order_key,
    'olist' as platform_code,
    {shop("olist")} as shop_key,
    orders.order_id,
    md5('olist' || chr(31) || '' || chr(31) || orders.customer_unique_id) as account_key,
    'BR-' || orders.customer_state as region_key,
    statuses.order_status,
    orders.is_valid,
    orders.ordered_at,
    orders.ordered_date,
    orders.paid_at,
    case when orders.is_valid then orders.purchase_date end as purchase_date,
    'BRL' as currency_code,
    coalesce(orders.line_count, 0) as line_count,
    orders.line_count as unit_count,
    orders.price as gross_amount,
    orders.price as paid_amount,
    orders.freight as freight_amount,
    orders.price + orders.freight as payable_amount,
    orders.payment_value as source_payable_amount,
    orders.payment_value - orders.price - orders.freight as payable_difference_amount,
    orders.payment_value as received_amount,
    orders.price as revenue_amount,
    case when orders.line_count > 0 then 0 end as refund_paid_amount,
    case when orders.line_count > 0 then 0 end as refund_amount,
    orders.price as net_revenue_amount,
    false as is_settled
from orders
inner join reference.order_statuses as statuses
    on statuses.source = 'olist' and orders.order_status = statuses.source_status
""",
    ("olist", "fct_order_reconciliation"): f"""{OLIST}
select
    order_key,
    'olist' as platform_code,
    {shop("olist")} as shop_key,
    is_valid,
    case when is_valid then purchase_date end as purchase_date,
    'BRL' as currency_code,
    false as is_settled,
    payment_value as source_payable_amount,
    price + freight as payable_amount,
    payment_value as received_amount,
    0 as refund_cash_amount,
    case when line_count > 0 then 0 end as due_subsidy_amount,
    payment_value - price - freight as payable_difference_amount,
    case when is_valid then payment_value - price - freight end as payment_difference_amount
from orders
""",
    ("olist", "fct_order_timeline"): f"""{OLIST}
select
    order_key,
    'olist' as platform_code,
    {shop("olist")} as shop_key,
    md5('olist' || chr(31) || '' || chr(31) || customer_unique_id) as account_key,
    is_valid,
    ordered_date,
    case when is_valid then purchase_date end as purchase_date,
    ordered_at,
    paid_at,
    shipped_at as first_shipped_at,
    shipped_at as all_shipped_at,
    delivered_at as first_delivered_at,
    delivered_at as all_delivered_at,
    first_reviewed_at,
    {hours("ordered_at", "paid_at")} as ordered_to_paid_hours,
    {hours("paid_at", "shipped_at")} as paid_to_first_shipped_hours,
    case when shipped_at is not null then 0 end as first_to_all_shipped_hours,
    {hours("shipped_at", "delivered_at")} as first_shipped_to_first_delivered_hours,
    case when delivered_at is not null then 0 end as first_to_all_delivered_hours,
    {hours("ordered_at", "delivered_at")} as ordered_to_all_delivered_hours,
    {hours("delivered_at", "first_reviewed_at")} as delivered_to_reviewed_hours
from orders
""",
    ("olist", "fct_payments"): f"""
select
    {key("olist", "order_id || '-' || payment_sequential")} as payment_key,
    'olist' as platform_code,
    {shop("olist")} as shop_key,
    order_id || '-' || payment_sequential as payment_id,
    {key("olist", "order_id")} as order_key,
    payment_type as payment_method,
    'BRL' as currency_code,
    payment_value as payment_amount
from raw.olist_order_payments
""",
    ("olist", "fct_shipments"): f"""{OLIST}
select
    md5('olist' || chr(31) || order_id) as shipment_key,
    'olist' as platform_code,
    {shop("olist")} as shop_key,
    order_id as shipment_id,
    order_key,
    'outbound' as direction,
    1 as parcel_number,
    1 as parcel_count,
    case when delivered_at is null then 'shipped' else 'delivered' end as shipment_status,
    ship_by_at,
    deliver_by_at,
    shipped_at,
    cast(order_delivered_carrier_date as date) as shipped_date,
    delivered_at,
    cast(order_delivered_customer_date as date) as delivered_date,
    {hours("paid_at", "shipped_at")} as handling_hours,
    {hours("shipped_at", "delivered_at")} as transit_hours,
    {hours("ordered_at", "delivered_at")} as order_to_delivery_hours,
    {hours("ship_by_at", "shipped_at")} as hours_past_ship_by,
    {hours("deliver_by_at", "delivered_at")} as hours_past_deliver_by,
    shipped_at > ship_by_at as is_shipped_late,
    delivered_at > deliver_by_at as is_delivered_late,
    cast(order_delivered_customer_date as date) > cast(order_estimated_delivery_date as date)
        as is_delivered_late_by_date,
    false as is_shipping_overdue,
    delivered_at is null and cast(order_estimated_delivery_date as date) < (
        select as_of_date from subject.dim_as_of_date
    ) as is_overdue,
    false as is_lost,
    false as is_returned
from orders
where shipped_at is not null or delivered_at is not null
""",
    ("olist", "fct_reviews"): f"""
with reviews as (
    select
        *,
        coalesce(review_answer_timestamp, review_creation_date) as written_at,
        nullif(concat_ws(' ', review_comment_title, review_comment_message), '') as review_text
    from raw.olist_order_reviews
)
select
    found.review_key,
    'olist' as platform_code,
    {shop("olist")} as shop_key,
    reviews.review_id,
    {key("olist", "reviews.order_id")} as order_key,
    md5('olist' || chr(31) || '' || chr(31) || customers.customer_unique_id) as account_key,
    case
        when items.product_count = 1
            then md5({key("olist", "reviews.order_id")} || chr(31) || items.line_number)
    end as order_line_key,
    reviews.review_score as rating,
    reviews.review_text is not null as has_text,
    coalesce(length(reviews.review_text), 0) as text_length,
    -- What is left of the text is the redaction's rule: here, that there is one where there was one.
    case when reviews.review_text is not null then found.review_text_redacted end
        as review_text_redacted,
    {utc("reviews.written_at", SAO_PAULO)} as created_at,
    cast(reviews.written_at as date) as created_date
from reviews
inner join raw.olist_orders as orders using (order_id)
inner join raw.olist_customers as customers using (customer_id)
left join (
    select order_id, count(distinct product_id) as product_count, min(order_item_id) as line_number
    from raw.olist_order_items
    group by order_id
) as items using (order_id)
left join subject.fct_reviews as found
    on reviews.review_id = found.review_id
    and {key("olist", "reviews.order_id")} = found.order_key
""",
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
    {key("tmall", "order_id")} as refund_key,
    'tmall' as platform_code,
    {shop("tmall")} as shop_key,
    order_id as refund_id,
    order_key,
    'completed' as refund_status,
    true as is_completed,
    coalesce(purchase_date, ordered_date) as booked_date,
    true as is_booked_date_assumed,
    'CNY' as currency_code,
    refund_amount as requested_amount,
    taken_back as refund_paid_amount,
    taken_back as refund_amount,
    refund_amount - taken_back as excess_amount,
    taken_back as refund_base_amount
from report
where refund_amount > 0
""",
    ("tmall", "fct_market_listings"): f"""
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
