"""The warehouse system's movements of stock."""

from expectations import thresholds
from expectations.rows import RowRule

RULES = (
    RowRule(
        "turned_round",
        "Sold and damaged pieces have a negative quantity, received ones a positive one.",
        breaks="case when lower(kind) = 'receipt' then quantity < 0 else quantity > 0 end",
        concerns="lower(kind) in ('sale', 'damage', 'receipt')",
        shows=("kind", "quantity"),
        stops=thresholds.MAX_ODD_ROW_SHARE,
    ),
)
