"""Lifecycle stages as readers see them."""

import great_expectations.expectations as gxe

from expectations.suite import Suite

SUITE = Suite(
    "thematic",
    "lifecycle_customers",
    (
        gxe.ExpectColumnUniqueValueCountToBeBetween(
            column="as_of_date",
            min_value=1,
            max_value=1,
            description="All customers are staged on the same day.",
        ),
    ),
)
