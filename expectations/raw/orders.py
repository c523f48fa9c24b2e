"""The order system's orders."""

import great_expectations.expectations as gxe

from expectations import thresholds
from expectations.suite import Suite, no_rows

SUITE = Suite(
    "raw",
    "orders",
    (
        no_rows(
            "No order is placed after it landed.",
            "select * from {batch} where created_at"
            f" > _loaded_at + interval {thresholds.FUTURE_HOURS} hour",
        ),
        gxe.ExpectColumnValuesToNotBeNull(
            column="account_id",
            mostly=thresholds.MIN_ACCOUNT_SHARE,
            description="Most orders name their account.",
        ),
        gxe.ExpectColumnPairValuesAToBeGreaterThanB(
            column_A="paid_at",
            column_B="created_at",
            or_equal=True,
            mostly=thresholds.MIN_PAID_AFTER_CREATED_SHARE,
            ignore_row_if="either_value_is_missing",
            description="Orders are paid after they are placed.",
        ),
    ),
)
