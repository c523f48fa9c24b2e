-- orders_export of a Shopify admin: a row per line item, and what is the order's on its first row.

create or replace macro shopify_time(moment) as
    regexp_replace(moment, '([+-]\d\d):(\d\d)$', ' \1\2');

create or replace table file_shopify_orders as
with
discounted as (
    select
        *,
        sum(line_discount_cents) over (partition by shop_id, order_id)::bigint
        + seller_discount_cents + platform_discount_cents + partner_discount_cents
        + points_discount_cents as discount_cents,
        line_no = min(line_no) over (partition by shop_id, order_id) as is_first
    from platform_lines
    where platform = 'shopify'
)
select
    platform,
    shop_id,
    file_part,
    strftime(created_moment, '%Y%m%d%H%M%S') || order_id || line_no as sort_key,
    order_id as "Name",
    email as "Email",
    case
        when not is_first then null
        when status = 'created' then 'pending'
        when paid_at is null then 'voided'
        when refunded_cents > 0 and refunded_cents >= payable_in_cents then 'refunded'
        when refunded_cents > 0 then 'partially_refunded'
        else 'paid'
    end as "Financial Status",
    case when is_first then shopify_time(paid_at) end as "Paid at",
    case when is_first then if(shipped_moment is null, 'unfulfilled', 'fulfilled') end
        as "Fulfillment Status",
    case when is_first then shopify_time(written(shipped_moment, platform)) end as "Fulfilled at",
    case when is_first then 'no' end as "Accepts Marketing",
    case when is_first then currency end as "Currency",
    case when is_first then money(goods_in_cents) end as "Subtotal",
    case when is_first then money(freight_in_cents) end as "Shipping",
    case when is_first then money(tax_in_cents) end as "Taxes",
    case when is_first then money(payable_in_cents) end as "Total",
    case when is_first then money(discount_cents) end as "Discount Amount",
    case when is_first then 'Standard' end as "Shipping Method",
    shopify_time(created_at) as "Created at",
    quantity as "Lineitem quantity",
    product_name as "Lineitem name",
    unit_price as "Lineitem price",
    sku_id as "Lineitem sku",
    'true' as "Lineitem requires shipping",
    'true' as "Lineitem taxable",
    if(shipped_moment is null, 'pending', 'fulfilled') as "Lineitem fulfillment status",
    case when is_first then receiver_name end as "Shipping Name",
    case when is_first then receiver_address end as "Shipping Street",
    case when is_first then receiver_address end as "Shipping Address1",
    case when is_first then receiver_city end as "Shipping City",
    case when is_first then receiver_province end as "Shipping Province",
    case when is_first then 'US' end as "Shipping Country",
    case when is_first then receiver_phone end as "Shipping Phone",
    case when is_first then shopify_time(closed_at) end as "Cancelled at",
    case when is_first then 'Shopify Payments' end as "Payment Method",
    case when is_first then money(refunded_cents) end as "Refunded Amount",
    'Qimu' as "Vendor",
    case when is_first then money(0) end as "Outstanding Balance",
    case when is_first then substr(order_id, 2) end as "Id",
    case when is_first then 'Low' end as "Risk Level",
    case when is_first then 'web' end as "Source",
    money(line_discount_cents) as "Lineitem discount",
    case when is_first then receiver_province end as "Shipping Province Name"
from discounted;
