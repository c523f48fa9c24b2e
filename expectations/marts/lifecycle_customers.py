"""Suite of published lifecycle stages."""

from expectations import thresholds
from expectations.monitors import one_day, shifted_shares
from expectations.suite import Suite, no_rows


def _shifted(share: float) -> str:
    return shifted_shares(
        "stage", "thematic.lifecycle_history", f"as_of_date - {thresholds.REFERENCE_DAYS}", share
    )


SUITE = Suite(
    "thematic",
    "lifecycle_customers",
    (
        one_day("All customers are staged on the same day."),
        no_rows(
            "Customers are not all in another stage than four weeks before.",
            _shifted(thresholds.SEGMENT_SHIFT_FAILS),
            rule="all_moved",
        ),
        no_rows(
            "Half of the customers or more are in their stage of four weeks before.",
            _shifted(thresholds.SEGMENT_SHIFT_WARNS),
            severity="warning",
            rule="half_moved",
        ),
    ),
)
