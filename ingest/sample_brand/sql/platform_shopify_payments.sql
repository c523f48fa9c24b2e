-- payment_transactions_export of Shopify Payments: a row per charge, refund or adjustment, with its
-- fee. A week is paid out on its Thursday after; the last days still wait.
-- platform_payouts: which movements a payout holds.

create or replace table platform_payouts as
with
moved as (
    select
        platform, shop_id, file_part, settled_moment, settled_at, order_id, is_of_refund,
        min(settlement_id) as settlement_id,
        any_value(currency) as currency,
        sum(cents) filter (where kind <> 'payment_fee')::bigint as amount_cents,
        -coalesce(sum(cents) filter (where kind = 'payment_fee'), 0)::bigint as fee_cents
    from platform_entries
    where platform = 'shopify'
    group by all
),
dated as (
    select *, cast(date_trunc('week', settled_moment) as date) + 10 as payout_day from moved
)
select
    *,
    payout_day <= getvariable('last_day') as is_paid_out,
    case
        when order_id is null then 'adjustment'
        when is_of_refund then 'refund'
        else 'charge'
    end as movement_type
from dated;

create or replace table file_shopify_payment_transactions as
select
    platform,
    shop_id,
    file_part,
    strftime(settled_moment, '%Y%m%d%H%M%S') || settlement_id as sort_key,
    shopify_time(settled_at) as "Transaction Date",
    movement_type as "Type",
    order_id as "Order",
    case when order_id is not null then 'visa' end as "Card Brand",
    case when order_id is not null then 'online' end as "Card Source",
    if(is_paid_out, 'paid', 'pending') as "Payout Status",
    case when is_paid_out then payout_day end as "Payout Date",
    case when is_paid_out then '77' || strftime(payout_day, '%Y%m%d') end as "Payout ID",
    payout_day as "Available On",
    money(amount_cents) as "Amount",
    money(fee_cents) as "Fee",
    money(amount_cents - fee_cents) as "Net",
    '#' || regexp_replace(settlement_id, '[^0-9]', '', 'g') as "Checkout",
    case when order_id is not null then 'card' end as "Payment Method Name",
    money(amount_cents) as "Presentment Amount",
    currency as "Presentment Currency",
    currency as "Currency"
from platform_payouts;
