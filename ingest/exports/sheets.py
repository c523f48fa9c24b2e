"""The sheets of a workbook, or the table of a web page that is named like one, as exports."""

from dataclasses import dataclass
from html.parser import HTMLParser
from pathlib import Path
from zipfile import BadZipFile

import fastexcel
import pyarrow as pa

from ingest.declarations import Table
from ingest.errors import FileRefused
from ingest.exports.recognition import SEARCHED_ROWS, Header, recognise
from ingest.exports.text_body import read_text
from ingest.sheet_cells import WorkbookParts, odd_cells


@dataclass(frozen=True)
class SheetBody:
    """A recognised sheet: its header, the cells below it, and what stands above it.

    `problems` are those of `sheet_cells`: row of the sheet, column, reason.
    """

    name: str
    header: Header
    cells: pa.Table
    above: list[str]


@dataclass(frozen=True)
class Sheets:
    """The recognised sheets of a file, and why the others are left out."""

    bodies: list[SheetBody]
    warnings: list[str]


def sheets_of(path: Path) -> Sheets:
    """Every visible sheet with a known header; raises FileRefused when none has one."""
    tables, hidden = _cells_of(path)
    found = _recognised(tables)
    warnings = [f"sheet {name!r} is hidden and left out" for name in hidden]
    return Sheets(found.bodies, [*warnings, *found.warnings])


def _cells_of(path: Path) -> tuple[dict[str, pa.Table], list[str]]:
    """The cells of every visible sheet by its name, and the names of hidden ones."""
    try:
        reader = fastexcel.read_excel(str(path))
        is_new = path.read_bytes()[:2] == b"PK"
        hidden = sorted(WorkbookParts(path).hidden) if is_new else []
        tables = {
            name: pa.Table.from_batches(
                [reader.load_sheet(name, header_row=None, skip_rows=0, dtypes="string").to_arrow()]
            )
            for name in reader.sheet_names
            if name not in hidden
        }
    except (fastexcel.FastExcelError, BadZipFile, OSError, KeyError, ValueError) as error:
        said = str(error).strip().splitlines()[0]
        raise FileRefused(f"not a whole workbook ({said}); export it again") from error
    return tables, hidden


def rows_of_sheets(path: Path) -> list[list[list[str | None]]]:
    """The first rows of each sheet of a workbook, or of each table of a page."""
    with open(path, "rb") as file:
        is_page = file.read(1).strip() not in (b"P", b"\xd0")
    tables = _page_tables(path) if is_page else _cells_of(path)[0]
    return [first_rows(cells) for cells in tables.values()]


def page_of(path: Path) -> Sheets:
    """The tables of an HTML page, which some platforms name .xls; raises FileRefused."""
    return _recognised(_page_tables(path))


def _page_tables(path: Path) -> dict[str, pa.Table]:
    parser = _Tables()
    parser.feed(read_text(path))
    tables = {}
    for number, rows in enumerate(parser.tables, start=1):
        width = max(map(len, rows), default=0)
        columns = [[row[i] if i < len(row) else None for row in rows] for i in range(width)]
        names = [f"c{index}" for index in range(width)]
        arrays = [pa.array(column, pa.string()) for column in columns]
        tables[f"table {number}"] = pa.Table.from_arrays(arrays, names=names)
    if not tables:
        raise FileRefused("it is a web page without a table; export the file again")
    return tables


def _recognised(tables: dict[str, pa.Table]) -> Sheets:
    bodies: list[SheetBody] = []
    refusals: dict[str, str] = {}
    for name, cells in tables.items():
        rows = first_rows(cells)
        if not any(any(row) for row in rows):
            continue
        try:
            header = recognise(rows)
        except FileRefused as refusal:
            refusals[name] = str(refusal)
            continue
        above = [" ".join(cell for cell in row if cell) for row in rows[: header.row]]
        bodies.append(SheetBody(name, header, cells.slice(header.row + 1), above))
    if not bodies:
        if not refusals:
            raise FileRefused("every visible sheet is empty; export the file again")
        name, said = next(iter(refusals.items()))
        raise FileRefused(said if len(refusals) == 1 else f"sheet {name!r}: {said}")
    return Sheets(bodies, [f"sheet {name!r} is left out: {why}" for name, why in refusals.items()])


def first_rows(cells: pa.Table) -> list[list[str | None]]:
    """The first rows of a table of texts, as lists."""
    head = cells.slice(0, SEARCHED_ROWS)
    return [list(row) for row in zip(*(column.to_pylist() for column in head.columns), strict=True)]


def problems_of(path: Path, body: SheetBody, table: Table, columns: dict[str, int]):
    """What `sheet_cells` finds odd in the cells that are read: problems, and texts by place."""
    kinds = {index: table.column(name) for name, index in columns.items()}
    row = body.header.row + 1
    return odd_cells(
        WorkbookParts(path), body.name, kinds, list(body.header.names), row, body.cells.num_rows
    )


class _Tables(HTMLParser):
    """The cells of every table of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.tables: list[list[list[str]]] = []
        self._cell: list[str] | None = None

    def handle_starttag(self, tag: str, attrs: list) -> None:
        if tag == "table":
            self.tables.append([])
        elif tag == "tr" and self.tables:
            self.tables[-1].append([])
        elif tag in ("td", "th") and self.tables and self.tables[-1]:
            self._cell = []

    def handle_data(self, data: str) -> None:
        if self._cell is not None:
            self._cell.append(data)

    def handle_endtag(self, tag: str) -> None:
        if tag in ("td", "th") and self._cell is not None:
            self.tables[-1][-1].append("".join(self._cell).strip())
            self._cell = None
