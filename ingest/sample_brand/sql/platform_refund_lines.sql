-- platform_refund_lines: refunds as platforms file them, one per item: of a whole order each item
-- has its own. The first item gives back the freight.

create or replace table platform_refund_lines as
with
of_lines as (
    select
        refunds.* exclude (line_no, refund_cents),
        refunds.line_no is null as is_of_order,
        lines.* exclude (platform, shop_id, order_id)
    from platform_refunds as refunds
    inner join platform_lines as lines
        on refunds.platform = lines.platform
        and refunds.shop_id = lines.shop_id
        and refunds.order_id = lines.order_id
        and coalesce(refunds.line_no, lines.line_no) = lines.line_no
),
dealt_out as (
    select
        platform, shop_id, order_id, refund_place, refund_kind, refund_stage, reason,
        refund_status, applied_at, completed_at, created_at, line_no, sku_id, spu_id, product_id,
        product_name, quantity, payable_in_cents,
        refund_id || case when is_of_order then lpad(line_no::varchar, 2, '0') else '' end
            as refund_number,
        case when is_of_order then quantity else refund_quantity end as line_refund_quantity,
        case when is_of_order
            then dealt(
                goods_back_cents, line_no, line_goods_cents, goods_upto_cents, goods_in_cents
            )
            else goods_back_cents end as line_goods_back_cents,
        case when is_of_order
            then dealt(
                tax_back_cents, line_no, line_goods_cents, goods_upto_cents, goods_in_cents
            )
            else tax_back_cents end as line_tax_back_cents,
        case when is_of_order and line_no > 1 then 0 else freight_back_cents end
            as line_freight_back_cents
    from of_lines
)
select
    *,
    strftime(left(applied_at, 10)::date, '%Y%m') as file_part,
    line_goods_back_cents + line_tax_back_cents + line_freight_back_cents as line_refund_cents
from dealt_out
where line_goods_back_cents + line_freight_back_cents > 0 or refund_kind = 'exchange';
