"""Suite of published RFM scores."""

from expectations import thresholds
from expectations.monitors import number, one_day, shifted_shares
from expectations.suite import Suite, no_rows


def _shifted(share: float) -> str:
    return shifted_shares(
        "segment_code", "thematic.rfm_history", "date_trunc('month', as_of_date)::date - 1", share
    )


SUITE = Suite(
    "thematic",
    "rfm_customers",
    (
        one_day("All customers are scored on the same day."),
        no_rows(
            "No segment has nearly all customers.",
            "select max(as_of_date) as day, segment_code as scope,"
            f" {number('count(*)')} || ' customers, at most {thresholds.MAX_SEGMENT_SHARE:.0%} of '"
            f" || {number('(select count(*) from {batch})')} || ' are expected' as finding"
            " from {batch} group by segment_code"
            f" having (select count(*) from {{batch}})"
            f" >= {thresholds.MIN_CUSTOMERS_FOR_SEGMENT_SHARE}"
            f" and count(*) > {thresholds.MAX_SEGMENT_SHARE} * (select count(*) from {{batch}})",
            rule="one_segment",
        ),
        no_rows(
            "No customer of many spends half of everything.",
            "select as_of_date as day, 'one customer' as scope,"
            f" {number('net_revenue_amount', 2)} || ' of net revenue, at most"
            f" {thresholds.MAX_CUSTOMER_REVENUE_SHARE:.0%} of everything is expected' as finding"
            " from {batch}"
            f" where (select count(*) from {{batch}})"
            f" >= {thresholds.MIN_CUSTOMERS_FOR_SEGMENT_SHARE}"
            f" and net_revenue_amount > {thresholds.MAX_CUSTOMER_REVENUE_SHARE}"
            " * (select sum(net_revenue_amount) from {batch})",
            severity="warning",
            rule="one_customer",
        ),
        no_rows(
            "Customers are not all in another segment than the month-end before.",
            _shifted(thresholds.SEGMENT_SHIFT_FAILS),
            rule="all_moved",
        ),
        no_rows(
            "Half of the customers or more are in their segment of the month-end before.",
            _shifted(thresholds.SEGMENT_SHIFT_WARNS),
            severity="warning",
            rule="half_moved",
        ),
    ),
)
