-- One row per shop, currency and day from the as-of date on.
select
    shop_key,
    currency_code,
    expected_date,
    order_count as orders,
    owed_amount - overdue_amount as owed,
    overdue_amount as overdue,
    hold_amount + reserve_amount + chargeback_amount as held
from thematic.cash_expected
order by expected_date, shop_key, currency_code
