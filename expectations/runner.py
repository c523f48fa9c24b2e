"""Runs the suites of a layer and tells what did not hold."""

import importlib
import pkgutil
from collections.abc import Iterator
from copy import copy
from dataclasses import dataclass
from pathlib import Path

import duckdb
import great_expectations as gx
from great_expectations.core import ExpectationValidationResult

from expectations import engine
from expectations.suite import Suite

LAYERS = ("raw", "marts")


@dataclass(frozen=True)
class Outcome:
    """How one expectation of one table came out."""

    table: str
    sentence: str
    passed: bool
    blocks: bool
    unexpected_rows: int | None
    query: str | None
    error: str | None

    def message(self) -> str:
        """Which table, which rule, how many rows, and the query that shows them."""
        word = "failed" if self.blocks else "warning"
        lines = [f"{word}: {self.table}: {self.sentence}"]
        if self.error:
            lines.append(f"  could not be evaluated: {self.error}")
        if self.unexpected_rows is not None:
            lines.append(f"  {self.unexpected_rows:,} row(s) say otherwise")
        if self.query:
            lines.append(f"  show them: {self.query}")
        if self.query and self.table.startswith("raw."):
            lines.append("  correct them in the files that _source_file names, and run again")
        return "\n".join(lines)


def suites(layer: str) -> Iterator[Suite]:
    """The suites of a layer, one per module of its package."""
    package = importlib.import_module(f"expectations.{layer}")
    for module in pkgutil.iter_modules(package.__path__):
        yield importlib.import_module(f"{package.__name__}.{module.name}").SUITE


def run(layer: str, path: Path) -> list[Outcome]:
    """Validate every suite of the layer whose table has rows in the DuckDB file.

    Raises duckdb.Error when the file cannot be opened.
    """
    wanted = [suite for suite in suites(layer) if _has_rows(path, suite)]
    if not wanted:
        return []
    context, source = engine.opened(path)
    outcomes = []
    for suite in wanted:
        batch = source.add_query_asset(
            suite.name, query=_judged_rows(suite)
        ).add_batch_definition_whole_table("all")
        validation = gx.ValidationDefinition(
            name=suite.name,
            data=batch,
            suite=context.suites.add(
                gx.ExpectationSuite(
                    name=suite.name,
                    # Copies: an expectation belongs to the first suite that it was added to.
                    expectations=[copy(expectation) for expectation in suite.expectations],
                )
            ),
        )
        results = context.validation_definitions.add(validation).run(result_format="SUMMARY")
        outcomes += [_outcome(suite, result) for result in results.results]
    return outcomes


def _judged_rows(suite: Suite) -> str:
    """Raw keeps what a corrected file held before; a file is judged by what it held last."""
    rows = f'select * from {suite.schema}."{suite.table}"'
    if suite.schema != "raw":
        return rows
    return (
        f"{rows} where _batch_id in"
        f' (select max(_batch_id) from raw."{suite.table}" group by _source_file)'
    )


def _has_rows(path: Path, suite: Suite) -> bool:
    with duckdb.connect(str(path), read_only=True) as con:
        exists = con.execute(
            "select count(*) from duckdb_tables()"
            " where schema_name = $schema and table_name = $table",
            {"schema": suite.schema, "table": suite.table},
        ).fetchone()[0]
        return bool(exists) and bool(
            con.execute(f'select 1 from {suite.schema}."{suite.table}" limit 1').fetchone()
        )


def _outcome(suite: Suite, result: ExpectationValidationResult) -> Outcome:
    config = result.expectation_config
    numbers = result.result or {}
    query = config.kwargs.get("unexpected_rows_query")
    rows = numbers.get("observed_value") if query else numbers.get("unexpected_count")
    errors = _errors(result.exception_info or {})
    return Outcome(
        table=suite.name,
        sentence=config.description or config.type,
        passed=bool(result.success),
        blocks=config.severity == "critical",
        unexpected_rows=rows,
        query=query and query.replace("{batch}", suite.name),
        error=errors[0] if errors else None,
    )


def _errors(info: dict) -> list[str]:
    """Messages of what went wrong while evaluating; GX nests one entry per metric."""
    entries = [info] if "raised_exception" in info else list(info.values())
    return [entry["exception_message"] for entry in entries if entry.get("raised_exception")]
