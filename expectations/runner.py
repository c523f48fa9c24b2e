"""Runs the suites of a layer and returns the outcomes."""

import importlib
import pkgutil
from collections.abc import Callable, Iterator
from copy import copy
from dataclasses import replace
from pathlib import Path

import duckdb
import great_expectations as gx
from great_expectations.core import ExpectationValidationResult

from expectations import data_docs, engine, results
from expectations.acceptance import as_findings, not_accepted
from expectations.batches import create_tables, measure_new
from expectations.findings import gate_fault, row_fault
from expectations.gates import gate_suite
from expectations.measures import compare
from expectations.outcome import Fault, Finding, Outcome
from expectations.rows import RowRule, row_suite
from expectations.suite import Suite
from ingest import settings
from ingest.declarations import Table, load_sources
from ingest.working_file import connect

LAYERS = ("raw", "marts")


def run(layer: str, path: Path, sources: list[str] | None = None) -> list[Outcome]:
    """Validate a layer of the DuckDB file; Data Docs go beside it, to `data_docs`.

    `raw` checks the batches of the sources (default: the enabled ones) that are new or failed
    last time; `marts` every suite whose table has rows. Raises duckdb.Error or LandingError when
    the file cannot be opened, LandingError when a source is not declared.
    """
    return _judge_marts(path) if layer == "marts" else _judge_batches(path, sources)


def mart_suites() -> list[Suite]:
    """The suites of marts, one per module of their package."""
    return [module.SUITE for module in _modules("marts").values()]


def row_rules() -> dict[str, tuple[RowRule, ...]]:
    """The rules about rows, by raw table."""
    return {name: module.RULES for name, module in _modules("raw").items()}


def _modules(package_name: str) -> dict:
    package = importlib.import_module(f"expectations.{package_name}")
    return {
        module.name: importlib.import_module(f"{package.__name__}.{module.name}")
        for module in pkgutil.iter_modules(package.__path__)
    }


def _judge_marts(path: Path) -> list[Outcome]:
    with connect(path, read_only=True) as con:
        wanted = [suite for suite in mart_suites() if _has_rows(con, suite)]
        if _has_table(con, "operations", "accepted_findings"):
            wanted = [_without_accepted(suite) for suite in wanted]
    validated = list(_validated(path, "marts", wanted))
    with connect(path, read_only=True) as con:
        outcomes = [
            _outcome(suite, result, lambda *broken: _findings(con, *broken))
            for suite, result in validated
        ]
    if outcomes:
        data_docs.write_index(path, "marts", outcomes)
    return outcomes


def _judge_batches(path: Path, sources: list[str] | None) -> list[Outcome]:
    names = settings.source_names() if sources is None else sources
    tables = [table for source in load_sources(names) for table in source.tables]
    with connect(path) as con:
        con.execute("set TimeZone = 'UTC'")
        pending = _measured(con, tables)
    # Great Expectations opens the file itself, to read: no other connection may be open.
    declared = {table.raw_name: table for table in tables}
    wanted = []
    for table_name in pending:
        wanted.append(gate_suite(table_name))
        if table_name in row_rules():
            wanted.append(row_suite(table_name, row_rules()[table_name]))
    validated = list(_validated(path, "raw", wanted))
    with connect(path) as con:
        outcomes = [
            _outcome(suite, result, lambda *broken: _faults(con, declared, *broken))
            for suite, result in validated
        ]
        if outcomes:
            results.record(con, outcomes)
            data_docs.write_index(path, "raw", outcomes)
    return outcomes


def _measured(con: duckdb.DuckDBPyConnection, tables: list[Table]) -> list[str]:
    """Measure new batches; returns the tables with batches to check."""
    standing = con.execute(
        "select table_name from duckdb_tables() where schema_name = 'raw'"
    ).fetchall()
    landed = [table for table in tables if (table.raw_name,) in standing]
    create_tables(con)
    for table in landed:
        measure_new(con, table)
    compare(con, landed)
    pending = con.execute("select distinct table_name from operations.pending_batches").fetchall()
    return [table.raw_name for table in landed if (table.raw_name,) in pending]


def _validated(
    path: Path, layer: str, suites: list[Suite]
) -> Iterator[tuple[Suite, ExpectationValidationResult]]:
    if not suites:
        return
    docs = data_docs.folder(path, layer)
    with engine.opened(path) as (context, source):
        data_docs.add_site(context, docs)
        for suite in suites:
            validation = gx.ValidationDefinition(
                name=suite.title,
                data=source.add_query_asset(
                    suite.title, query=suite.judged_rows
                ).add_batch_definition_whole_table("all"),
                suite=context.suites.add(
                    gx.ExpectationSuite(
                        name=suite.title,
                        # Copies: an expectation belongs to the first suite that it was added to.
                        expectations=[copy(expectation) for expectation in suite.expectations],
                    )
                ),
            )
            validated = context.validation_definitions.add(validation).run(result_format="SUMMARY")
            for result in validated.results:
                yield suite, result
        data_docs.build(context, docs)


def _has_rows(con: duckdb.DuckDBPyConnection, suite: Suite) -> bool:
    return _has_table(con, suite.schema, suite.table) and bool(
        con.execute(f"{suite.judged_rows} limit 1").fetchone()
    )


def _has_table(con: duckdb.DuckDBPyConnection, schema: str, table: str) -> bool:
    (exists,) = con.execute(
        "select count(*) from information_schema.tables where table_catalog = current_database()"
        " and table_schema = $schema and table_name = $table",
        {"schema": schema, "table": table},
    ).fetchone()
    return bool(exists)


def _without_accepted(suite: Suite) -> Suite:
    """The suite of a mart, whose monitors leave out accepted findings."""
    expectations = []
    for expectation in suite.expectations:
        asking = copy(expectation)
        asking.unexpected_rows_query = not_accepted(
            expectation.unexpected_rows_query, suite.table, expectation.meta["rule"]
        )
        expectations.append(asking)
    return replace(suite, expectations=tuple(expectations))


def _outcome(suite: Suite, result: ExpectationValidationResult, faults_of: Callable) -> Outcome:
    """`faults_of` gives the faults, from suite, rule and query."""
    config = result.expectation_config
    numbers = result.result or {}
    query = config.kwargs["unexpected_rows_query"]
    errors = _errors(result.exception_info or {})
    rule = config.meta["rule"]
    return Outcome(
        table=suite.name,
        suite=suite.title,
        rule=rule,
        sentence=config.description or config.type,
        passed=bool(result.success),
        blocks=config.severity == "critical",
        unexpected_rows=numbers.get("observed_value"),
        query=" ".join(query.replace("{batch}", suite.name).split()),
        error=errors[0].splitlines()[0] if errors else None,
        faults=() if result.success or errors else faults_of(suite, rule, query),
    )


def _findings(
    con: duckdb.DuckDBPyConnection, suite: Suite, _rule: str, query: str
) -> tuple[Finding, ...]:
    """The findings by day and shop, the last day first."""
    return tuple(as_findings(con.execute(query.replace("{batch}", f"({suite.judged_rows})"))))


def _faults(
    con: duckdb.DuckDBPyConnection, tables: dict[str, Table], suite: Suite, rule: str, query: str
) -> tuple[Fault, ...]:
    """The faults by batch, the last file name first."""
    found = con.execute(query.replace("{batch}", f"({suite.judged_rows})"))
    names = [column[0] for column in found.description]
    broken = [dict(zip(names, row, strict=True)) for row in found.fetchall()]
    rules = {known.name: known for known in row_rules().get(suite.table, ())}
    faults = [
        row_fault(suite.table, rules[rule], one)
        if rule in rules
        else gate_fault(tables[suite.table], one)
        for one in broken
    ]
    return tuple(sorted(faults, key=lambda fault: fault.source_file, reverse=True))


def _errors(info: dict) -> list[str]:
    """Messages of evaluation errors; GX nests one entry per metric."""
    entries = [info] if "raised_exception" in info else list(info.values())
    return [entry["exception_message"] for entry in entries if entry.get("raised_exception")]
