"""The command line of the suites: `python -m expectations raw`, `marts`, `accept` or `list`."""

import argparse
import logging
import sys
from datetime import date
from pathlib import Path

import duckdb

from ingest import settings
from ingest.errors import LandingError, WorkingFileDamaged
from ingest.working_file import connect, damage_message, is_damage, is_disk_full


def main(arguments: list[str] | None = None) -> int:
    """Run a command; 0: passed (perhaps with warnings), 1: failed, 2: could not be read."""
    parsed = _parser().parse_args(arguments)
    path = settings.working_file(parsed.warehouse_dir)
    if not path.exists():
        print(f"error: there is no {path}: land something first", file=sys.stderr)
        return 2
    try:
        connect(path, read_only=True).close()
        return parsed.command(path, parsed)
    except LandingError as error:
        print(f"error: {error}", file=sys.stderr)
        return 2
    except (duckdb.Error, OSError) as error:
        print(f"error: {_problem(path, error)}", file=sys.stderr)
        return 2


def _problem(path: Path, error: Exception) -> str:
    if is_damage(str(error)):
        return damage_message(path, error)
    if is_disk_full(error):
        return f"the disk that holds {path.parent} is full; free some space and run again"
    return f"{path} cannot be read or written: {str(error).splitlines()[0]}"


def _validate(path: Path, parsed: argparse.Namespace) -> int:
    # Importing Great Expectations takes seconds: --help and wrong arguments do not wait for it.
    logging.disable(logging.WARNING)
    from expectations import data_docs
    from expectations.results import without_reference
    from expectations.runner import run

    outcomes = run(parsed.layer, path)
    for outcome in outcomes:
        if outcome.error and is_damage(outcome.error):
            raise WorkingFileDamaged(damage_message(path, outcome.error))
    failed = [outcome for outcome in outcomes if not outcome.passed]
    for outcome in failed:
        print(outcome.message(), file=sys.stderr)
    blocking = sum(outcome.blocks for outcome in failed)
    tables = len({outcome.table for outcome in outcomes})
    print(
        f"{parsed.layer}: {len(outcomes)} expectations of {tables} tables,"
        f" {len(failed) - blocking} warnings, {blocking} failed"
    )
    if outcomes and parsed.layer == "raw":
        with connect(path, read_only=True) as con:
            lacking = without_reference(con)
        if lacking:
            counts = ", ".join(f"{rule} {count:,}" for rule, count in lacking)
            print(f"  no reference yet, so passed, in batches: {counts}")
    if outcomes:
        print(f"  Data Docs {data_docs.index(path, parsed.layer)}")
    return 1 if blocking else 0


def _accept(path: Path, parsed: argparse.Namespace) -> int:
    from expectations.batches import create_tables

    with connect(path) as con:
        create_tables(con)
        if parsed.what is None or not parsed.what.isdigit():
            return _accept_findings(con, parsed)
        if parsed.rows:
            return _accept_rows(con, parsed)
        return _accept_batch(con, parsed)


def _accept_batch(con: duckdb.DuckDBPyConnection, parsed: argparse.Namespace) -> int:
    from expectations.acceptance import accept_batch

    if not accept_batch(con, parsed.table, int(parsed.what), parsed.reason):
        print(
            f"error: no rule of batch {parsed.what} of {parsed.table} has failed; those that did:"
            " python -m expectations list",
            file=sys.stderr,
        )
        return 2
    print(f"batch {parsed.what} of {parsed.table} is accepted as it is; run again")
    return 0


def _accept_rows(con: duckdb.DuckDBPyConnection, parsed: argparse.Namespace) -> int:
    from expectations.acceptance import accept_rows
    from expectations.rows import from_ranges
    from expectations.runner import row_rules

    try:
        rows = from_ranges(parsed.rows)
    except ValueError:
        raise LandingError(
            f"--rows takes lines of the file, such as 12,17-20; {parsed.rows!r} is not such a list"
        ) from None
    rules = row_rules().get(parsed.table, ())
    accept_rows(con, parsed.table, int(parsed.what), rows, rules, parsed.reason)
    print(
        f"{len(rows):,} row(s) of batch {parsed.what} of {parsed.table} are accepted; its others"
        " are judged as before: run again"
    )
    return 0


def _accept_findings(con: duckdb.DuckDBPyConnection, parsed: argparse.Namespace) -> int:
    from expectations.acceptance import Wanted, accept_findings, findings_of
    from expectations.runner import mart_suites

    suites = {suite.table: suite for suite in mart_suites()}
    if parsed.table not in suites:
        raise LandingError(
            f"{parsed.table} {parsed.what or ''}: a raw table is accepted by the number of a batch,"
            f" a mart ({', '.join(suites)}) by a day such as 2024-12-25"
        )
    try:
        days = [one and date.fromisoformat(one) for one in (parsed.what, parsed.until)]
    except ValueError as error:
        raise LandingError(f"{error}; write a day as 2024-12-25") from None
    suite = suites[parsed.table]
    wanted = Wanted(*days, parsed.shop, parsed.rule)
    accepted = accept_findings(con, suite, wanted, parsed.reason)
    if not accepted:
        print(f"error: {parsed.table} has no such finding; its findings are:", file=sys.stderr)
        for rule, finding in findings_of(con, suite):
            print(f"  {rule}: {finding.where}: {finding.finding}", file=sys.stderr)
        return 2
    for rule, finding in accepted:
        print(f"accepted: {parsed.table}: {rule}: {finding.where}: {finding.finding}")
    return 0


def _list(path: Path, _parsed: argparse.Namespace) -> int:
    from expectations.acceptance import listed
    from expectations.batches import create_tables

    with connect(path) as con:
        create_tables(con)
        rows = listed(con)
    for state, at, table, what, rule, reason in rows:
        because = f": {reason}" if reason else ""
        print(f"{state} {at:%Y-%m-%d %H:%M} {table} {what} ({rule}){because}")
    if not rows:
        print("nothing failed, and nothing was accepted")
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m expectations",
        description="Validate what landed or what is about to be published.",
        epilog="Exit codes: 0 holds, 1 an expectation failed, 2 nothing could be validated.",
    )
    commands = parser.add_subparsers(required=True, metavar="command")
    for layer, text in (
        ("raw", "judge the batches that landed since, or that failed, and their rows"),
        ("marts", "validate the marts that are about to be published"),
    ):
        command = commands.add_parser(layer, help=text, description=f"{text.capitalize()}.")
        command.set_defaults(command=_validate, layer=layer)
        command.add_argument("--warehouse-dir", help="default: $WAREHOUSE_DIR or data")
    command = commands.add_parser(
        "accept",
        help="let a batch, rows of it or a mart's finding pass as they are",
        description="Accept a failure that is right: a batch, single rows of it,"
        " or a finding of a mart's monitor on a day.",
    )
    command.set_defaults(command=_accept)
    command.add_argument("table", help="the raw table or mart, such as orders or fct_sales_daily")
    command.add_argument("what", nargs="?", help="the batch's number, or the day that was found")
    command.add_argument("--rows", help="of the batch, these lines of its file only: 12,17-20")
    command.add_argument("--shop", "--scope", help="of the day, this shop (or column) only")
    command.add_argument("--rule", help="of the day, this rule only")
    command.add_argument("--until", help="the last of several days, today or ahead")
    command.add_argument("--reason", required=True, help="why it is right; it is kept")
    command.add_argument("--warehouse-dir", help="default: $WAREHOUSE_DIR or data")
    command = commands.add_parser(
        "list",
        help="what failed, and what was accepted, with its reason",
        description="Say which batches failed and wait, and what was accepted, why and when.",
    )
    command.set_defaults(command=_list)
    command.add_argument("--warehouse-dir", help="default: $WAREHOUSE_DIR or data")
    return parser


if __name__ == "__main__":
    sys.exit(main())
