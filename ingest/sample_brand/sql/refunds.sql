-- refunds: what is asked back, in cents. The cash never exceeds what was paid for the goods; tax
-- comes beside it.

create or replace table refunds as
with
-- Spread over several lines a discount rounds by a cent or so each: an amount for one of several
-- lines stays four cents below its share, so that it fits whichever way the cents are dealt.
shares as (
    select
        orders.*,
        lines.line_no, lines.line_key, lines.sku_no, lines.quantity,
        case
            when priced_line_count = 1 or goods_cents = left_cents
                then least(quantity * price_cents - discount_cents, goods_cents)
            else greatest(
                (quantity * price_cents - discount_cents) * goods_cents // left_cents - 4, 0
            )
        end as line_paid_cents
    from orders
    inner join lines using (order_no)
    where not is_gift and quantity * price_cents > discount_cents and goods_cents > 0
),
whole_orders as (
    select
        *,
        case
            when fate = 'cancelled' then 'before_shipping'
            else 'after_shipping'
        end as stage,
        case
            when fate = 'cancelled' or is_lost then 'refund_only' else 'return_and_refund'
        end as kind,
        case
            when fate = 'cancelled' then closed_at - interval 10 minute
            when is_lost then later(shipped_at, whole(order_no, 'missed', 12, 15) * 86400)
            else later(delivered_at, whole(order_no, 'regret', 40000, 500000))
        end as applied_at
    from orders
    where goods_cents > 0 and fate not in ('refused', 'unpaid', 'presale_dropped')
        and paid_at is not null
        and (fate = 'cancelled' or is_lost or chance(order_no, 'all back', 0.012))
),
some_lines as (
    select
        *,
        case
            when u(line_key, 'refund kind') < 0.5 then 'refund_only'
            when u(line_key, 'refund kind') < 0.88 then 'return_and_refund'
            else 'exchange'
        end as kind,
        case
            when u(line_key, 'refund kind') < 0.1 and shipped_at > later(paid_at, 20000)
                then later(paid_at, whole(line_key, 'regret', 900, 9000))
            else later(coalesce(delivered_at, paid_at), whole(line_key, 'regret', 40000, 700000))
        end as applied_at,
        whole(line_key, 'refunded units', 1, quantity) as refunded_quantity
    from shares
    where
        (delivered_at is not null or fate = 'store') and fate not in ('refused', 'cancelled')
        and paid_at is not null and not chance(order_no, 'all back', 0.012)
        and chance(line_key, 'refund', case sku_no % 9 when 0 then 0.09 else 0.042 end)
),
asked as (
    select
        order_no, null as line_no, stage, kind, unit_count as quantity, goods_cents as cents,
        case when stage = 'before_shipping' or is_lost then freight_cents else 0 end as freight,
        applied_at, order_no * 16 as refund_no, 'completed' as fated_status
    from whole_orders
    union all
    select
        order_no, line_no,
        case when applied_at < shipped_at then 'before_shipping' else 'after_shipping' end,
        kind,
        refunded_quantity,
        case kind
            when 'exchange' then 0
            when 'return_and_refund' then line_paid_cents * refunded_quantity // quantity
            else line_paid_cents * whole(line_key, 'part', 10, 100) // 100
        end,
        case when line_no = 1 and kind = 'return_and_refund' then freight_cents else 0 end,
        applied_at, order_no * 16 + line_no,
        case
            when u(line_key, 'refund status') < 0.86 then 'completed'
            when u(line_key, 'refund status') < 0.93 then 'rejected'
            else 'cancelled'
        end
    from some_lines
    union all
    -- Asked for once before, and turned down.
    select
        order_no, line_no, 'after_shipping', kind, refunded_quantity,
        case kind when 'exchange' then 0 else line_paid_cents // 2 end, 0,
        later(coalesce(delivered_at, paid_at), 20000), order_no * 16 + 8 + line_no, 'rejected'
    from some_lines
    where chance(line_key, 'first attempt', 0.08) and applied_at > coalesce(delivered_at, paid_at)
)
select
    asked.*,
    case when tax_cents > 0 and cents > 0 then tax_cents * cents // goods_cents end as tax,
    later(applied_at, case
        when stage = 'before_shipping' then whole(refund_no, 'handling', 120, 20000)
        when fated_status <> 'completed' then whole(refund_no, 'handling', 20000, 90000)
        when kind = 'refund_only' then whole(refund_no, 'handling', 1800, 170000)
        else whole(refund_no, 'handling', 260000, 900000)
    end) as decided_at
from asked
inner join orders using (order_no)
where applied_at < getvariable('horizon') and (cents > 0 or kind = 'exchange');
