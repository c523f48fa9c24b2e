"""Excel workbooks: which sheets hold a table, and their cells as text.

The reader gives texts quickly but is silent about errors, formulas and formats; these come from
`sheet_cells`.
"""

from dataclasses import dataclass, field
from pathlib import Path
from zipfile import BadZipFile

import duckdb
import fastexcel
import pyarrow as pa

from ingest.conversion import literal, quoted
from ingest.declarations import Table, load_sources
from ingest.errors import FileRefused
from ingest.header import match_columns, normalise
from ingest.sheet_cells import WorkbookParts, odd_cells

# A sheet that shares fewer declared columns with the table's main sheet is another table.
SHARED_COLUMNS = 0.5
# A date that a spreadsheet made of an id such as 1-2.
MADE_A_DATE = r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(\.\d+)?"


@dataclass
class Sheet:
    """A sheet's cells as text; `header_row` counts from 1, `cells` are the rows below it.

    `columns` are the positions of declared columns, `problems` what is wrong with a row's cell:
    row number, column, reason. `title` is its name where the workbook has several.
    """

    name: str
    names: list[str]
    header_row: int
    cells: pa.Table
    columns: dict[str, int]
    problems: list[tuple[int, str, str]] = field(default_factory=list)
    title: str = ""


@dataclass
class Workbook:
    """The sheets with the table, in their order, and the warnings about the others."""

    sheets: list[Sheet]
    warnings: list[str]


def read_workbook(table: Table, path: Path) -> Workbook:
    """Every visible sheet whose header is the table's; raises FileRefused when none is."""
    try:
        reader = fastexcel.read_excel(str(path))
        parts = WorkbookParts(path)
        fitting, unfit, hidden = _sorted_sheets(table, reader, parts)
    except (fastexcel.FastExcelError, BadZipFile, OSError, KeyError, ValueError) as error:
        raise FileRefused(
            f"not a whole Excel workbook ({_first_line(error)}); save it again as .xlsx"
        ) from error
    several = len(fitting) + len(unfit) + len(hidden) > 1
    if not fitting:
        _refuse(table, unfit, hidden)
    warnings = [f"sheet {name!r} is hidden and left out" for name in hidden]
    warnings += [f"sheet {name!r} is left out: {why}" for name, why in unfit.items()]
    for sheet in fitting:
        if several:
            sheet.title = sheet.name
        kinds = {index: table.column(name) for name, index in sheet.columns.items()}
        odd = odd_cells(
            parts, sheet.name, kinds, sheet.names, sheet.header_row, sheet.cells.num_rows
        )
        sheet.problems += odd.problems
        sheet.cells = with_texts(sheet.cells, odd.texts, sheet.header_row)
        if odd.hidden_rows:
            warnings.append(f"sheet {sheet.name!r}: {odd.hidden_rows:,} hidden rows land as well")
    return Workbook(fitting, warnings)


def _sorted_sheets(
    table: Table, reader: fastexcel.ExcelReader, parts: WorkbookParts
) -> tuple[list[Sheet], dict[str, str], list[str]]:
    """Sheets of the table; other ones with what they lack; names of hidden ones."""
    fitting: list[Sheet] = []
    unfit: dict[str, str] = {}
    hidden = [name for name in reader.sheet_names if name in parts.hidden]
    visible = [name for name in reader.sheet_names if name not in parts.hidden]
    others = _other_tables(table) if len(visible) > 1 else set()
    for name in visible:
        if normalise(name) in others:
            unfit[name] = "it is named like another table"
            continue
        sheet = reader.load_sheet(name, header_row=None, skip_rows=0, dtypes="string")
        cells = pa.Table.from_batches([sheet.to_arrow()])
        header_row = _header_row(cells)
        if header_row is None:
            unfit[name] = "the sheet is empty; the first row with values must be the header"
            continue
        names = [column[header_row - 1].as_py() or "" for column in cells.columns]
        try:
            columns = match_columns(table, names, f"row {header_row}: ")
        except FileRefused as refusal:
            unfit[name] = str(refusal)
            continue
        fitting.append(Sheet(name, names, header_row, cells.slice(header_row), columns))
    own = {normalise(table.name), normalise(table.stem)}
    main = next((one for one in fitting if normalise(one.name) in own), (fitting or [None])[0])
    for sheet in [one for one in fitting if one is not main]:
        together = sheet.columns.keys() | main.columns.keys()
        if len(sheet.columns.keys() & main.columns.keys()) < SHARED_COLUMNS * len(together):
            fitting.remove(sheet)
            unfit[sheet.name] = f"its header differs from that of {main.name!r}"
    return fitting, unfit, hidden


def _header_row(cells: pa.Table) -> int | None:
    for row in range(cells.num_rows):
        if any(column[row].as_py() for column in cells.columns):
            return row + 1
    return None


def _other_tables(table: Table) -> set[str]:
    own = {normalise(table.name), normalise(table.stem)}
    tables = [one for source in load_sources([table.source]) for one in source.tables]
    return {normalise(name) for one in tables for name in (one.name, one.stem)} - own


def _refuse(table: Table, unfit: dict[str, str], hidden: list[str]) -> None:
    own = {normalise(table.name), normalise(table.stem)}
    named = next((name for name in unfit if normalise(name) in own), next(iter(unfit), None))
    told = "every sheet is hidden" if named is None else unfit[named]
    if named is not None and len(unfit) + len(hidden) > 1:
        told = f"no visible sheet has the table's header; sheet {named!r}: {told}"
    if hidden:
        told += f" (hidden: {', '.join(hidden)})"
    raise FileRefused(told)


def with_texts(cells: pa.Table, texts: dict[int, dict[int, str]], header_row: int) -> pa.Table:
    """The cells with some texts in place of others: by column, then by row of the sheet."""
    for index, by_row in texts.items():
        values = cells.column(index).to_pylist()
        for row, text in by_row.items():
            values[row - header_row - 1] = text
        name = cells.column_names[index]
        cells = cells.set_column(index, name, pa.array(values, pa.string()))
    return cells


def append_sheet(con: duckdb.DuckDBPyConnection, table: Table, file_no: int, sheet: Sheet) -> int:
    """Append a sheet's rows to scratch.texts; the number of rows without any value."""
    cells = sheet.cells.rename_columns([f"c{index}" for index in range(len(sheet.names))])
    picked = "".join(f", c{index} as {quoted(name)}" for name, index in sheet.columns.items())
    every = ", ".join(cells.column_names)
    wrong = {"row": [], "wrong_column": [], "reason": []}
    for row, column, reason in sheet.problems:
        for name, one in zip(wrong, (row, column, reason), strict=True):
            wrong[name].append(one)
    con.register("sheet_cells", cells)
    schema = pa.schema(
        [("row", pa.int64()), ("wrong_column", pa.string()), ("reason", pa.string())]
    )
    con.register("sheet_problems", pa.table(wrong, schema))
    dates = "".join(
        f" when regexp_full_match(c{index}, '{MADE_A_DATE}') then {literal(name)}"
        for name, index in sheet.columns.items()
        if table.column(name).holds == "id"
    )
    made_a_date = f"case {dates} end" if dates else "cast(null as varchar)"
    said = ": a spreadsheet made a date of this id; format the column as text and export again"
    (filled,) = con.execute(f"""
        insert into scratch.texts by name
        select
            {file_no} as _file_no, row_number + {sheet.header_row} as _line_number,
            1 as _line_count, coalesce(reasons, made_a_date || {literal(said)}) as _problem,
            coalesce(wrong_column, made_a_date) as _problem_column{picked}
        from (
            select *, row_number() over () as row_number, {made_a_date} as made_a_date
            from sheet_cells
        ) as numbered
        left join (
            select
                row, string_agg(reason, '; ') as reasons, first(wrong_column) as wrong_column
            from sheet_problems group by row
        ) as problems on problems.row = row_number + {sheet.header_row}
        where coalesce({every}, reasons) is not null
    """).fetchone()
    con.unregister("sheet_cells")
    con.unregister("sheet_problems")
    return cells.num_rows - filled


def content_digest_source(sheet: Sheet) -> pa.Buffer:
    """Bytes that are equal for two sheets exactly if their content is equal."""
    sink = pa.BufferOutputStream()
    cells = sheet.cells.rename_columns([f"c{index}" for index in range(len(sheet.names))])
    with pa.ipc.new_stream(sink, cells.schema) as stream:
        stream.write_table(cells.combine_chunks())
    return sink.getvalue()


def _first_line(error: Exception) -> str:
    return str(error).strip().splitlines()[0]
