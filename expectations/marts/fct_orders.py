"""Suite of published orders."""

from expectations import thresholds
from expectations.monitors import lost_columns, number
from expectations.suite import Suite, no_rows

KEY_COLUMNS = ("account_key", "shop_key", "currency_code", "revenue_amount")

SUITE = Suite(
    "subject",
    "fct_orders",
    (
        no_rows(
            "A plausible share of each source's orders was paid.",
            "select cast(null as date) as day, source as scope,"
            f" {number('count(*) filter (where is_valid)')} || ' of ' || {number('count(*)')}"
            f" || ' orders were paid, at least {thresholds.MIN_VALID_SHARE:.0%} are expected'"
            " as finding"
            " from {batch} where not coalesce(is_test, false) group by source"
            f" having count(*) filter (where is_valid) < {thresholds.MIN_VALID_SHARE} * count(*)",
            rule="paid",
        ),
        no_rows(
            "Orders cancelled or closed after payment were refunded.",
            "select min(purchase_date) as day, platform_code as scope,"
            f" {number('count(*)')} || ' paid orders were cancelled or closed and no refund names"
            " them, such as ' || min(order_id) || ', 0 are expected; send the refunds, or set"
            " gives_back_closed_orders in seeds/platforms.csv' as finding"
            " from {batch} where is_valid and order_status in ('cancelled', 'closed')"
            " and revenue_amount > 0 and refund_amount = 0 group by platform_code",
            severity="warning",
            rule="closed_without_refund",
        ),
        no_rows(
            "Every paid order has a payment time.",
            "select min(ordered_date) as day, platform_code as scope,"
            f" {number('count(*)')} || ' orders are paid by their status and count as unpaid,"
            " because neither they nor their payments say when all of it was paid, such as ' ||"
            " min(order_id) || ', 0 are expected; send paid_at, or the payments' as finding"
            " from {batch} where not is_valid and not coalesce(is_test, false) and order_status in"
            " ('paid', 'shipped', 'delivered', 'completed') and (order_status in"
            " ('delivered', 'completed') or not coalesce(is_cash_on_delivery, false))"
            " group by platform_code",
            severity="warning",
            rule="paid_without_time",
        ),
        no_rows(
            "Every valid order with lines has revenue in the reporting currency.",
            "select min(purchase_date) as day, currency_code as scope,"
            f" {number('count(*)')} || ' paid orders until ' || max(purchase_date) || ' count as 0"
            " wherever amounts are in the reporting currency, such as ' || min(order_id) ||"
            " ', 0 are expected; add the currency''s rates of these days to seeds/fx_rates.csv"
            " and run again' as finding"
            " from {batch} where is_valid and line_count > 0 and revenue_base_amount is null"
            " group by currency_code",
            severity="warning",
            rule="reporting_currency",
        ),
        no_rows(
            "No column of recent orders is lost.",
            lost_columns(
                "ordered_date",
                KEY_COLUMNS,
                f"1 - usual >= {thresholds.NULL_FILLED_BEFORE}"
                f" and 1 - empty < {thresholds.NULL_FILLED_FAILS}",
                f"at most {1 - thresholds.NULL_FILLED_FAILS:.0%} are expected",
            ),
            rule="column_lost",
        ),
        no_rows(
            "Columns of recent orders are filled about as usual.",
            lost_columns(
                "ordered_date",
                KEY_COLUMNS,
                f"empty - usual > {thresholds.NULL_RISE_WARNS}",
                f"at most {thresholds.NULL_RISE_WARNS:.0%} more than usual are expected",
            ),
            severity="warning",
            rule="column_filled",
        ),
    ),
)
