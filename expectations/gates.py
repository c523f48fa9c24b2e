"""The gates of every raw table: a batch compared with the days before it (`measures.py`)."""

from dataclasses import dataclass

from expectations import thresholds as limit
from expectations.suite import Suite, no_rows

WARNING, CRITICAL = "warning", "critical"


@dataclass(frozen=True)
class Gate:
    """A rule over measures: the condition that breaks it, and its severity."""

    measure: str
    sentence: str
    breaks: str
    severity: str


# A measure without enough earlier batches has a null reference, which breaks nothing.
_SHARE = f"rows >= {limit.MIN_ROWS_FOR_SHARE} and reference is not null"
_WEEKDAY = f"reference >= {limit.MIN_USUAL_ROWS}"
_FAR = "greatest(value / reference, reference / value)"

GATES = (
    Gate("columns", "The table has the declared columns and types.", "value > 0", CRITICAL),
    Gate(
        "leftovers",
        "Every row of a failed batch is replaced by a later file.",
        "value > 0",
        CRITICAL,
    ),
    Gate(
        "volume",
        "A batch brings at least a twentieth of the weekday's usual rows.",
        f"{_WEEKDAY} and not is_holiday and value < {limit.LOW_VOLUME_FAILS} * reference",
        CRITICAL,
    ),
    Gate(
        "volume",
        "A batch brings about the weekday's usual rows.",
        f"{_WEEKDAY} and (value < {limit.LOW_VOLUME_WARNS} * reference and not is_holiday"
        f" or value > {limit.HIGH_VOLUME_WARNS} * reference and not is_festival)",
        WARNING,
    ),
    Gate(
        "rejects",
        "Far more rows than usual are never rejected.",
        f"{_SHARE} and value - reference > {limit.REJECT_RISE_FAILS}",
        CRITICAL,
    ),
    Gate(
        "rejects",
        "About the usual share of rows is rejected.",
        f"{_SHARE} and value - reference > {limit.REJECT_RISE_WARNS}",
        WARNING,
    ),
    Gate(
        "lateness",
        "A batch holds the rows of its day.",
        f"{_SHARE} and value - reference > {limit.LATE_RISE_FAILS}",
        CRITICAL,
    ),
    Gate(
        "lateness",
        "About the usual share of rows is late.",
        f"{_SHARE} and value - reference > {limit.LATE_RISE_WARNS}",
        WARNING,
    ),
    Gate(
        "nulls",
        "A column that was filled is not lost.",
        f"{_SHARE} and 1 - reference >= {limit.NULL_FILLED_BEFORE}"
        f" and 1 - value < {limit.NULL_FILLED_FAILS}",
        CRITICAL,
    ),
    Gate(
        "nulls",
        "Columns are filled about as usual.",
        f"{_SHARE} and value - reference > {limit.NULL_RISE_WARNS}",
        WARNING,
    ),
    Gate(
        "drift",
        "A column holds the values that it held.",
        f"{_SHARE} and value > {limit.DRIFT_FAILS}",
        CRITICAL,
    ),
    Gate(
        "drift",
        "Values have about their usual shares.",
        f"{_SHARE} and value > {limit.DRIFT_WARNS}",
        WARNING,
    ),
    Gate(
        "amounts",
        "Amounts are in the unit that they were in.",
        f"{_SHARE} and {_FAR} > {limit.AMOUNT_FACTOR_FAILS}",
        CRITICAL,
    ),
    Gate(
        "amounts",
        "Amounts have about their usual size.",
        f"{_SHARE} and {_FAR} > {limit.AMOUNT_FACTOR_WARNS}",
        WARNING,
    ),
)


def gate_suite(table_name: str) -> Suite:
    """The gates of a raw table, over the measures of its pending batches."""
    return Suite(
        schema="raw",
        table=table_name,
        judges="batches",
        rows="select measures.*, source_file, series, business_day, is_festival, is_holiday"
        " from operations.batch_measures as measures"
        " join operations.pending_batches using (table_name, _batch_id)"
        f" where table_name = '{table_name}'",
        expectations=tuple(
            no_rows(
                gate.sentence,
                f"select * from {{batch}} where rule = '{gate.measure}' and {gate.breaks}",
                gate.severity,
                rule=gate.measure,
            )
            for gate in GATES
        ),
    )
