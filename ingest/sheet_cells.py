"""Cells of a sheet whose text is misleading: errors, formulas without a result,
numbers that lost digits, days in Chinese formats, durations, merged and hidden ones.

A sheet's XML is searched piece by piece; only pieces with something odd are parsed.
"""

import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from html import unescape
from pathlib import Path

from ingest.declarations import Column

PIECE_BYTES = 1 << 20
LOST_DIGITS = 1e15
# Built-in formats by number. Readers treat those of Chinese Excel as plain numbers.
CHINESE_FORMATS = frozenset((*range(27, 37), *range(50, 59)))
CLOCK_FORMATS = frozenset((18, 19, 20, 21, 45, 47))
DURATION_FORMATS = frozenset((46,))
KINDS = ("chinese", "clock", "duration")
# Codes that show an id with zeros before it, or with words around it, which the cell has not.
FILLED_UP = re.compile("0{2,}")
FRAMED = re.compile(r'(?=.*")(?:"[^"]*"|[0# ])*')
AS_TEXT = "format the column as text and export again"

SHEET = re.compile(rb"<(?:\w+:)?sheet\s[^>]*>")
RELATION = re.compile(rb"<(?:\w+:)?Relationship\s[^>]*>")
ATTRIBUTE = re.compile(rb"""([\w:]+)\s*=\s*(?:"([^"]*)"|'([^']*)')""")
NUMBER_FORMAT = re.compile(rb"<(?:\w+:)?numFmt\s[^>]*>")
CELL_FORMATS = re.compile(rb"<(?:\w+:)?cellXfs\b.*?</(?:\w+:)?cellXfs>", re.DOTALL)
CELL_FORMAT = re.compile(rb"<(?:\w+:)?xf\s[^>]*>")
ROW = re.compile(rb"<(?:\w+:)?row\b([^>]*?)(?:/>|>(.*?)</(?:\w+:)?row>)", re.DOTALL)
CELL = re.compile(rb"<(?:\w+:)?c\b([^>]*?)(?:/>|>(.*?)</(?:\w+:)?c>)", re.DOTALL)
VALUE = re.compile(rb"<(?:\w+:)?v\b[^>]*>([^<]*)</")
INLINE = re.compile(rb"<(?:\w+:)?is\b")
FORMULA = re.compile(rb"<(?:\w+:)?f[\s/>]")
MERGED = re.compile(rb"<(?:\w+:)?mergeCell\s[^>]*>")
# Plain searches are many times faster than a pattern of alternatives.
ODD = (b't="e"', b't="b"', b"<f", b"E+", b"e+", b"hidden=", b"mergeCell ")
END_OF_PREFIXED_ROW = re.compile(rb"</\w+:row>")
LONG_NUMBER = re.compile(rb"v>-?[0-9]{16}")


@dataclass
class OddCells:
    """Row, column and reason of what is wrong; texts by column index and row; hidden rows."""

    problems: list[tuple[int, str, str]] = field(default_factory=list)
    texts: dict[int, dict[int, str]] = field(default_factory=dict)
    hidden_rows: int = 0


class WorkbookParts:
    """A workbook's sheets and formats."""

    def __init__(self, path: Path) -> None:
        self.path = path
        with zipfile.ZipFile(path) as archive:
            names = set(archive.namelist())
            book = archive.read("xl/workbook.xml")
            relations = archive.read("xl/_rels/workbook.xml.rels")
            styles = archive.read("xl/styles.xml") if "xl/styles.xml" in names else b""
        self.hidden: set[str] = set()
        self.files: dict[str, str] = {}
        targets = {}
        for found in RELATION.findall(relations):
            said = _attributes(found)
            targets[said.get("Id")] = said.get("Target", "")
        for found in SHEET.findall(book):
            said = _attributes(found)
            name = said.get("name", "")
            if said.get("state") in ("hidden", "veryHidden"):
                self.hidden.add(name)
            relation = next((one for key, one in said.items() if key.endswith(":id")), "")
            target = targets.get(relation, "")
            self.files[name] = target.lstrip("/") if target[:1] == "/" else f"xl/{target}"
        from_1904 = re.search(rb"""date1904=["'](?:1|true)["']""", book) is not None
        self.first_day = datetime(1904, 1, 1) if from_1904 else datetime(1899, 12, 30)
        self.kinds = _kinds_of_formats(styles)

    def pieces(self, sheet: str) -> Iterator[bytes]:
        """The XML of a sheet in whole rows; the last piece is what follows the rows."""
        with zipfile.ZipFile(self.path) as archive, archive.open(self.files[sheet]) as stream:
            rest = b""
            while chunk := stream.read(PIECE_BYTES):
                rest += chunk
                cut = _end_of_last_row(rest)
                if cut:
                    yield rest[:cut]
                    rest = rest[cut:]
            yield rest


def _end_of_last_row(text: bytes) -> int:
    end = text.rfind(b"</row>") + 6
    if end > 5 or b":row>" not in text:
        return end if end > 5 else 0
    return max((one.end() for one in END_OF_PREFIXED_ROW.finditer(text)), default=0)


def odd_cells(
    parts: WorkbookParts,
    sheet: str,
    columns: dict[int, Column],
    names: list[str],
    header_row: int,
    row_count: int,
) -> OddCells:
    """The odd cells of declared columns in the rows of data.

    `columns` and the result's texts go by index in `names`, which the reader starts at the first
    column that holds anything: the header says how far that is from the sheet's first.
    """
    odd = OddCells()
    shift = _column_of_header(parts, sheet, header_row) - next(
        (index for index, name in enumerate(names) if name), 0
    )
    columns = {index + shift: column for index, column in columns.items()}
    formats = [f's="{index}"'.encode() for index in parts.kinds]
    last_row = header_row + row_count
    row = 0
    for piece in parts.pieces(sheet):
        if _is_usual(piece, formats):
            continue
        for about, cells in ROW.findall(piece):
            said = _attributes(about)
            row = int(said.get("r", row + 1))
            if header_row < row <= last_row:
                odd.hidden_rows += bool(cells) and said.get("hidden") in ("1", "true")
                _look_at_row(parts, columns, row, cells, odd)
        _look_at_merges(piece, columns, header_row, last_row, odd)
    odd.texts = {index - shift: by_row for index, by_row in odd.texts.items()}
    return odd


def _is_usual(piece: bytes, formats: list[bytes]) -> bool:
    """Whether a piece of XML has nothing odd, and its rows have row numbers."""
    return (
        piece.count(b"<row r=") == piece.count(b"<row")
        and b":row" not in piece
        and b"='" not in piece
        and not any(mark in piece for mark in (*ODD, *formats))
        and LONG_NUMBER.search(piece) is None
    )


def _column_of_header(parts: WorkbookParts, sheet: str, header_row: int) -> int:
    """The index of the first column that has a value in the header row."""
    row = 0
    for piece in parts.pieces(sheet):
        for about, cells in ROW.findall(piece):
            row = int(_attributes(about).get("r", row + 1))
            if row < header_row:
                continue
            index = -1
            for about_cell, content in CELL.findall(cells):
                said = _attributes(about_cell)
                index = _position(said["r"])[1] if "r" in said else index + 1
                if VALUE.search(content) or INLINE.search(content):
                    return index
            return 0
    return 0


def _look_at_row(
    parts: WorkbookParts, columns: dict[int, Column], row: int, cells: bytes, odd: OddCells
) -> None:
    index = -1
    for about, content in CELL.findall(cells):
        said = _attributes(about)
        index = _position(said["r"])[1] if "r" in said else index + 1
        column = columns.get(index)
        if column is None:
            continue
        found = VALUE.search(content)
        value = found[1].decode("utf-8", "replace").strip() if found else ""
        has_formula = FORMULA.search(content) is not None
        kind = parts.kinds.get(said.get("s", ""))
        reason = _reason(column, said.get("t", "n"), value, has_formula, kind)
        # A text has no format, and its value here is a number of its own.
        is_number = said.get("t", "n") == "n" and value
        if kind and kind not in KINDS and column.holds == "id" and is_number and reason is None:
            if FILLED_UP.fullmatch(kind) and value.isdigit():
                odd.texts.setdefault(index, {})[row] = value.zfill(len(kind))
            else:
                reason = f"'{value}' is shown as {kind}; {AS_TEXT}"
        if reason is not None:
            odd.problems.append((row, column.name, f"{column.name}: {reason}"))
        elif kind == "chinese" and column.data_type in ("date", "timestamp") and value:
            moment = parts.first_day + timedelta(seconds=round(float(value) * 86400))
            odd.texts.setdefault(index, {})[row] = f"{moment:%Y-%m-%d %H:%M:%S}"


def _reason(
    column: Column, cell_type: str, value: str, has_formula: bool, kind: str | None
) -> str | None:
    """What is wrong with a cell, or None."""
    if column.data_type == "varchar" and column.holds == "text":
        return None
    if cell_type == "e":
        return f"the cell holds the error {value or '#N/A'}; fix it and save the workbook again"
    if has_formula and not value and cell_type != "str":
        return (
            "the cell is a formula whose result is not stored; open the workbook in Excel and"
            " save it, or put values in place of formulas"
        )
    if cell_type == "b" and column.data_type != "boolean":
        return f"a boolean ({'TRUE' if value == '1' else 'FALSE'}) is not a value of this column"
    if cell_type != "n" or not value:
        return None
    number = float(value)
    if column.holds == "id" and abs(number) >= LOST_DIGITS:
        return f"'{value}' is a number that a spreadsheet shortened; {AS_TEXT}"
    if column.data_type in ("date", "timestamp"):
        if kind == "duration":
            return f"the cell holds a duration ({number * 24:g} hours), not a point in time"
        if kind is not None and abs(number) < 1:
            return "the cell holds a time of day without its day"
    return None


def _look_at_merges(
    piece: bytes, columns: dict[int, Column], header_row: int, last_row: int, odd: OddCells
) -> None:
    """Merged cells are empty except the first, though they show its value."""
    for found in MERGED.findall(piece):
        first, _, last = _attributes(found).get("ref", "").partition(":")
        if not last:
            continue
        (top, left), (bottom, right) = _position(first), _position(last)
        for index in range(left, min(right, max(columns)) + 1):
            column = columns.get(index)
            for row in range(max(top, header_row + 1), min(bottom, last_row) + 1):
                if column is not None and (row, index) != (top, left):
                    reason = f"{column.name}: the cell is merged with {first}; unmerge the cells"
                    odd.problems.append((row, column.name, f"{reason} and fill each of them"))


def _kinds_of_formats(styles: bytes) -> dict[str, str]:
    """`chinese`, `clock`, `duration`, or the code of one that shows digits or words which the cell
    does not hold (`00000`, `"SO-"0`), by a cell format's index, where it is one of these."""
    codes = {}
    for found in NUMBER_FORMAT.findall(styles):
        said = _attributes(found)
        codes[said.get("numFmtId")] = said.get("formatCode", "")
    formats = CELL_FORMATS.search(styles)
    kinds: dict[str, str] = {}
    for index, found in enumerate(CELL_FORMAT.findall(formats[0]) if formats else ()):
        number = _attributes(found).get("numFmtId", "0")
        kind = _kind_of_format(int(number), codes.get(number))
        if kind is not None:
            kinds[str(index)] = kind
    return kinds


def _kind_of_format(number: int, code: str | None) -> str | None:
    if code is None:
        by_number = (
            (CHINESE_FORMATS, "chinese"),
            (CLOCK_FORMATS, "clock"),
            (DURATION_FORMATS, "duration"),
        )
        return next((kind for numbers, kind in by_number if number in numbers), None)
    if number in CHINESE_FORMATS:
        return "chinese"
    if re.search(r"\[(h+|m+|s+)\]", code, re.IGNORECASE):
        return "duration"
    first = code.split(";")[0]
    if FILLED_UP.fullmatch(first) or FRAMED.fullmatch(first):
        return first
    bare = re.sub(r'"[^"]*"|&quot;.*?&quot;|\[[^\]]*\]|\\.', "", code).lower()
    return "clock" if re.search(r"h|s|am/pm", bare) and not re.search(r"[yd]", bare) else None


def _attributes(tag: bytes) -> dict[str, str]:
    return {
        key.decode(): unescape((double or single).decode("utf-8", "replace"))
        for key, double, single in ATTRIBUTE.findall(tag)
    }


def _position(reference: str) -> tuple[int, int]:
    """Row (from 1) and column index (from 0) of a reference such as B5."""
    letters = reference.rstrip("0123456789").replace("$", "")
    index = 0
    for letter in letters:
        index = index * 26 + ord(letter.upper()) - 64
    return int(reference[len(letters) :] or 0), index - 1
