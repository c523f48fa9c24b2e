"""Tmall's order report."""

from expectations import thresholds
from expectations.rows import RowRule

RULES = (
    RowRule(
        "total_not_tied",
        "For a paid order, paid in the end plus refunded equals its total.",
        breaks="total_amount <> net_paid_amount + refund_amount",
        shows=("total_amount", "net_paid_amount", "refund_amount"),
        concerns="paid_at is not null",
    ),
    RowRule(
        "refunded_unpaid",
        "No money is refunded for an order that was never paid.",
        breaks="refund_amount > 0",
        shows=("refund_amount",),
        concerns="paid_at is null",
        stops=thresholds.MAX_ODD_ROW_SHARE,
    ),
)
