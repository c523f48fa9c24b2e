"""The order system's refunds."""

from expectations.rows import RowRule

RULES = (
    RowRule(
        "takes_money",
        "No refund takes money from the buyer.",
        breaks="amount < 0 or freight_amount < 0",
    ),
    RowRule(
        "completed_before_asked",
        "No refund completes before it is asked for.",
        breaks="completed_at < applied_at",
        severity="warning",
    ),
)
