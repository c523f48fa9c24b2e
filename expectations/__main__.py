"""The command line of the suites: `python -m expectations raw` or `marts`."""

import argparse
import logging
import sys
from pathlib import Path

import duckdb

from ingest import settings
from ingest.errors import LandingError
from ingest.working_file import connect


def main(arguments: list[str] | None = None) -> int:
    """Validate a layer; 0: it holds (warnings apart), 1: it does not, 2: it could not be read."""
    parsed = _parser().parse_args(arguments)
    path = settings.working_file(parsed.warehouse_dir)
    if not path.exists():
        print(f"error: there is no {path}: land something first", file=sys.stderr)
        return 2
    try:
        connect(path, read_only=True).close()
    except LandingError as error:
        print(f"error: {error}", file=sys.stderr)
        return 2
    return _validate(parsed.layer, path)


def _validate(layer: str, path: Path) -> int:
    # Importing Great Expectations takes seconds: --help and wrong arguments do not wait for it.
    logging.disable(logging.WARNING)
    from expectations.runner import run

    try:
        outcomes = run(layer, path)
    except duckdb.Error as error:
        print(f"error: {path} cannot be read: {str(error).splitlines()[0]}", file=sys.stderr)
        return 2
    failed = [outcome for outcome in outcomes if not outcome.passed]
    for outcome in failed:
        print(outcome.message(), file=sys.stderr)
    blocking = sum(outcome.blocks for outcome in failed)
    tables = len({outcome.table for outcome in outcomes})
    print(
        f"{layer}: {len(outcomes)} expectations of {tables} tables,"
        f" {len(failed) - blocking} warnings, {blocking} failed"
    )
    return 1 if blocking else 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m expectations",
        description="Validate what landed (raw) or what is about to be published (marts).",
        epilog="Exit codes: 0 holds, 1 an expectation failed, 2 nothing could be validated.",
    )
    parser.add_argument("layer", choices=("raw", "marts"))
    parser.add_argument("--warehouse-dir", help="default: $WAREHOUSE_DIR or data")
    return parser


if __name__ == "__main__":
    sys.exit(main())
