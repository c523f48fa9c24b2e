"""The order system's order lines."""

from expectations import thresholds
from expectations.suite import Suite, no_rows

SUITE = Suite(
    "raw",
    "order_lines",
    (
        no_rows(
            "No line has a negative price.",
            "select * from {batch} where unit_price < 0",
        ),
        no_rows(
            "No line sells nothing or less.",
            "select * from {batch} where quantity <= 0",
        ),
        no_rows(
            "Most lines have a price.",
            "select count(*) as lines, count(*) filter (where unit_price = 0) as free_lines"
            " from {batch}"
            f" having count(*) filter (where unit_price = 0)"
            f" > {thresholds.MAX_FREE_LINE_SHARE} * count(*)",
        ),
    ),
)
