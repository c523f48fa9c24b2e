"""The command line of the suites: `python -m expectations raw`, `marts` or `accept`."""

import argparse
import logging
import sys
from pathlib import Path

import duckdb

from ingest import settings
from ingest.errors import LandingError, WorkingFileDamaged
from ingest.working_file import connect, damage_message, is_damage, is_disk_full


def main(arguments: list[str] | None = None) -> int:
    """Run a command; 0: it holds (warnings apart), 1: it does not, 2: it could not be read."""
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
        return f"the disk that holds {path.parent} is full; make room and run again"
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
    from expectations.results import accept

    with connect(path) as con:
        create_tables(con)
        rules = accept(con, parsed.table, parsed.batch, parsed.reason)
    if not rules:
        print(
            f"error: no rule of batch {parsed.batch} of {parsed.table} has failed; those that did:"
            " select * from operations.expectation_results where outcome = 'failed'",
            file=sys.stderr,
        )
        return 2
    print(f"batch {parsed.batch} of {parsed.table} is accepted as it is; run again")
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
        help="let a batch that failed pass as it is",
        description="Let a batch that failed pass as it is: it is unusual, but right.",
    )
    command.set_defaults(command=_accept)
    command.add_argument("table", help="the raw table, such as orders")
    command.add_argument("batch", type=int, help="the batch's number, as the message says it")
    command.add_argument("--reason", required=True, help="why it is right; it is kept")
    command.add_argument("--warehouse-dir", help="default: $WAREHOUSE_DIR or data")
    return parser


if __name__ == "__main__":
    sys.exit(main())
