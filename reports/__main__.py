"""The command line of pages and workbooks: `python -m reports render`, `check`, `export`."""

import argparse
import sys
from pathlib import Path

import duckdb

from ingest import settings
from reports.errors import BoardError
from reports.render import check, render
from reports.workbooks import (
    UnknownMart,
    WorkbookError,
    chosen_marts,
    published_marts,
    write_workbook,
)


def main(arguments: list[str] | None = None) -> int:
    """Run a command; 0: done, 1: what it writes is wrong or cannot be written, 2: no such mart."""
    parsed = _parser().parse_args(arguments)
    try:
        return parsed.command(parsed)
    except UnknownMart as error:
        print(f"error: {error}", file=sys.stderr)
        return 2
    except (BoardError, WorkbookError) as error:
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


def _export(parsed: argparse.Namespace) -> int:
    if not parsed.file.exists():
        raise WorkbookError(f"there is no {parsed.file}: run `make build` first")
    try:
        with duckdb.connect(str(parsed.file), read_only=True) as con:
            marts = published_marts(con)
            if not parsed.marts:
                print("\n".join(f"{mart.full_name}  {mart.about}" for mart in marts))
                return 0
            for mart in chosen_marts(marts, parsed.marts):
                written = write_workbook(con, mart, parsed.out)
                sheets = f" in {written.sheets} sheets" if written.sheets > 1 else ""
                size = written.path.stat().st_size / 1e6
                print(f"{written.path}: {written.rows:,} rows{sheets}, {size:.1f} MB", flush=True)
                if written.cut:
                    print(
                        f"warning: {written.cut} texts of {mart.full_name} are longer than an Excel"
                        " cell and were cut",
                        file=sys.stderr,
                    )
    except duckdb.Error as error:
        raise WorkbookError(f"cannot read {parsed.file}: {error}") from None
    return 0


def _names(text: str) -> list[str]:
    return [name.strip() for name in text.split(",") if name.strip()]


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m reports",
        description="Render the boards of reports/boards over the published file as static pages,"
        " or write its marts as Excel workbooks.",
        epilog="Exit codes: 0 done; 1 a board is wrong, the published file cannot be read, or a"
        " file cannot be written; 2 a wrong argument. WAREHOUSE_DIR says where the warehouse is"
        " (default: data).",
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
    export_command = commands.add_parser(
        "export",
        help="write marts as Excel workbooks; without a name, list them",
        description="Write each mart as an Excel workbook with a sheet of definitions.",
        epilog="Example: export rfm_customers,thematic.repurchase_* --out /tmp/excel",
    )
    export_command.set_defaults(command=_export)
    export_command.add_argument(
        "marts", nargs="?", type=_names, default=[], help="names and patterns of marts, by comma"
    )
    export_command.add_argument(
        "--out",
        type=Path,
        default=warehouse / "exports",
        help="folder to write to (default: exports in the warehouse folder)",
    )
    for command in (render_command, check_command, export_command):
        command.add_argument(
            "--file",
            type=Path,
            default=warehouse / "published" / "warehouse.duckdb",
            help="DuckDB file to read (default: the published one)",
        )
    return parser


if __name__ == "__main__":
    sys.exit(main())
