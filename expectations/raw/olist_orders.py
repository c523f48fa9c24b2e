"""Olist's orders."""

from expectations import thresholds
from expectations.rows import RowRule

RULES = (
    RowRule(
        "approved_before_placed",
        "Orders are approved after they are placed.",
        breaks="order_approved_at < order_purchase_timestamp",
        shows=("order_purchase_timestamp", "order_approved_at"),
        concerns="order_approved_at is not null",
        stops=1 - thresholds.MIN_PAID_AFTER_CREATED_SHARE,
    ),
)
