"""The order system's refunds."""

from expectations import thresholds
from expectations.rows import RowRule

RULES = (
    RowRule(
        "takes_money",
        "No refund takes money from the buyer.",
        breaks="amount < 0 or freight_amount < 0",
        shows=("amount", "freight_amount"),
        stops=thresholds.MAX_ODD_ROW_SHARE,
    ),
    RowRule(
        "completed_before_asked",
        "No refund completes before it is requested.",
        breaks="completed_at < applied_at",
        shows=("applied_at", "completed_at"),
    ),
)
