"""RFM scores as readers see them."""

import great_expectations.expectations as gxe

from expectations import thresholds
from expectations.monitors import shifted_shares
from expectations.suite import Suite, no_rows


def _shifted(share: float) -> str:
    return shifted_shares(
        "segment_code", "thematic.rfm_history", "date_trunc('month', as_of_date)::date - 1", share
    )


SUITE = Suite(
    "thematic",
    "rfm_customers",
    (
        gxe.ExpectColumnUniqueValueCountToBeBetween(
            column="as_of_date",
            min_value=1,
            max_value=1,
            description="All customers are scored on the same day.",
        ),
        no_rows(
            "No segment holds nearly everybody.",
            "select segment_code, count(*) as customers from {batch} group by segment_code"
            f" having (select count(*) from {{batch}})"
            f" >= {thresholds.MIN_CUSTOMERS_FOR_SEGMENT_SHARE}"
            f" and count(*) > {thresholds.MAX_SEGMENT_SHARE} * (select count(*) from {{batch}})",
        ),
        no_rows(
            "No customer of many spends half of everything.",
            "select * from {batch}"
            f" where (select count(*) from {{batch}})"
            f" >= {thresholds.MIN_CUSTOMERS_FOR_SEGMENT_SHARE}"
            f" and net_revenue_amount > {thresholds.MAX_CUSTOMER_REVENUE_SHARE}"
            " * (select sum(net_revenue_amount) from {batch})",
            severity="warning",
        ),
        no_rows(
            "Customers are not all in another segment than the month-end before.",
            _shifted(thresholds.SEGMENT_SHIFT_FAILS),
        ),
        no_rows(
            "Half of the customers or more are in their segment of the month-end before.",
            _shifted(thresholds.SEGMENT_SHIFT_WARNS),
            severity="warning",
        ),
    ),
)
