"""Rules about single rows of a raw table, judged batch by batch."""

from dataclasses import dataclass

from expectations import thresholds
from expectations.suite import Suite, no_rows


@dataclass(frozen=True)
class RowRule:
    """What no row of a batch may be, or at most a share of those that it concerns.

    `breaks` and `concerns` are SQL conditions. A share above `share` breaks the rule; above 0 it
    is judged from MIN_ROWS_FOR_SHARE rows up.
    """

    name: str
    sentence: str
    breaks: str
    concerns: str = "true"
    share: float = 0.0
    severity: str = "critical"

    @property
    def query(self) -> str:
        """The batches that break the rule: a row each."""
        least = thresholds.MIN_ROWS_FOR_SHARE if self.share else 1
        return (
            "select _batch_id, any_value(_source_file) as source_file,"
            f" count(*) as concerned_rows, count(*) filter (where {self.breaks}) as rows"
            f" from {{batch}} where {self.concerns} group by _batch_id"
            f" having count(*) >= {least}"
            f" and count(*) filter (where {self.breaks}) > {self.share} * count(*)"
        )


def row_suite(table_name: str, rules: tuple[RowRule, ...]) -> Suite:
    """The rules of a raw table, over the rows of its pending batches."""
    return Suite(
        schema="raw",
        table=table_name,
        judges="rows",
        rows=f'select * from raw."{table_name}" where _batch_id in (select _batch_id'
        f" from operations.pending_batches where table_name = '{table_name}')",
        expectations=tuple(
            no_rows(rule.sentence, rule.query, rule.severity, rule=rule.name) for rule in rules
        ),
    )
