"""Marts as Excel workbooks, written from the published file row by row.

Excel keeps 15 digits of a number: longer ones are texts, like ids. It has no time zones: times are
UTC. The same publication gives the same bytes.
"""

import fnmatch
import math
import shutil
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from difflib import get_close_matches
from pathlib import Path
from typing import Any

import duckdb
import xlsxwriter
from xlsxwriter.exceptions import FileCreateError, FileSizeError
from xlsxwriter.format import Format
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from reports.columns import UNIT_WORDS, Column
from reports.named_rows import named_rows

# A sheet has 1,048,576 rows, one of them the header.
ROWS_OF_A_SHEET = 1_048_575
CELL_CHARACTERS = 32_767
DIGITS = 15
BATCH = 10_000
TOLD_EVERY = 100_000
CUT = " … (cut: longer than an Excel cell / 已截断)"
FORMATS = {
    "money": "#,##0.00",
    "rate": "0.00%",
    "count": "#,##0",
    "days": "#,##0.##",
    "hours": "#,##0.00",
    "minutes": "#,##0.00",
    "number": "0.######",
    "date": "yyyy-mm-dd",
    "time": "yyyy-mm-dd hh:mm:ss",
}
OPTIONS = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
DEFINITIONS = "Definitions 说明"
HEADINGS = (
    ("Column", "列", 26),
    ("English", "英文", 28),
    ("Chinese", "中文", 24),
    ("Unit", "单位", 22),
    ("Meaning", "含义", 80),
    ("Mart", "数据集市", 30),
    ("As of", "截止日", 12),
)


class WorkbookError(Exception):
    """A workbook cannot be written; the message says what to do."""


class UnknownMart(WorkbookError):
    """No mart has the name; the message has the nearest names."""


@dataclass(frozen=True)
class Mart:
    """A published table or view: its columns with names beside keys, and the query of its rows."""

    schema: str
    name: str
    about: str
    columns: tuple[Column, ...]
    sql: str

    @property
    def full_name(self) -> str:
        return f"{self.schema}.{self.name}"


@dataclass(frozen=True)
class Written:
    """A finished workbook. `cut`: texts that were too long for a cell."""

    path: Path
    rows: int
    sheets: int
    cut: int


def published_marts(con: duckdb.DuckDBPyConnection) -> list[Mart]:
    """Every mart of the published file with its columns, by schema and name."""
    abouts = con.sql("""
        select schema_name, table_name, comment from duckdb_tables()
        where schema_name in ('subject', 'thematic')
        union all
        select schema_name, view_name, comment from duckdb_views()
        where schema_name in ('subject', 'thematic')
        order by all
    """).fetchall()
    columns: dict[tuple[str, str], list[Column]] = {}
    for schema, table, *column in con.sql("""
        select schema_name, table_name, column_name, data_type, comment from duckdb_columns()
        where schema_name in ('subject', 'thematic')
        order by schema_name, table_name, column_index
    """).fetchall():
        name, kind, about = column
        columns.setdefault((schema, table), []).append(Column(name, kind, _line(about)))
    tables = {name for schema, name, _ in abouts if schema == "subject"}
    marts = []
    for schema, name, about in abouts:
        rows = named_rows(schema, name, tuple(columns[schema, name]), tables)
        marts.append(Mart(schema, name, _line(about), rows.columns, rows.sql))
    return marts


def chosen_marts(marts: list[Mart], names: list[str]) -> list[Mart]:
    """The marts of names and patterns: `rfm_customers`, `thematic.rfm_*`; raises UnknownMart."""
    chosen: dict[str, Mart] = {}
    for name in names:
        found = [
            mart
            for mart in marts
            if fnmatch.fnmatchcase(mart.full_name, name) or fnmatch.fnmatchcase(mart.name, name)
        ]
        if not found:
            known = {mart.name: mart.full_name for mart in marts}
            near = get_close_matches(name.rpartition(".")[2], known, n=3, cutoff=0.5)
            hint = f"did you mean {' or '.join(near)}?" if near else "docs/marts.md lists them"
            raise UnknownMart(f"there is no mart {name!r}: {hint}")
        chosen |= {mart.full_name: mart for mart in found}
    return list(chosen.values())


def write_workbook(
    con: duckdb.DuckDBPyConnection, mart: Mart, folder: Path, say: Callable[[str], None] = print
) -> Written:
    """Write `<mart>.xlsx`, under another name until it is whole. Raises WorkbookError."""
    path = folder / f"{mart.name}.xlsx"
    (as_of_date,) = con.sql("select max(as_of_date) from subject.dim_as_of_date").fetchone()
    try:
        folder.mkdir(parents=True, exist_ok=True)
        parts = Path(tempfile.mkdtemp(prefix=f".{mart.name}-", dir=folder))
    except OSError as error:
        raise WorkbookError(f"cannot write to {folder}: {error.strerror}") from None
    try:
        part = parts / path.name
        workbook = xlsxwriter.Workbook(str(part), OPTIONS | {"tmpdir": str(parts)})
        # Big tables need more than 4 GB before they are packed.
        workbook.use_zip64()
        created = datetime.combine(as_of_date or date(2000, 1, 1), datetime.min.time())
        workbook.set_properties({"title": mart.full_name, "created": created})
        sheets = _Sheets(workbook, mart)
        for rows in _batches(con, mart):
            sheets.write(rows, say)
        sheets.finish()
        _define(workbook, mart, as_of_date)
        workbook.close()
        part.replace(path)
    except (OSError, FileCreateError, FileSizeError) as error:
        raise WorkbookError(f"cannot write {path}: {error}") from None
    finally:
        shutil.rmtree(parts, ignore_errors=True)
    return Written(path, sheets.rows, len(sheets.sheets), sheets.cut)


def _batches(con: duckdb.DuckDBPyConnection, mart: Mart) -> Iterator[list[tuple]]:
    reader = con.sql(mart.sql).to_arrow_reader(BATCH)
    for batch in reader:
        yield list(zip(*(column.to_pylist() for column in batch.columns), strict=True))


class _Sheets:
    """The sheets of a mart's rows; another one begins where a sheet is full."""

    def __init__(self, workbook: Workbook, mart: Mart) -> None:
        self.sheets: list[Worksheet] = []
        self.rows = 0
        self.cut = 0
        self._workbook, self._mart = workbook, mart
        self._header = _header_format(workbook)
        self._formats = [
            workbook.add_format({"num_format": FORMATS[column.unit]})
            if column.unit in FORMATS
            else None
            for column in mart.columns
        ]
        self._row = ROWS_OF_A_SHEET
        self._widths: list[int] = []

    def write(self, rows: list[tuple], say: Callable[[str], None]) -> None:
        """Add rows; widths of columns are those that the first ones need."""
        if not self._widths:
            self._widths = _widths(self._mart, rows)
        for values in rows:
            if self._row == ROWS_OF_A_SHEET:
                self._begin()
            self._row += 1
            self.rows += 1
            for place, value in enumerate(values):
                if value is not None:
                    self.cut += _write(
                        self.sheets[-1], self._row, place, value, self._formats[place]
                    )
            if self.rows % TOLD_EVERY == 0:
                say(f"{self._mart.name}: {self.rows:,} rows so far")

    def finish(self) -> None:
        """A mart without rows has its header all the same."""
        if not self.sheets:
            self._widths = _widths(self._mart, [])
            self._begin()
        self._filter()

    def _begin(self) -> None:
        if self.sheets:
            self._filter()
        number = len(self.sheets) + 1
        # A sheet's name has 31 characters.
        suffix = f" ({number})" if number > 1 else ""
        sheet = self._workbook.add_worksheet(self._mart.name[: 31 - len(suffix)] + suffix)
        sheet.freeze_panes(1, 0)
        sheet.set_row(0, 32)
        for place, (column, width) in enumerate(zip(self._mart.columns, self._widths, strict=True)):
            sheet.set_column(place, place, width)
            sheet.write_string(0, place, "\n".join(_heading(column)), self._header)
        self.sheets.append(sheet)
        self._row = 0

    def _filter(self) -> None:
        self.sheets[-1].autofilter(0, 0, self._row, len(self._mart.columns) - 1)


def _write(sheet: Worksheet, row: int, place: int, value: Any, format_: Format | None) -> int:
    """Write a value as what it is; 1 if it had to be cut."""
    cut = 0
    if isinstance(value, bool):
        sheet.write_boolean(row, place, value)
    elif isinstance(value, (datetime, date)) and value.year >= 1900:
        sheet.write_datetime(row, place, value, format_)
    elif isinstance(value, (int, float, Decimal)) and _is_kept(value):
        sheet.write_number(row, place, value, format_)
    else:
        text = _fitting(str(value))
        cut = int(text != str(value))
        sheet.write_string(row, place, text)
    return cut


def _is_kept(value: int | float | Decimal) -> bool:
    """Whether Excel keeps all digits of a number; a double has no more than Excel."""
    if isinstance(value, float):
        return math.isfinite(value)
    digits = "".join(map(str, Decimal(value).as_tuple().digits)).strip("0")
    return len(digits) <= DIGITS


def _fitting(text: str) -> str:
    """The part of a text that fits into a cell, which counts a character beyond U+FFFF twice."""
    if len(text.encode("utf-16-le")) // 2 <= CELL_CHARACTERS:
        return text
    kept = text.encode("utf-16-le")[: 2 * (CELL_CHARACTERS - len(CUT))]
    return kept.decode("utf-16-le", errors="ignore") + CUT


def _define(workbook: Workbook, mart: Mart, as_of_date: date | None) -> None:
    """The sheet that says what each column means."""
    sheet = workbook.add_worksheet(DEFINITIONS)
    header = _header_format(workbook)
    wrapped = workbook.add_format({"text_wrap": True, "valign": "top"})
    sheet.freeze_panes(1, 0)
    sheet.set_row(0, 32)
    for place, (english, chinese, width) in enumerate(HEADINGS):
        sheet.set_column(place, place, width)
        sheet.write_string(0, place, f"{english}\n{chinese}", header)
    day = as_of_date.isoformat() if as_of_date else ""
    has_currency = any(column.name == "currency_code" for column in mart.columns)
    rows = [("", "", "", "", mart.about, mart.full_name, day)]
    for column in mart.columns:
        unit = UNIT_WORDS[column.unit]
        if column.unit == "money":
            told = has_currency and "_base_" not in column.name
            unit += ": in currency_code / 按币种列" if told else ": reporting currency / 报表币种"
        english, chinese = _heading(column)
        rows.append((column.name, english, chinese, unit, column.about, mart.full_name, day))
    for number, row in enumerate(rows, start=1):
        for place, text in enumerate(row):
            sheet.write_string(number, place, _fitting(text), wrapped)
    sheet.autofilter(0, 0, len(rows), len(HEADINGS) - 1)


def _heading(column: Column) -> tuple[str, str]:
    """English and Chinese; a column without Chinese shows its own name there."""
    return column.english, column.chinese or column.name


def _header_format(workbook: Workbook) -> Format:
    return workbook.add_format(
        {"bold": True, "text_wrap": True, "valign": "top", "bg_color": "#DDE6F0", "bottom": 1}
    )


def _widths(mart: Mart, rows: list[tuple]) -> list[int]:
    """What header and first rows need, in characters; Chinese ones take two."""
    widths = []
    for place, column in enumerate(mart.columns):
        needed = [_width(text) + 3 for text in _heading(column)]
        needed += [_width(str(row[place])) + 1 for row in rows[:500] if row[place] is not None]
        widths.append(min(max(needed), 50))
    return widths


def _width(text: str) -> int:
    return sum(2 if ord(character) > 0x2E7F else 1 for character in text[:60])


def _line(text: str | None) -> str:
    return " ".join((text or "").split())
