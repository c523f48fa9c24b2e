"""Rules about single rows of a raw table, checked per batch.

A row that breaks a rule may still be right: a discount line has a negative price. So rows are
counted and shown, and only a large share of them stops a run.
"""

from dataclasses import dataclass

from expectations import thresholds
from expectations.suite import Suite, no_rows
from ingest.conversion import quoted

# The number of rows that a message shows with values, and names for the accept command.
SHOWN_ROWS = 3
NAMED_ROWS = 20


@dataclass(frozen=True)
class RowRule:
    """A rule about the rows of a batch.

    `breaks` and `concerns` are SQL conditions, `shows` the columns that a message shows. With
    `warns`, rows that break it give a warning. More than the share `stops` of the rows that it
    concerns stop the run, unless they are fewer than FEW_ROWS, or the batch has fewer than
    `least_rows`; without `stops` they never do. Accepted rows break nothing.
    """

    name: str
    sentence: str
    breaks: str
    shows: tuple[str, ...]
    concerns: str = "true"
    stops: float | None = None
    warns: bool = True
    least_rows: int = 1

    @property
    def _is_odd(self) -> str:
        return f"({self.breaks}) and not _is_accepted"

    @property
    def _stops_at(self) -> str:
        """The condition on a batch's `rows` and `concerned_rows` under which it stops."""
        if self.stops is None:
            return "false"
        return (
            f"rows > {self.stops} * concerned_rows and rows >= {thresholds.FEW_ROWS}"
            f" and concerned_rows >= {self.least_rows}"
        )

    def query(self, severity: str) -> str:
        """The batches that break the rule with this severity: a row each, with its first rows."""
        held = " || ', ' || ".join(
            f"'{column} = ' || coalesce(cast({quoted(column)} as varchar), 'empty')"
            for column in self.shows
        )
        stops = self._stops_at if severity == "critical" else f"not ({self._stops_at})"
        return (
            "select * from (select _batch_id, any_value(_source_file) as source_file,"
            f" count(*) as concerned_rows, count(*) filter (where {self._is_odd}) as rows,"
            f" count(*) filter (where ({self.breaks}) and _is_accepted) as accepted_rows,"
            f" min_by(_source_row, _source_row, {NAMED_ROWS})"
            f" filter (where {self._is_odd}) as first_rows,"
            f" min_by({held}, _source_row, {SHOWN_ROWS})"
            f" filter (where {self._is_odd}) as first_values"
            f" from {{batch}} where {self.concerns} group by _batch_id)"
            f" as batches where rows > 0 and {stops}"
        )

    @property
    def severities(self) -> tuple[str, ...]:
        """The severities of the rule."""
        named = (("critical", self.stops is not None), ("warning", self.warns))
        return tuple(severity for severity, is_so in named if is_so)


def row_suite(table_name: str, rules: tuple[RowRule, ...]) -> Suite:
    """The rules of a raw table, over the rows of its pending batches."""
    return Suite(
        schema="raw",
        table=table_name,
        judges="rows",
        rows="select *, (_batch_id, _source_row) in (select (_batch_id, _source_row)"
        f" from operations.accepted_rows where table_name = '{table_name}') as _is_accepted"
        f' from raw."{table_name}" where _batch_id in (select _batch_id'
        f" from operations.pending_batches where table_name = '{table_name}')",
        expectations=tuple(
            no_rows(_sentence(rule, severity), rule.query(severity), severity, rule=rule.name)
            for rule in rules
            for severity in rule.severities
        ),
    )


def _sentence(rule: RowRule, severity: str) -> str:
    if severity == "warning" or not rule.warns:
        return rule.sentence
    return f"{rule.sentence} At most {rule.stops:.0%} of a file may break this rule."


def as_ranges(numbers: list[int]) -> str:
    """Numbers as `--rows` takes them: 12, 13, 14 and 17 are 12-14,17."""
    spans: list[list[int]] = []
    for number in sorted(set(numbers)):
        if spans and number == spans[-1][1] + 1:
            spans[-1][1] = number
        else:
            spans.append([number, number])
    return ",".join(str(first) if first == last else f"{first}-{last}" for first, last in spans)


def from_ranges(text: str) -> list[int]:
    """The numbers of `12-14,17`. Raises ValueError if the text is not such a list."""
    numbers: set[int] = set()
    for part in text.split(","):
        first, _, last = part.strip().partition("-")
        if not (first.isdecimal() and (last or first).isdecimal()) or part.strip().endswith("-"):
            raise ValueError(part)
        start, end = int(first), int(last or first)
        if not 0 < start <= end or end - start > thresholds.MAX_ACCEPTED_ROWS:
            raise ValueError(part)
        numbers.update(range(start, end + 1))
    return sorted(numbers)
