"""The command line of the pages: `python -m reports render`, `check`."""

import argparse
import sys
from pathlib import Path

from ingest import settings
from reports.errors import BoardError
from reports.render import check, render


def main(arguments: list[str] | None = None) -> int:
    """Run a command; 0: done, 1: a board is wrong or cannot be rendered."""
    parsed = _parser().parse_args(arguments)
    try:
        return parsed.command(parsed)
    except BoardError as error:
        print(f"error: {error}", file=sys.stderr)
        return 1


def _render(parsed: argparse.Namespace) -> int:
    pages = render(parsed.file, parsed.out, only=parsed.board, say=print)
    print(f"{len(pages)} pages in {parsed.out}: open {pages[0]} in a browser")
    return 0


def _check(parsed: argparse.Namespace) -> int:
    for board in check(parsed.file):
        print(f"{board.name}: {len(board.queries)} queries, {len(board.charts)} charts: right")
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m reports",
        description="Render the boards of reports/boards over the published file as static pages.",
        epilog="Exit codes: 0 done; 1 a board is wrong, or the published file cannot be read; 2 a"
        " wrong argument. WAREHOUSE_DIR says where the warehouse is (default: data).",
    )
    warehouse = settings.warehouse_dir()
    commands = parser.add_subparsers(required=True, metavar="command")
    render_command = commands.add_parser("render", help="write the pages")
    render_command.set_defaults(command=_render)
    render_command.add_argument(
        "--out",
        type=Path,
        default=warehouse / "pages",
        help="folder to write to (default: pages in the warehouse folder)",
    )
    render_command.add_argument("--board", metavar="NAME", help="render this board only")
    check_command = commands.add_parser("check", help="check columns and queries, write nothing")
    check_command.set_defaults(command=_check)
    for command in (render_command, check_command):
        command.add_argument(
            "--file",
            type=Path,
            default=warehouse / "published" / "warehouse.duckdb",
            help="DuckDB file to read (default: the published one)",
        )
    return parser


if __name__ == "__main__":
    sys.exit(main())
