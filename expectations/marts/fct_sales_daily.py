"""Daily sales as readers see them."""

from expectations import thresholds
from expectations.monitors import unusual_days
from expectations.suite import Suite, no_rows

HOLIDAY = "exists (from subject.dim_dates where date_day = day and is_holiday)"
FESTIVAL = "exists (from subject.dim_dates where date_day = day and festival_code is not null)"


def _days(value: str, breaks: str) -> str:
    return unusual_days("date_day", f"sum({value})", "order_count", breaks, "currency_code")


# Revenue by order, so that a day with few orders is no wrong unit.
PER_ORDER = "sum(revenue_amount) / nullif(sum(order_count), 0)"


def _per_order(factor: float) -> str:
    return unusual_days(
        "date_day",
        PER_ORDER,
        "order_count",
        f"greatest(value / usual, usual / nullif(value, 0)) > {factor}",
        "currency_code",
    )


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
        no_rows(
            "No recent day lacks nearly all of its weekday's orders.",
            _days(
                "order_count", f"value < {thresholds.LOW_VOLUME_FAILS} * usual and not {HOLIDAY}"
            ),
        ),
        no_rows(
            "Recent days have about their weekday's orders.",
            _days(
                "order_count",
                f"value < {thresholds.LOW_VOLUME_WARNS} * usual and not {HOLIDAY}"
                f" or value > {thresholds.HIGH_VOLUME_WARNS} * usual and not {FESTIVAL}",
            ),
            severity="warning",
        ),
        no_rows(
            "Recent days have about their weekday's revenue.",
            _days(
                "revenue_amount",
                f"value < {thresholds.LOW_VOLUME_WARNS} * usual and not {HOLIDAY}"
                f" or value > {thresholds.HIGH_VOLUME_WARNS} * usual and not {FESTIVAL}",
            ),
            severity="warning",
        ),
        no_rows(
            "An order of a recent day is worth what orders are worth.",
            _per_order(thresholds.AMOUNT_FACTOR_FAILS),
        ),
    ),
)
