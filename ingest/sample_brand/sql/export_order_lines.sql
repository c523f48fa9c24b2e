-- Every version of an order with all of its lines.

create or replace table export_order_lines as
with
sent as (
    select
        order_no, version, seen_at, batch_key, is_deleted, line_no, sku_no, quantity, price_cents,
        discount_cents, is_gift
    from order_versions
    inner join lines using (order_no)
    union all
    select
        order_no, version, seen_at, batch_key, is_deleted, line_no, sku_no, 1, price_cents, 0, false
    from order_versions
    inner join extra_lines using (order_no)
    where has_extra_line
)
select
    orders.platform,
    orders.shop_id,
    orders.order_id,
    sent.line_no,
    case when is_deleted then null else skus.sku_id end as sku_id,
    case when is_deleted then null else sent.quantity end as quantity,
    case when is_deleted then null else money(sent.price_cents) end as unit_price,
    case when is_deleted then null else money(sent.discount_cents) end as line_discount,
    case when is_deleted then null else sent.is_gift end as is_gift,
    written(sent.seen_at, orders.platform) as updated_at,
    case when is_deleted then true end as is_deleted,
    sent.seen_at::date as export_day,
    sent.batch_key,
    sent.line_no as row_key
from sent
inner join orders using (order_no)
inner join skus using (sku_no);
