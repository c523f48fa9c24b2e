"""Daily sales as readers see them."""

from expectations import thresholds
from expectations.suite import Suite, no_rows

SUITE = Suite(
    "subject",
    "fct_sales_daily",
    (
        no_rows(
            "No month gives back more than it sold.",
            "select currency_code, date_trunc('month', date_day) as sales_month,"
            " sum(revenue_amount) as revenue_amount, sum(refund_amount) as refund_amount"
            " from {batch} group by 1, 2"
            " having sum(refund_amount)"
            f" > {thresholds.MAX_MONTHLY_REFUND_SHARE} * sum(revenue_amount)",
            severity="warning",
        ),
        no_rows(
            "No day sells a hundred times the median day.",
            "with days as (select currency_code, date_day, sum(revenue_amount) as revenue_amount"
            " from {batch} group by 1, 2 having sum(revenue_amount) > 0),"
            " usual as (select currency_code, median(revenue_amount) as median_amount"
            " from days group by 1)"
            " select days.* from days join usual using (currency_code)"
            f" where revenue_amount > {thresholds.MAX_DAY_TO_MEDIAN_DAY} * median_amount",
            severity="warning",
        ),
    ),
)
