"""The order system's order lines."""

from expectations import thresholds
from expectations.rows import RowRule

RULES = (
    RowRule("negative_price", "No line has a negative price.", breaks="unit_price < 0"),
    RowRule("nothing_sold", "No line sells nothing or less.", breaks="quantity <= 0"),
    RowRule(
        "free_lines",
        "Most lines have a price.",
        breaks="unit_price = 0",
        share=thresholds.MAX_FREE_LINE_SHARE,
    ),
)
