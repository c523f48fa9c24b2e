"""Boards into a folder of pages that open without a server."""

import json
import shutil
import sys
from collections.abc import Callable
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import duckdb
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from reports.boards import BOARDS_DIR, Board, Chart, Query, load_boards
from reports.errors import BoardError
from reports.queries import Context, check_query, read_context, run_query

PAGE_DIR = Path(__file__).resolve().parent / "page"
# Where `make` installs them, with the environment.
NODE_MODULES = Path(sys.prefix) / "pages" / "node_modules"
LIBRARY = {
    "echarts.min.js": "echarts/dist/echarts.min.js",
    "echarts.LICENSE.txt": "echarts/LICENSE",
    "echarts.NOTICE.txt": "echarts/NOTICE",
    "zrender.LICENSE.txt": "zrender/LICENSE",
}
NOT_INSTALLED = (
    f"{NODE_MODULES} lacks ECharts; `touch requirements.txt && make environment` installs it"
)
SCRIPTS = [
    *("words", "format", "data", "charts", "shapes", "workbook"),
    *("tables", "progress", "filters", "page"),
]


def renderer() -> Callable[[Path, Path], list[Path]] | None:
    """`render`; without ECharts none, and a warning: a publication does not wait for pictures."""
    if all((NODE_MODULES / source).is_file() for source in LIBRARY.values()):
        return render
    print(f"warning: no pages: {NOT_INSTALLED}", file=sys.stderr)
    return None


def render(
    file: Path,
    out: Path,
    boards_dir: Path = BOARDS_DIR,
    only: str | None = None,
    say: Callable[[str], None] = lambda line: None,
) -> list[Path]:
    """Render every board, or the one named, over a published DuckDB file; the pages written.

    `say` takes a line for each page. Raises BoardError: a board is wrong, or ECharts is missing.
    """
    boards = load_boards(boards_dir)
    chosen = [board for board in boards if only in (None, board.name)]
    if not chosen:
        names = ", ".join(board.name for board in boards)
        raise BoardError(f"there is no board {only}; there are {names}")
    template = Environment(
        loader=FileSystemLoader(PAGE_DIR), autoescape=True, undefined=StrictUndefined
    ).get_template("board.html")
    pages = []
    with _opened(file) as con:
        context = read_context(con)
        (out / "assets").mkdir(parents=True, exist_ok=True)
        _copy_assets(out / "assets")
        for board in chosen:
            data, rows = _page_data(con, board, context)
            page = out / page_name(boards, board)
            page.write_text(
                template.render(
                    board=board,
                    charts=[(chart, board.queries[chart.query]) for chart in board.charts],
                    nav=[(page_name(boards, other), other) for other in boards],
                    as_of_date=context.as_of_date,
                    written_at=f"{datetime.now(UTC):%Y-%m-%d %H:%M} UTC",
                    scripts=SCRIPTS,
                    data=data,
                    measures_of=measures_of,
                ),
                encoding="utf-8",
            )
            pages.append(page)
            kilobytes = page.stat().st_size / 1000
            say(f"{board.name}: {len(board.charts)} charts, {rows:,} rows, {kilobytes:,.0f} kB")
    return pages


def check(file: Path, boards_dir: Path = BOARDS_DIR) -> list[Board]:
    """Check every query of every board against a published file, without running them."""
    boards = load_boards(boards_dir)
    with _opened(file) as con:
        for board in boards:
            for query in board.queries.values():
                check_query(con, board, query)
    return boards


def page_name(boards: list[Board], board: Board) -> str:
    """The file of a board: the first is the folder's index."""
    return "index.html" if board is boards[0] else f"{board.name}.html"


def measures_of(chart: Chart, query: Query) -> list:
    """What a chart shows, each once, and what it compares with."""
    names = dict.fromkeys(chart.measures)
    for name in chart.measures:
        names |= {query.measures[name].before: None} if query.measures[name].before else {}
    return [query.measures[name] for name in names]


def _opened(file: Path) -> duckdb.DuckDBPyConnection:
    if not file.exists():
        raise BoardError(f"there is no {file}: run `make build` first")
    try:
        return duckdb.connect(str(file), read_only=True)
    except duckdb.Error as error:
        raise BoardError(f"{file} cannot be read: {str(error).splitlines()[0]}") from None


def _page_data(con: duckdb.DuckDBPyConnection, board: Board, context: Context) -> tuple[str, int]:
    """What the page's scripts read, as JSON that may stand in HTML, and its number of rows."""
    queries: dict[str, Any] = {}
    for query in board.queries.values():
        check_query(con, board, query)
        queries[query.name] = run_query(con, board, query) | {
            "filters": query.filters,
            "grain": query.grain,
            "mart": query.mart,
            "empty": query.empty,
            "dimensions": {name: asdict(one) for name, one in query.dimensions.items()},
            "measures": {name: asdict(one) for name, one in query.measures.items()},
        }
    data = {
        "name": board.name,
        "asOf": context.as_of_date,
        "currency": context.currency,
        "platforms": context.platforms,
        "shops": context.shops,
        "queries": queries,
        "charts": [asdict(chart) for chart in board.charts],
    }
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    rows = sum(query["count"] for query in queries.values())
    # A name with `</script>` in it must not end the element.
    return text.replace("<", "\\u003c"), rows


def _copy_assets(folder: Path) -> None:
    for path in sorted((PAGE_DIR / "assets").iterdir()):
        shutil.copyfile(path, folder / path.name)
    for name, source in LIBRARY.items():
        try:
            shutil.copyfile(NODE_MODULES / source, folder / name)
        except FileNotFoundError:
            raise BoardError(NOT_INSTALLED) from None
