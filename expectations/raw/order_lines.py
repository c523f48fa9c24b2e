"""The order system's order lines."""

from expectations import thresholds
from expectations.rows import RowRule

RULES = (
    RowRule(
        "negative_price",
        "A line with a negative price is a discount or a fee.",
        breaks="unit_price < 0",
        shows=("unit_price",),
        stops=thresholds.MAX_DISCOUNT_LINE_SHARE,
    ),
    RowRule(
        "nothing_sold",
        "A line with a quantity of 0 or less is returned goods.",
        breaks="quantity <= 0",
        shows=("quantity",),
        stops=thresholds.MAX_ODD_ROW_SHARE,
    ),
    RowRule(
        "discount_below_nothing",
        "A discount is positive: a negative one is ignored; send the amount that it takes off.",
        breaks="line_discount < 0",
        shows=("line_discount",),
        stops=thresholds.MAX_ODD_ROW_SHARE,
    ),
    RowRule(
        "free_lines",
        "Most lines have a price.",
        breaks="unit_price = 0",
        shows=("unit_price",),
        stops=thresholds.MAX_FREE_LINE_SHARE,
        warns=False,
        least_rows=thresholds.MIN_ROWS_FOR_SHARE,
    ),
)
