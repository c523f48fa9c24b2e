"""Online Retail's daily invoices."""

from expectations import thresholds
from expectations.rows import RowRule

RULES = (
    RowRule(
        "cancellation_sells",
        "A cancellation takes goods back: its quantity is negative.",
        breaks="quantity >= 0",
        shows=("invoice_no", "quantity"),
        concerns="left(invoice_no, 1) = 'C'",
        stops=thresholds.MAX_ODD_ROW_SHARE,
    ),
)
