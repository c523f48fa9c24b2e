"""The command line of landing: `python -m ingest land`."""

import argparse
import sys

from ingest import settings
from ingest.errors import LandingError
from ingest.landing import land


def main(arguments: list[str] | None = None) -> int:
    """Run a command; 0: all landed, 1: some file was refused, 2: the run could not start."""
    parsed = _parser().parse_args(arguments)
    try:
        report = land(
            settings.source_names(parsed.sources), parsed.landing_dir, parsed.warehouse_dir
        )
    except LandingError as error:
        print(f"error: {error}", file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        print("stopped; what had landed before stays, the rest lands next time", file=sys.stderr)
        return 130
    print(report.summary())
    total = report.total
    if total.rows_rejected:
        print(
            f"warning: {total.rows_rejected:,} of {total.rows_read:,} rows were rejected;"
            " they are in raw.rejected_rows with line and reason",
            file=sys.stderr,
        )
    if report.refusals:
        count = len(report.refusals)
        print(
            f"{'1 file was' if count == 1 else f'{count:,} files were'} refused (see above);"
            " the next run tries again",
            file=sys.stderr,
        )
    return report.exit_code


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m ingest", description="Bring the files of a brand into the warehouse."
    )
    commands = parser.add_subparsers(required=True, metavar="command")
    command = commands.add_parser(
        "land",
        help="land new and changed files into the raw tables",
        description="Land new and changed files into the raw tables of the working file.",
        epilog="Exit codes: 0 landed, 1 some file was refused, 2 the run could not start.",
    )
    command.add_argument(
        "--sources", help=f"comma-separated; default: $SOURCES or {settings.DEFAULT_SOURCES}"
    )
    command.add_argument(
        "--landing-dir", help="default: $LANDING_DIR or the folder landing of the warehouse"
    )
    command.add_argument("--warehouse-dir", help="default: $WAREHOUSE_DIR or data")
    return parser


if __name__ == "__main__":
    sys.exit(main())
