"""The message of a broken gate: a sentence with numbers, and the query for its rows."""

from expectations import thresholds
from expectations.outcome import Fault
from expectations.profiles import profile_of
from expectations.rows import NAMED_ROWS, RowRule, as_ranges
from ingest.conversion import literal, quoted
from ingest.declarations import Table

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def row_fault(table_name: str, rule: RowRule, broken: dict) -> Fault:
    """The fault of a batch that breaks a rule about rows."""
    batch = broken["_batch_id"]
    conditions = [f"_batch_id = {batch}"]
    conditions += [f"({text})" for text in (rule.concerns, rule.breaks) if text != "true"]
    rows, of, accepted = broken["rows"], broken["concerned_rows"], broken["accepted_rows"]
    finding = f"{rows:,} of {of:,} row(s) break this rule"
    if accepted:
        finding += f", beside {accepted:,} that are accepted"
        conditions.append(
            "_source_row not in (select _source_row from operations.accepted_rows"
            f" where table_name = '{table_name}' and _batch_id = {batch})"
        )
    return Fault(
        batch_id=batch,
        source_file=broken["source_file"],
        finding=finding,
        rows=rows,
        query=f"select * from raw.{table_name} where {' and '.join(conditions)}",
        lines=tuple(
            f"line {line}: {values}"
            for line, values in zip(broken["first_rows"], broken["first_values"], strict=False)
        ),
        row_numbers=as_ranges(broken["first_rows"]) + (",…" if rows > NAMED_ROWS else ""),
    )


def gate_fault(table: Table, broken: dict) -> Fault:
    """The fault of a batch whose measure breaks a gate."""
    if broken["rule"] == "lateness":
        finding, rows, query = _lateness(table, broken)
    else:
        finding, rows, query = _FINDINGS[broken["rule"]](table.raw_name, broken)
    return Fault(broken["_batch_id"], broken["source_file"], finding, rows, query)


def _columns(table_name: str, broken: dict) -> tuple[str, int, str]:
    return (
        f"{broken['value']:.0f} declared column(s) of raw.{table_name} lack or have another type;"
        " land once more, which adds what is declared",
        broken["rows"],
        "select column_name, data_type from information_schema.columns"
        f" where table_schema = 'raw' and table_name = '{table_name}'",
    )


def _leftovers(table_name: str, broken: dict) -> tuple[str, int, str]:
    return (
        f"{broken['rows']:,} row(s) of a failed batch of this file are in no later file and"
        " would be published; send their keys again, corrected or with is_deleted = true",
        broken["rows"],
        f"select * from raw.{table_name} where _batch_id in (select _batch_id"
        " from operations.expectation_results"
        f" where table_name = '{table_name}' and outcome = 'failed')"
        f" and _source_file = {literal(broken['source_file'])}",
    )


def _volume(table_name: str, broken: dict) -> tuple[str, int, str]:
    weekday = WEEKDAYS[broken["business_day"].weekday()]
    return (
        f"{broken['rows']:,} row(s) for {broken['business_day']}, {broken['reference']:,.0f} are"
        f" usual on a {weekday} ({broken['reference_batches']} before)",
        broken["rows"],
        "select business_day, source_file, rows_landed from operations.batches"
        f" where table_name = '{table_name}' and series = {literal(broken['series'])}"
        f" and business_day between date '{broken['business_day']}'"
        f" - {thresholds.REFERENCE_DAYS} and date '{broken['business_day']}' order by all",
    )


def _rejects(_table_name: str, broken: dict) -> tuple[str, int, str]:
    return (
        f"{_share(broken)} were rejected, {broken['reference']:.1%} in the"
        f" {thresholds.REFERENCE_DAYS} days before",
        _rows(broken),
        f"select * from raw.rejected_rows where _batch_id = {broken['_batch_id']}",
    )


def _lateness(table: Table, broken: dict) -> tuple[str, int, str]:
    times = ", ".join(quoted(time) for time in profile_of(table).times)
    return (
        f"{_share(broken)} are more than {thresholds.LATE_AFTER_DAYS} days older than"
        f" {broken['business_day']}, {broken['reference']:.1%} in the"
        f" {thresholds.REFERENCE_DAYS} days before",
        _rows(broken),
        f"select * from raw.{table.raw_name} where _batch_id = {broken['_batch_id']}"
        f" and cast(coalesce({times}) as date) < date '{broken['business_day']}'"
        f" - {thresholds.LATE_AFTER_DAYS}",
    )


def _nulls(table_name: str, broken: dict) -> tuple[str, int, str]:
    column = broken["column_name"]
    return (
        f"{column} is empty in {_share(broken)}, in {broken['reference']:.1%} of the"
        f" {thresholds.REFERENCE_DAYS} days before",
        _rows(broken),
        f"select * from raw.{table_name} where _batch_id = {broken['_batch_id']}"
        f" and {quoted(column)} is null",
    )


def _drift(table_name: str, broken: dict) -> tuple[str, int, str]:
    column = broken["column_name"]
    return (
        f"{column}: {_share(broken)} hold other values than in the"
        f" {thresholds.REFERENCE_DAYS} days before",
        _rows(broken),
        f"select {quoted(column)}, count(*) from raw.{table_name}"
        f" where _batch_id = {broken['_batch_id']} group by all order by 2 desc",
    )


def _amounts(table_name: str, broken: dict) -> tuple[str, int, str]:
    column = broken["column_name"]
    return (
        f"the median of {column} is {broken['value']:,.2f}, {broken['reference']:,.2f} in the"
        f" {thresholds.REFERENCE_DAYS} days before",
        broken["rows"],
        f"select * from raw.{table_name} where _batch_id = {broken['_batch_id']}"
        f" and {quoted(column)} <> 0 order by {quoted(column)} desc",
    )


def _rows(broken: dict) -> int:
    return round(broken["value"] * broken["rows"])


def _share(broken: dict) -> str:
    return f"{_rows(broken):,} of {broken['rows']:,} row(s) ({broken['value']:.1%})"


_FINDINGS = {
    "columns": _columns,
    "leftovers": _leftovers,
    "volume": _volume,
    "rejects": _rejects,
    "nulls": _nulls,
    "drift": _drift,
    "amounts": _amounts,
}
