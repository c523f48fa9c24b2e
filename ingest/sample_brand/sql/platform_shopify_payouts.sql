-- payouts_export of Shopify Payments: what goes to the bank, the sum of Net of the payout's rows.

create or replace table file_shopify_payouts as
select
    platform,
    shop_id,
    strftime(payout_day, '%Y%m') as file_part,
    strftime(payout_day, '%Y%m%d') as sort_key,
    payout_day as "Payout Date",
    'paid' as "Status",
    money(coalesce(sum(amount_cents) filter (where movement_type = 'charge'), 0)::bigint)
        as "Charges",
    money(coalesce(sum(amount_cents) filter (where movement_type = 'refund'), 0)::bigint)
        as "Refunds",
    money(coalesce(sum(amount_cents) filter (where movement_type = 'adjustment'), 0)::bigint)
        as "Adjustments",
    money(0) as "Reserved Funds",
    money(-sum(fee_cents)::bigint) as "Fees",
    money(0) as "Retried Amount",
    money(sum(amount_cents - fee_cents)::bigint) as "Total",
    any_value(currency) as "Currency"
from platform_payouts
where is_paid_out
group by platform, shop_id, payout_day;
