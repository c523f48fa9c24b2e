-- platform_refunds: the latest state of each refund of a known order, in cents. Of refunds that
-- were paid by hand no platform knows.

create or replace table platform_refunds as
select
    platform,
    shop_id,
    order_id,
    refund_id,
    1 + substr(refund_id, 2)::bigint % 16 as refund_place,
    line_no,
    kind as refund_kind,
    stage as refund_stage,
    reason,
    quantity as refund_quantity,
    status as refund_status,
    applied_at,
    completed_at,
    (amount * 100)::bigint as goods_back_cents,
    (coalesce(freight_amount, 0) * 100)::bigint as freight_back_cents,
    (coalesce(tax_amount, 0) * 100)::bigint as tax_back_cents,
    goods_back_cents + freight_back_cents + tax_back_cents as refund_cents
from export_refunds
where order_id is not null and platform <> 'offline'
qualify row_number() over (
    partition by refund_id order by updated_at desc, batch_key desc
) = 1;
