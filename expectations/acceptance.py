"""Data accepted by hand as right: batches, rows of them, and findings of marts.

Each acceptance is stored with its reason, and holds for nothing else: other rows of the batch,
other days and other shops are checked as before.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime

import duckdb

from expectations.outcome import Finding
from expectations.rows import RowRule
from expectations.suite import Suite
from ingest.errors import LandingError

# Of an accepted finding only its identifying columns are kept.
_NOT_ACCEPTED = """
select * from ({query}) as found
where not exists (
    from operations.accepted_findings as accepted
    where accepted.table_name = '{table}'
        and accepted.rule = '{rule}'
        and accepted.scope is not distinct from found.scope
        and (
            found.day between accepted.day and coalesce(accepted.until_day, accepted.day)
            or (found.day is null and accepted.day is null)
        )
)
"""


def not_accepted(query: str, table_name: str, rule: str) -> str:
    """The query of a monitor, without accepted findings."""
    return _NOT_ACCEPTED.replace("{query}", query).format_map(
        {"table": table_name, "rule": rule, "batch": "{batch}"}
    )


def accept_batch(con: duckdb.DuckDBPyConnection, table_name: str, batch: int, reason: str) -> int:
    """Accept a failed batch as it is; the number of its failed rules."""
    (count,) = con.execute(
        "update operations.expectation_results set outcome = 'accepted', reason = $reason"
        " where table_name = $table and _batch_id = $batch and outcome = 'failed'",
        {"table": table_name, "batch": batch, "reason": reason},
    ).fetchone()
    return count


def accept_rows(
    con: duckdb.DuckDBPyConnection,
    table_name: str,
    batch: int,
    rows: list[int],
    rules: tuple[RowRule, ...],
    reason: str,
) -> None:
    """Accept rows of a batch, given by their line in the file, that break rules about rows.

    Raises LandingError, and accepts none, when one of them is missing or breaks no rule.
    """
    (standing,) = con.execute(
        "select count(*) from duckdb_tables() where schema_name = 'raw' and table_name = $table",
        {"table": table_name},
    ).fetchone()
    if not rules or not standing:
        raise LandingError(f"no rule is about rows of {table_name}: only a batch of it is accepted")
    breaks = " or ".join(f"(({rule.concerns}) and ({rule.breaks}))" for rule in rules)
    con.execute(
        "create or replace temp table chosen as select line, count(rows._source_row) as rows,"
        f" coalesce(bool_or({breaks}), false) as is_odd"
        " from (select unnest($rows::bigint[]) as line) as lines"
        f' left join raw."{table_name}" as rows'
        " on rows._source_row = line and rows._batch_id = $batch group by line",
        {"rows": rows, "batch": batch},
    )
    for condition, problem in (
        ("rows = 0", f"is not a line that landed with batch {batch} of {table_name}"),
        ("not is_odd", f"of batch {batch} of {table_name} breaks no rule about rows"),
    ):
        (line,) = con.execute(f"select min(line) from chosen where {condition}").fetchone()
        if line is not None:
            raise LandingError(f"line {line} {problem}; nothing was accepted")
    con.execute(
        "insert into operations.accepted_rows by name"
        " select $table as table_name, $batch as _batch_id, line as _source_row,"
        " $reason as reason, $now as accepted_at from chosen"
        " anti join operations.accepted_rows as known on known.table_name = $table"
        " and known._batch_id = $batch and known._source_row = line",
        {"table": table_name, "batch": batch, "reason": reason, "now": _now()},
    )


@dataclass(frozen=True)
class Wanted:
    """Which findings are accepted: those of a day, or of the days up to `until`; with a shop or
    a rule, only its own. A shop's name stands for all of its currencies.
    """

    day: date | None
    until: date | None = None
    scope: str | None = None
    rule: str | None = None

    def holds(self, rule: str, finding: Finding) -> bool:
        """Whether a finding of a rule is one of them."""
        last = self.until or self.day
        if finding.day is None or self.day is None:
            in_time = finding.day is None and self.day is None
        else:
            in_time = self.day <= finding.day <= last
        names = (finding.scope, finding.scope.rpartition(" in ")[0])
        return (
            in_time
            and (self.rule is None or rule == self.rule)
            and (self.scope is None or self.scope in names)
        )


def findings_of(
    con: duckdb.DuckDBPyConnection, suite: Suite, remembers: bool = True
) -> list[tuple[str, Finding]]:
    """The current findings of a mart's monitors, without accepted ones: rule and finding."""
    found = []
    for expectation in suite.expectations:
        rule = expectation.meta["rule"]
        query = expectation.unexpected_rows_query
        if remembers:
            query = not_accepted(query, suite.table, rule)
        rows = con.execute(query.replace("{batch}", f"({suite.judged_rows})"))
        found += [(rule, finding) for finding in as_findings(rows)]
    return found


def as_findings(rows: duckdb.DuckDBPyConnection) -> list[Finding]:
    """The findings of a monitor's query, the last day first."""
    found = [Finding(day, scope or "", text) for day, scope, text in rows.fetchall()]
    return sorted(found, key=lambda one: (one.day or date.max, one.scope), reverse=True)


def accept_findings(
    con: duckdb.DuckDBPyConnection, suite: Suite, wanted: Wanted, reason: str
) -> list[tuple[str, Finding]]:
    """Accept findings of a mart, up to the day `until`; returns them."""
    chosen = [(rule, one) for rule, one in findings_of(con, suite) if wanted.holds(rule, one)]
    for rule, scope in sorted({(rule, one.scope) for rule, one in chosen}):
        con.execute(
            "insert into operations.accepted_findings by name select $table as table_name,"
            " $rule as rule, $day::date as day, $until::date as until_day, $scope as scope,"
            " $reason as reason, $now as accepted_at",
            {
                "table": suite.table,
                "rule": rule,
                "day": wanted.day,
                "until": wanted.until,
                "scope": scope,
                "reason": reason,
                "now": _now(),
            },
        )
    return chosen


# Acceptances, and failures that were not accepted, each with its description.
LISTED = """
select 'accepted' as state, accepted_at as noted_at, table_name,
    'batch ' || _batch_id || ', ' || count(*) || ' row(s) from line ' || min(_source_row) as what,
    'rows' as rule, reason
from operations.accepted_rows
group by table_name, _batch_id, reason, accepted_at
union all
select 'accepted', accepted_at, table_name,
    concat_ws(', ', day || coalesce(' to ' || until_day, ''), nullif(scope, '')), rule, reason
from operations.accepted_findings
union all
select outcome, judged_at, table_name,
    concat_ws(', ', 'batch ' || _batch_id, source_file, rows || ' row(s)'), rule, reason
from operations.expectation_results
left join (
    select table_name, _batch_id, any_value(source_file) as source_file
    from operations.batches group by all
) as files using (table_name, _batch_id)
where outcome in ('accepted', 'failed')
order by state, table_name, noted_at, what, rule
"""


def listed(con: duckdb.DuckDBPyConnection) -> list[tuple]:
    """Failures and acceptances: state, time, table, batch or finding, rule and reason."""
    return con.execute(LISTED).fetchall()


def _now() -> datetime:
    return datetime.now(UTC).replace(tzinfo=None)
