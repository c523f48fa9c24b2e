"""Online Retail's daily invoices."""

from expectations.rows import RowRule

RULES = (
    RowRule(
        "cancellation_sells",
        "A cancellation takes goods back: its quantity is negative.",
        breaks="left(invoice_no, 1) = 'C' and quantity >= 0",
    ),
)
