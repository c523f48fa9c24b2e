"""The order system's refunds."""

from expectations.suite import Suite, no_rows

SUITE = Suite(
    "raw",
    "refunds",
    (
        no_rows(
            "No refund takes money from the buyer.",
            "select * from {batch} where amount < 0 or freight_amount < 0",
        ),
        no_rows(
            "No refund completes before it is asked for.",
            "select * from {batch} where completed_at < applied_at",
            severity="warning",
        ),
    ),
)
