"""What the rows of a warning say is printed; a test that names no column of theirs is told."""

import pytest
from dbt.adapters.duckdb.connections import DuckDBConnectionManager
from dbt.cli.main import dbtRunner

WARNS = """
{{ config(severity='warn', meta={'says': 'SAYS'}) }}
select 1 as number, 'one is odd' as what_to_do
"""


@pytest.fixture
def project(warehouse_project):
    return warehouse_project


def said(project) -> list[str]:
    """What dbt's macros log of a run of the test."""
    lines = []
    with project.environment():
        try:
            runner = dbtRunner(callbacks=[lambda event: lines.append(event.info.msg)])
            result = runner.invoke(["--no-write-json", "test", "--select", "assert_none_is_odd"])
        finally:
            DuckDBConnectionManager.close_all_connections()
    assert result.exception is None
    return [line for line in lines if line.startswith("Warning: ")]


@pytest.mark.parametrize(
    ("says", "line"),
    [
        ("what_to_do", "Warning: one is odd"),
        (
            "what",
            "Warning: assert_none_is_odd has no column 'what' for its meta.says; its rows have"
            " number, what_to_do",
        ),
    ],
)
def test_a_warning_says_what_its_rows_say_or_which_columns_they_have(project, says, line):
    project.write("tests/assert_none_is_odd.sql", WARNS.replace("SAYS", says))
    assert said(project) == [line]
