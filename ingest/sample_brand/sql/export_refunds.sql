-- A refund as it was asked for, when that took a day, and as it was decided.

create or replace table export_refunds as
with
versions as (
    select refunds.*, 0 as version, 'applied' as status, applied_at as seen_at from refunds
    where applied_at::date < decided_at::date or decided_at >= getvariable('horizon')
    union all
    select refunds.*, 1, fated_status, decided_at from refunds
    where decided_at < getvariable('horizon')
)
select
    'R' || lpad(refund_no::varchar, 12, '0') as refund_id,
    orders.platform, orders.shop_id, orders.order_id, orders.account_id, versions.line_no,
    versions.kind, versions.stage,
    case
        when orders.is_lost then '未收到货'
        when versions.stage = 'before_shipping'
            then pick(refund_no, 'reason', ['不想要了', '拍错规格', '发货太慢', '差价补偿'])
        when versions.kind = 'exchange' then pick(refund_no, 'reason', ['规格不合适', '收到破损'])
        else pick(refund_no, 'reason', ['质量问题', '收到破损', '过敏不适', '与描述不符', '七天无理由', '少件漏发'])
    end as reason,
    versions.quantity,
    money(versions.cents) as amount,
    money(versions.freight) as freight_amount,
    -- A shop abroad writes it separately from the cash for the goods.
    money(versions.tax) as tax_amount,
    written(versions.applied_at, orders.platform) as applied_at,
    case when versions.status = 'completed'
        then written(decided_at, orders.platform) end as completed_at,
    versions.status,
    written(versions.seen_at, orders.platform) as updated_at,
    null::boolean as is_deleted,
    versions.seen_at::date as export_day,
    refund_no * 2 + version as batch_key,
    0::bigint as row_key
from versions
inner join orders using (order_no)
union all by name
-- Refunds of orders from before the first export, or paid by hand: no order, not always an account.
select
    'RX' || lpad(order_no::varchar, 11, '0') as refund_id,
    platform, shop_id,
    case when chance(order_no, 'buyer known', 0.6) then account_id end as account_id,
    'refund_only' as kind, 'after_shipping' as stage, '线下打款补偿' as reason,
    money(whole(order_no, 'by hand', 5, 120) * 100) as amount,
    money(0) as freight_amount,
    written(created_at, platform) as applied_at,
    written(later(created_at, 3600), platform) as completed_at,
    'completed' as status,
    written(later(created_at, 3600), platform) as updated_at,
    later(created_at, 3600)::date as export_day,
    order_no * 32 + 31 as batch_key,
    0::bigint as row_key
from orders
where chance(order_no, 'refund by hand', 0.003)
    and later(created_at, 3600) < getvariable('horizon');
