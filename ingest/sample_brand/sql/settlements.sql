-- settled: per order that the platform pays out: when, and what it keeps, in cents.
-- settled_refunds: what goes back of it, each refund with what went back up to it.

create or replace table settlement_terms as
select * from (
    values
    -- Rates in a ten-thousandth; who is paid on the buyer's receipt of the goods waits for it.
    ('tmall', 500, 50, true, ['platform', 'partner', 'points']),
    ('taobao', 60, 0, true, ['platform', 'partner', 'points']),
    ('jd', 800, 0, true, ['platform', 'points']),
    ('pinduoduo', 60, 0, true, ['platform']),
    ('douyin', 500, 0, true, ['platform', 'partner']),
    ('shopify', 0, 0, false, []),
    ('amazon', 1500, 120, false, ['platform']),
    ('offline', 0, 0, false, [])
) as listed (platform, commission_bp, service_bp, waits_for_receipt, settles);

create or replace table settled as
with
timed as (
    select
        orders.*,
        settlement_terms.* exclude (platform),
        later(
            case
                when fate = 'presale_dropped' then closed_at
                when waits_for_receipt then completed_at
                else paid_at
            end,
            whole(order_no, 'settlement', 1, 3) * 86400 + 3600
        ) as settled_at
    from orders
    inner join settlement_terms using (platform)
    where not is_test and payable_cents > 0
        and (
            fate in ('paid', 'cancelled', 'store', 'on_delivery', 'presale')
            -- A deposit that came to nothing and was not given back is the seller's.
            or (fate = 'presale_dropped' and not chance(order_no, 'deposit back', 0.3))
        )
)
select
    *,
    case fate when 'presale_dropped' then deposit_cents else payable_cents end as payout_cents,
    -- Now and then the platform's total is a few cents off, or it forgets the commission.
    case
        when chance(order_no, 'cents off', 0.004) then pick(order_no, 'cents', [-2, -1, 1, 3])
        else 0
    end as off_cents,
    case
        when fate = 'presale_dropped' or chance(order_no, 'no commission', 0.003) then 0
        else commission_bp
    end as charged_bp,
    case fate
        when 'presale_dropped' then 0
        else case when list_contains(settles, 'platform') then platform_cents else 0 end
            + case when list_contains(settles, 'partner') then partner_cents else 0 end
            + case when list_contains(settles, 'points') then points_cents else 0 end
    end as subsidy_cents
from timed
where settled_at < getvariable('horizon');

create or replace table settled_refunds as
select
    settled.*,
    refunds.cents,
    refunds.freight,
    coalesce(refunds.tax, 0) as tax,
    refunds.refund_no % 16 as refund_place,
    sum(refunds.cents) over (
        partition by order_no order by refunds.decided_at, refunds.refund_no
    )::bigint as back_cents,
    greatest(settled_at, later(refunds.decided_at, 90000)) as back_at
from settled
inner join refunds using (order_no)
where refunds.fated_status = 'completed' and refunds.cents > 0
    and later(refunds.decided_at, 90000) < getvariable('horizon');
