-- A platform's statement: a line for each amount that it pays out or keeps, signed as it moves the
-- seller's balance.

create or replace table export_settlements as
with
entries as (
    select order_no, 0 as part, 0 as entry, 'payout' as kind, payout_cents + off_cents as cents,
        settled_at
    from settled
    union all
    select order_no, 0, 1, 'commission', -((goods_cents * charged_bp + 5000) // 10000), settled_at
    from settled
    union all
    select order_no, 0, 2, 'service_fee', -((goods_cents * service_bp + 5000) // 10000), settled_at
    from settled
    where fate <> 'presale_dropped'
    union all
    select order_no, 0, 3, 'payment_fee', -((payout_cents * 6 + 500) // 1000), settled_at
    from settled
    where not waits_for_receipt
    union all
    select order_no, 0, 4, 'subsidy', subsidy_cents, settled_at from settled
    union all
    select order_no, 0, 5, 'freight_insurance', -whole(order_no, 'premium', 30, 95), settled_at
    from settled
    where platform = 'taobao' and fate = 'paid' and chance(order_no, 'insured', 0.3)
    union all
    select order_no, 1 + refund_place, 0, 'refund', -(cents + freight + tax), back_at
    from settled_refunds
    union all
    -- The commission on what was given back, and the subsidy for it, go back too.
    select
        order_no, 1 + refund_place, 1, 'commission',
        ((goods_cents - back_cents + cents) * charged_bp + 5000) // 10000
        - ((goods_cents - back_cents) * charged_bp + 5000) // 10000,
        back_at
    from settled_refunds
    union all
    select
        order_no, 1 + refund_place, 4, 'subsidy',
        -(
            subsidy_cents * back_cents // goods_cents
            - subsidy_cents * (back_cents - cents) // goods_cents
        ),
        back_at
    from settled_refunds
),
months as (
    select
        shops.*,
        row_number() over (order by shop_id, month_end) as month_no,
        month_end
    from shops
    cross join (
        select unnest(generate_series(
            getvariable('first_day')::timestamp, getvariable('last_day')::timestamp,
            interval 1 month
        )) as month_end
    )
    where is_online
)
select
    'ST' || lpad(scramble(order_no)::varchar, 10, '0') || '-' || (part * 10 + entry)
        as settlement_id,
    platform,
    shop_id,
    order_id,
    entries.kind,
    money(entries.cents) as amount,
    currency,
    written(entries.settled_at, platform) as settled_at,
    written(entries.settled_at, platform) as updated_at,
    null::boolean as is_deleted,
    entries.settled_at::date as export_day,
    order_no * 32 + part as batch_key,
    entry::bigint as row_key
from entries
inner join orders using (order_no)
inner join shops using (platform, shop_id)
where entries.cents <> 0 and entries.settled_at < getvariable('horizon')
union all
-- A shop's own fees belong to no order.
select
    'SM-' || shop_id || '-' || strftime(month_end, '%Y%m%d'),
    platform,
    shop_id,
    null,
    pick(month_no, 'what for', ['service_fee', 'service_fee', 'penalty']),
    money(-whole(month_no, 'dues', 20, 300) * 100),
    currency,
    written(month_end + interval 4 hour, platform),
    written(month_end + interval 4 hour, platform),
    null,
    month_end::date,
    -month_no,
    0
from months;
