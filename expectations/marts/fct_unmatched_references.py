"""References that match nothing: orders, accounts, SKUs and shops."""

from expectations import thresholds as limit
from expectations.monitors import number
from expectations.suite import Suite, no_rows


def _unmatched(condition: str, expected: str) -> str:
    """One row per table and kind of reference whose totals meet `condition`."""
    return (
        "select max(last_date) as day,"
        " source || '.' || table_name || ', ' || reference as scope,"
        f" {number('any_value(table_unmatched_count)')} || ' of '"
        f" || {number('any_value(table_reference_count)')} || ' rows name an unknown '"
        " || reference"
        " || coalesce(', such as ' || min(example_reference), '')"
        " || coalesce(', since ' || cast(min(first_date) as varchar), '')"
        f" || ', {expected}' as finding"
        f" from {{batch}} where {condition} group by source, table_name, reference"
    )


SUITE = Suite(
    "subject",
    "fct_unmatched_references",
    (
        no_rows(
            "All references match.",
            _unmatched("true", "0 are expected"),
            severity="warning",
            rule="unmatched",
        ),
        no_rows(
            "Most references match.",
            _unmatched(
                f"table_unmatched_count >= {limit.MIN_UNMATCHED_FAILS}"
                f" and table_unmatched_count > {limit.UNMATCHED_FAILS} * table_reference_count",
                f"at most {limit.UNMATCHED_FAILS:.0%} are expected",
            ),
            rule="mostly_unmatched",
        ),
    ),
)
