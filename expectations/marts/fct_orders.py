"""Orders as readers see them."""

from expectations import thresholds
from expectations.monitors import lost_columns
from expectations.suite import Suite, no_rows

KEY_COLUMNS = ("account_key", "shop_key", "currency_code", "revenue_amount")

SUITE = Suite(
    "subject",
    "fct_orders",
    (
        no_rows(
            "A plausible share of each source's orders was paid.",
            "select source, count(*) as orders, count(*) filter (where is_valid) as valid_orders"
            " from {batch} where not coalesce(is_test, false) group by source"
            f" having count(*) filter (where is_valid) < {thresholds.MIN_VALID_SHARE} * count(*)",
        ),
        no_rows(
            "Every valid order with lines has revenue in the reporting currency.",
            "select currency_code, count(*) as orders, min(purchase_date) as first_date"
            " from {batch} where is_valid and line_count > 0 and revenue_base_amount is null"
            " group by currency_code",
            severity="warning",
        ),
        no_rows(
            "No column of recent orders is lost.",
            lost_columns(
                "ordered_date",
                KEY_COLUMNS,
                f"1 - usual >= {thresholds.NULL_FILLED_BEFORE}"
                f" and 1 - empty < {thresholds.NULL_FILLED_FAILS}",
            ),
        ),
        no_rows(
            "Columns of recent orders are filled about as usual.",
            lost_columns(
                "ordered_date", KEY_COLUMNS, f"empty - usual > {thresholds.NULL_RISE_WARNS}"
            ),
            severity="warning",
        ),
    ),
)
