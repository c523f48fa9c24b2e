"""The order system's orders."""

from expectations import thresholds
from expectations.rows import RowRule

RULES = (
    RowRule(
        "placed_in_future",
        "No order is placed after it landed.",
        breaks=f"created_at > _loaded_at + interval {thresholds.FUTURE_HOURS} hour",
        shows=("created_at",),
        stops=thresholds.MAX_FUTURE_SHARE,
    ),
    RowRule(
        "no_account",
        "Most orders name their account.",
        breaks="account_id is null",
        shows=("account_id",),
        concerns="not coalesce(is_deleted, false)",
        stops=1 - thresholds.MIN_ACCOUNT_SHARE,
        warns=False,
        least_rows=thresholds.MIN_ROWS_FOR_SHARE,
    ),
    RowRule(
        "paid_before_placed",
        "Orders are paid after they are placed.",
        breaks="paid_at < created_at",
        shows=("created_at", "paid_at"),
        concerns="paid_at is not null",
        stops=1 - thresholds.MIN_PAID_AFTER_CREATED_SHARE,
    ),
    RowRule(
        "discount_below_nothing",
        "A discount is positive: a negative one is ignored; send the amount that it takes off.",
        breaks="least(seller_discount, platform_discount, partner_discount, points_discount) < 0",
        shows=("seller_discount", "platform_discount", "partner_discount", "points_discount"),
        stops=thresholds.MAX_ODD_ROW_SHARE,
    ),
)
