"""The warehouse system's movements of stock."""

from expectations import thresholds
from expectations.rows import RowRule

RULES = (
    RowRule(
        "turned_round",
        "What is sold or damaged leaves, below nothing; what is received comes, above it.",
        breaks="case when lower(kind) = 'receipt' then quantity < 0 else quantity > 0 end",
        concerns="lower(kind) in ('sale', 'damage', 'receipt')",
        shows=("kind", "quantity"),
        stops=thresholds.MAX_ODD_ROW_SHARE,
    ),
)
