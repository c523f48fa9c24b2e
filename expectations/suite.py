"""What a suite is: a table and what is expected of it."""

from dataclasses import dataclass

from great_expectations.expectations import UnexpectedRowsExpectation
from great_expectations.expectations.expectation import Expectation


@dataclass(frozen=True)
class Suite:
    """What is expected of one table. A suite of a table without rows is passed over."""

    schema: str
    table: str
    expectations: tuple[Expectation, ...]

    @property
    def name(self) -> str:
        """Schema and table."""
        return f"{self.schema}.{self.table}"


def no_rows(sentence: str, query: str, severity: str = "critical") -> UnexpectedRowsExpectation:
    """The expectation that a query finds nothing. `{batch}` in it stands for the table.

    A `warning` is reported and stops nothing; a `critical` one stops the run.
    """
    return UnexpectedRowsExpectation(
        description=sentence, unexpected_rows_query=query, severity=severity
    )
