"""Tmall's order report."""

from expectations.suite import Suite, no_rows

SUITE = Suite(
    "raw",
    "tmall_order_report",
    (
        no_rows(
            "What a paid order's buyer paid in the end and got back adds up to its total.",
            "select * from {batch} where paid_at is not null"
            " and total_amount <> net_paid_amount + refund_amount",
            severity="warning",
        ),
        no_rows(
            "Nobody gets money back for an order that was never paid.",
            "select * from {batch} where paid_at is null and refund_amount > 0",
        ),
    ),
)
