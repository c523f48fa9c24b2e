"""The command line of landing: `python -m ingest land`, `python -m ingest reset`."""

import argparse
import sys
from pathlib import Path

from ingest import settings
from ingest.errors import LandingError
from ingest.exports.learn import described, known_layouts, look_at, write_vintage
from ingest.landing import land
from ingest.reset import reset


def main(arguments: list[str] | None = None) -> int:
    """Run a command; 0: done, 1: some file was refused, 2: the run could not start."""
    parsed = _parser().parse_args(arguments)
    try:
        return parsed.command(parsed)
    except LandingError as error:
        print(f"error: {error}", file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        print("stopped; what was done before stays, the rest comes next time", file=sys.stderr)
        return 130


def _land(parsed: argparse.Namespace) -> int:
    report = land(
        settings.source_names(parsed.sources),
        parsed.landing_dir,
        parsed.warehouse_dir,
        parsed.until,
    )
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


def _reset(parsed: argparse.Namespace) -> int:
    report = reset(parsed.source, parsed.warehouse_dir, dry_run=not parsed.yes)
    if not parsed.yes:
        print(f"would delete {report.summary()}")
        print("error: nothing was deleted: add --yes to do it", file=sys.stderr)
        return 2
    print(f"deleted {report.summary()}")
    print("next: python -m orchestration build")
    return 0


def _list_layouts(_: argparse.Namespace) -> int:
    for layout in known_layouts():
        print(described(layout))
    return 0


def _learn(parsed: argparse.Namespace) -> int:
    seen = look_at(parsed.file)
    if seen.header is not None and seen.difference is None:
        layout = seen.header.layout
        print(f"known already: row {seen.header.row + 1} is the header of {described(layout)}")
        return 0
    difference = seen.difference
    print(f"nearest layout: {described(difference.layout)}")
    print(f"row {difference.row + 1}: {difference.told() or 'no difference that matters'}")
    if parsed.dry_run:
        return 1
    path = write_vintage(difference)
    print(f"wrote {path}: review it, then land again: python -m ingest land")
    return 0


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
    command.set_defaults(command=_land)
    command.add_argument(
        "--sources", help=f"comma-separated; default: $SOURCES or {settings.DEFAULT_SOURCES}"
    )
    command.add_argument(
        "--landing-dir", help="default: $LANDING_DIR or the folder landing of the warehouse"
    )
    command.add_argument("--warehouse-dir", help="default: $WAREHOUSE_DIR or data")
    command.add_argument(
        "--until",
        type=settings.day,
        metavar="DAY",
        help="skip files whose names have a later day than this one; default: land all",
    )
    command = commands.add_parser(
        "reset",
        help="forget what a source landed, so that its files land again",
        description="Delete a source's raw rows, rejected rows and log entries. Its files stay"
        " where they are and land with the next run, which rebuilds everything that depends on"
        " them: python -m orchestration build",
        epilog="Exit codes: 0 deleted, 2 nothing was deleted.",
    )
    command.set_defaults(command=_reset)
    command.add_argument("--source", required=True, help="one source, such as olist")
    command.add_argument("--warehouse-dir", help="default: $WAREHOUSE_DIR or data")
    command.add_argument(
        "--yes", action="store_true", help="do it; without it, only say what would go"
    )
    command = commands.add_parser(
        "layout",
        help="list the known layouts of exports, or learn a changed header",
        description="The layouts of platform exports.",
    )
    actions = command.add_subparsers(required=True, metavar="action")
    action = actions.add_parser("list", help="list every layout: name, kind, platform, title")
    action.set_defaults(command=_list_layouts)
    action = actions.add_parser(
        "learn",
        help="compare a file's header with the layouts, and write a vintage to review",
        description="Compare a file's header with the layouts. For a header that is nearly known,"
        " write a vintage of its layout to review.",
        epilog="Exit codes: 0 known or written, 1 would write (--dry-run), 2 cannot be learned.",
    )
    action.add_argument("file", type=Path)
    action.add_argument("--dry-run", action="store_true", help="only say what differs")
    action.set_defaults(command=_learn)
    return parser


if __name__ == "__main__":
    sys.exit(main())
