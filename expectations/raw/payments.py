"""The order system's payments."""

from expectations import thresholds
from expectations.rows import RowRule

RULES = (
    RowRule(
        "fees_below_nothing",
        "The fee of a payment is positive: it is a cost.",
        breaks="fee < 0",
        concerns="fee is not null",
        shows=("fee",),
        stops=thresholds.MAX_ODD_ROW_SHARE,
    ),
)
