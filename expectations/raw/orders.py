"""The order system's orders."""

from expectations import thresholds
from expectations.rows import RowRule

RULES = (
    RowRule(
        "placed_in_future",
        "No order is placed after it landed.",
        breaks=f"created_at > _loaded_at + interval {thresholds.FUTURE_HOURS} hour",
    ),
    RowRule(
        "no_account",
        "Most orders name their account.",
        breaks="account_id is null",
        concerns="not coalesce(is_deleted, false)",
        share=1 - thresholds.MIN_ACCOUNT_SHARE,
    ),
    RowRule(
        "paid_before_placed",
        "Orders are paid after they are placed.",
        breaks="paid_at < created_at",
        concerns="paid_at is not null",
        share=1 - thresholds.MIN_PAID_AFTER_CREATED_SHARE,
    ),
)
