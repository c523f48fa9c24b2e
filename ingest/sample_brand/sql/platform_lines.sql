-- platform_lines: the lines of an order's latest version, and what each bears of the order's money,
-- in cents.

-- Dealt out by what the lines so far weigh, an amount adds up and no line falls below zero. Where
-- nothing weighs, the first line bears it.
create or replace macro dealt(cents, line_no, weight, so_far, total) as
    coalesce(
        cents * so_far // nullif(total, 0) - cents * (so_far - weight) // nullif(total, 0),
        case when line_no = 1 then cents else 0 end
    )::bigint;

create or replace table platform_lines as
with
sent as (
    select
        platform_orders.*,
        export_order_lines.line_no,
        export_order_lines.sku_id,
        export_order_lines.quantity,
        export_order_lines.unit_price,
        (quantity * unit_price * 100)::bigint as line_gross_cents,
        (line_discount * 100)::bigint as line_discount_cents
    from export_order_lines
    inner join platform_orders using (platform, shop_id, order_id, updated_at)
    where export_order_lines.is_deleted is null
),
after_seller as (
    select
        *,
        line_gross_cents - line_discount_cents as left_of_line,
        dealt(
            seller_discount_cents, line_no, left_of_line,
            sum(left_of_line) over so_far, sum(left_of_line) over whole
        ) as line_seller_cents
    from sent
    window
        whole as (partition by platform, shop_id, order_id),
        so_far as (partition by platform, shop_id, order_id order by line_no)
),
after_platform as (
    select
        *,
        left_of_line - line_seller_cents as left_by_seller,
        dealt(
            platform_discount_cents, line_no, left_by_seller,
            sum(left_by_seller) over so_far, sum(left_by_seller) over whole
        ) as line_platform_cents
    from after_seller
    window
        whole as (partition by platform, shop_id, order_id),
        so_far as (partition by platform, shop_id, order_id order by line_no)
),
after_partner as (
    select
        *,
        left_by_seller - line_platform_cents as left_by_platform,
        dealt(
            partner_discount_cents, line_no, left_by_platform,
            sum(left_by_platform) over so_far, sum(left_by_platform) over whole
        ) as line_partner_cents
    from after_platform
    window
        whole as (partition by platform, shop_id, order_id),
        so_far as (partition by platform, shop_id, order_id order by line_no)
),
after_points as (
    select
        *,
        left_by_platform - line_partner_cents as left_by_partner,
        dealt(
            points_discount_cents, line_no, left_by_partner,
            sum(left_by_partner) over so_far, sum(left_by_partner) over whole
        ) as line_points_cents,
        left_by_partner - line_points_cents as line_goods_cents
    from after_partner
    window
        whole as (partition by platform, shop_id, order_id),
        so_far as (partition by platform, shop_id, order_id order by line_no)
),
named as (
    select sku_id, max(name) as product_name, max(spu_id) as spu_id
    from export_products
    group by sku_id
)
select
    after_points.* exclude (
        left_of_line, left_by_seller, left_by_platform, left_by_partner
    ),
    sum(line_goods_cents) over (
        partition by platform, shop_id, order_id order by line_no
    )::bigint as goods_upto_cents,
    dealt(freight_in_cents, line_no, line_goods_cents, goods_upto_cents, goods_in_cents)
        as line_freight_cents,
    dealt(tax_in_cents, line_no, line_goods_cents, goods_upto_cents, goods_in_cents)
        as line_tax_cents,
    named.product_name,
    named.spu_id,
    -- A number of the platform's own for each product.
    (700000000000 + substr(named.spu_id, 3)::bigint)::varchar as product_id,
    split_part(named.product_name, ' ', 2) as sku_name
from after_points
inner join named using (sku_id);
