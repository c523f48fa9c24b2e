"""The order system's statement lines."""

from expectations import thresholds
from expectations.rows import RowRule

RULES = (
    RowRule(
        "fees_that_are_paid_out",
        "Most commissions and fees are negative: they reduce the balance.",
        breaks="amount > 0",
        concerns="lower(kind) in ('commission', 'service_fee', 'payment_fee')",
        shows=("kind", "amount"),
        stops=thresholds.MAX_ODD_ROW_SHARE,
        # Single ones come back with a refund.
        warns=False,
        least_rows=thresholds.MIN_ROWS_FOR_SHARE,
    ),
)
