"""What a suite is: a table, the rows that are judged, and what is expected of them."""

from dataclasses import dataclass

from great_expectations.expectations import UnexpectedRowsExpectation
from great_expectations.expectations.expectation import Expectation


@dataclass(frozen=True)
class Suite:
    """What is expected of one table. A suite of a table without rows is passed over.

    `rows` is the query whose rows are judged, by default the whole table; `judges` says what they
    are where a table has several suites.
    """

    schema: str
    table: str
    expectations: tuple[Expectation, ...]
    rows: str | None = None
    judges: str | None = None

    @property
    def name(self) -> str:
        """Schema and table."""
        return f"{self.schema}.{self.table}"

    @property
    def title(self) -> str:
        """Table and what is judged of it; unique."""
        return f"{self.name} {self.judges}" if self.judges else self.name

    @property
    def judged_rows(self) -> str:
        """The query whose rows are judged."""
        return self.rows or f'select * from {self.schema}."{self.table}"'


def no_rows(
    sentence: str, query: str, severity: str = "critical", **meta: str
) -> UnexpectedRowsExpectation:
    """The expectation that a query finds nothing. `{batch}` in it stands for the judged rows.

    A `warning` is reported and stops nothing; a `critical` one stops the run.
    """
    return UnexpectedRowsExpectation(
        description=sentence, unexpected_rows_query=query, severity=severity, meta=meta or None
    )
