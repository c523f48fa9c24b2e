"""The expected value of every filled column of a fact, from the raw rows of Olist."""

from tie_words import NO_REFUNDS, SAO_PAULO, hours, key, part_key, shop, utc

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

TIES = {
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
    orders.paid_at as source_paid_at,
    case when orders.paid_at is not null then 0 end as source_paid_to_paid_hours,
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
    {part_key("olist", "order_id || '-' || payment_sequential", "order_id")} as payment_key,
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
    md5('olist' || chr(31) || order_id) as parcel_key,
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
    delivered_at as stated_delivered_at,
    {hours("paid_at", "shipped_at")} as handling_hours,
    case when delivered_at >= shipped_at then {hours("shipped_at", "delivered_at")} end
        as transit_hours,
    case when delivered_at >= ordered_at then {hours("ordered_at", "delivered_at")} end
        as order_to_delivery_hours,
    {hours("ship_by_at", "shipped_at")} as hours_past_ship_by,
    {hours("deliver_by_at", "delivered_at")} as hours_past_deliver_by,
    shipped_at > ship_by_at as is_shipped_late,
    delivered_at > deliver_by_at as is_delivered_late,
    cast(order_delivered_customer_date as date) > cast(order_estimated_delivery_date as date)
        as is_delivered_late_by_date,
    false as is_shipping_overdue,
    coalesce(delivered_at < shipped_at, false) or coalesce(delivered_at < ordered_at, false)
        or coalesce(shipped_at < ordered_at, false) as is_out_of_order,
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
    -- What is left of the text is the redaction's rule: here, that there is one where one was.
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
}
