"""Suite of published daily sales."""

from dataclasses import replace

from expectations import thresholds as limit
from expectations.monitors import Usual, number, unusual_days
from expectations.suite import Suite, no_rows

ORDERS = Usual("orders", "sum(order_count)")
REVENUE = Usual("of revenue", "sum(revenue_amount)", digits=2)
# Per order, so that a day with few orders does not look like a wrong unit.
PER_ORDER = Usual(
    "of revenue per order",
    "sum(revenue_amount) / nullif(sum(order_count), 0)",
    1 / limit.AMOUNT_FACTOR_FAILS,
    limit.AMOUNT_FACTOR_FAILS,
    on_some_days=False,
    digits=2,
)
ABOUT = {"low": limit.LOW_VOLUME_WARNS, "high": limit.HIGH_VOLUME_WARNS}

SUITE = Suite(
    "subject",
    "fct_sales_daily",
    (
        no_rows(
            "No month gives back more than it sold.",
            "select date_trunc('month', date_day)::date as day, currency_code as scope,"
            f" {number('sum(refund_amount)', 2)} || ' are given back in the month, at most '"
            f" || {number(f'{limit.MAX_MONTHLY_REFUND_SHARE} * sum(revenue_amount)', 2)}"
            " || ' are expected' as finding"
            " from {batch} group by 1, 2"
            " having sum(refund_amount)"
            f" > {limit.MAX_MONTHLY_REFUND_SHARE} * sum(revenue_amount)",
            severity="warning",
            rule="gives_back",
        ),
        no_rows(
            "No day sells a hundred times the median day.",
            "with days as (select currency_code, date_day, sum(revenue_amount) as revenue_amount"
            " from {batch} group by 1, 2 having sum(revenue_amount) > 0),"
            " usual as (select currency_code, median(revenue_amount) as median_amount"
            " from days group by 1)"
            " select date_day as day, currency_code as scope,"
            f" {number('revenue_amount', 2)} || ' of revenue, at most '"
            f" || {number(f'{limit.MAX_DAY_TO_MEDIAN_DAY} * median_amount', 2)}"
            " || ' are expected' as finding"
            " from days join usual using (currency_code)"
            f" where revenue_amount > {limit.MAX_DAY_TO_MEDIAN_DAY} * median_amount",
            severity="warning",
            rule="hundredfold",
        ),
        no_rows(
            "No recent day lacks nearly all of its weekday's orders.",
            unusual_days(replace(ORDERS, low=limit.LOW_VOLUME_FAILS)),
            rule="orders_lost",
        ),
        no_rows(
            "Recent days have about their weekday's orders.",
            unusual_days(replace(ORDERS, **ABOUT)),
            severity="warning",
            rule="orders",
        ),
        no_rows(
            "Recent days have about their weekday's revenue.",
            unusual_days(replace(REVENUE, **ABOUT)),
            severity="warning",
            rule="revenue",
        ),
        no_rows(
            "The average order of a recent day has a usual amount.",
            unusual_days(PER_ORDER),
            rule="revenue_per_order",
        ),
    ),
)
