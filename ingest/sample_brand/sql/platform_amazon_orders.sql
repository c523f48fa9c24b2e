-- All orders of an Amazon account: a row per item, prices for all its pieces, times in UTC. What
-- was cancelled has no price, even if it had been paid.

create or replace macro los_angeles_in_utc(moment) as
    timezone('UTC', timezone('America/Los_Angeles', moment));

create or replace table file_amazon_orders as
with
stated as (
    select
        *,
        status in ('closed', 'cancelled') as is_cancelled,
        los_angeles_in_utc(created_moment) as ordered_utc,
        los_angeles_in_utc(updated_at::timestamp) as updated_utc
    from platform_lines
    where platform = 'amazon'
)
select
    platform,
    shop_id,
    file_part,
    strftime(created_moment, '%Y%m%d%H%M%S') || order_id || line_no as sort_key,
    order_id as "amazon-order-id",
    strftime(ordered_utc, '%Y-%m-%dT%H:%M:%S+00:00') as "purchase-date",
    strftime(updated_utc, '%Y-%m-%dT%H:%M:%S+00:00') as "last-updated-date",
    case
        when is_cancelled then 'Cancelled'
        when paid_at is null then 'Pending'
        when shipped_moment is null then 'Unshipped'
        else 'Shipped'
    end as "order-status",
    'Merchant' as "fulfillment-channel",
    'Amazon.com' as "sales-channel",
    'Standard' as "ship-service-level",
    product_name as "product-name",
    sku_id as "sku",
    'B0' || product_id as "asin",
    if(shipped_moment is null, 'Unshipped', 'Shipped') as "item-status",
    if(is_cancelled, 0, quantity) as "quantity",
    if(is_cancelled, null, currency) as "currency",
    if(is_cancelled, null, money(line_gross_cents)) as "item-price",
    if(is_cancelled, null, money(line_tax_cents)) as "item-tax",
    if(is_cancelled, null, money(line_freight_cents)) as "shipping-price",
    if(is_cancelled, null, money(
        line_discount_cents + line_seller_cents + line_platform_cents + line_partner_cents
        + line_points_cents
    )) as "item-promotion-discount",
    receiver_city as "ship-city",
    receiver_province as "ship-state",
    'US' as "ship-country",
    'false' as "is-business-order"
from stated;
