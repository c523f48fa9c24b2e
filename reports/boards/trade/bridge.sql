-- One row per shop, currency, month and step, the last 25 months. Steps tell the same money again.
select
    shop_key,
    currency_code,
    month_date,
    step_code,
    previous_amount as previous,
    not_paid_amount as not_paid,
    not_due_amount as not_due,
    refunded_amount as refunded,
    subsidy_amount as subsidy,
    fee_amount as fees,
    moved_amount as moved,
    other_period_amount as other_period,
    unmatched_amount as unmatched,
    unexplained_amount as unexplained,
    amount
from thematic.money_bridge
cross join subject.dim_as_of_date
where month_date >= date_trunc('month', as_of_date) - interval 24 month
order by step_number, month_date, shop_key, currency_code
