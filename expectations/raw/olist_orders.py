"""Olist's orders."""

import great_expectations.expectations as gxe

from expectations import thresholds
from expectations.suite import Suite

SUITE = Suite(
    "raw",
    "olist_orders",
    (
        gxe.ExpectColumnPairValuesAToBeGreaterThanB(
            column_A="order_approved_at",
            column_B="order_purchase_timestamp",
            or_equal=True,
            mostly=thresholds.MIN_PAID_AFTER_CREATED_SHARE,
            ignore_row_if="either_value_is_missing",
            description="Orders are approved after they are placed.",
        ),
    ),
)
