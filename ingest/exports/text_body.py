"""A text export without what stands above its header and below its rows.

The body is written anew in UTF-8, so that the readers of plain files read it; the lines around it
are kept, because they hold the seller, the period and totals.
"""

import csv
import re
from dataclasses import dataclass
from pathlib import Path

from ingest.errors import FileRefused
from ingest.exports.layouts import Layout
from ingest.exports.recognition import SEARCHED_ROWS, Header, recognise
from ingest.probe import DELIMITERS, byte_order_mark

# Footers are short.
SEARCHED_FOOTER_LINES = 60
# Enough to tell the encoding, of files that may be large.
SAMPLE_BYTES = 1 << 14


@dataclass(frozen=True)
class TextBody:
    """A recognised text file: its header, the lines around it, and where its rows begin.

    `above` and `below` are the lines before the header and after the last row; `first_line` is the
    header's physical line, from 1. `text` is the header and the rows.
    """

    header: Header
    delimiter: str
    above: list[str]
    below: list[str]
    first_line: int
    text: str


def read_text(path: Path) -> str:
    """The text of a file, by its byte order mark or its likely encoding; raises FileRefused."""
    content = path.read_bytes()
    mark = byte_order_mark(content[:4])
    if mark is not None:
        return _decoded(content, mark).removeprefix("\ufeff")
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        pass
    if _is_chinese(content[:SAMPLE_BYTES]):
        return _decoded(content, "gb18030")
    # European marketplaces write Latin-1, in which every byte is a character.
    return content.decode("cp1252", "replace")


def _is_chinese(head: bytes) -> bool:
    """Whether bytes that are no UTF-8 are GB 18030: most characters beyond ASCII are usual ones."""
    text = head.decode("gb18030", "ignore")
    ascii_only = len(text.encode("ascii", "ignore"))
    beyond_ascii = len(text) - ascii_only
    common = (len(text.encode("gb2312", "ignore")) - ascii_only) // 2
    return beyond_ascii > 0 and common * 3 >= beyond_ascii * 2


def _decoded(content: bytes, encoding: str) -> str:
    try:
        return content.decode(encoding)
    except UnicodeDecodeError as error:
        raise FileRefused(
            f"byte {error.start + 1} is not valid {encoding}; export the file again"
        ) from error


def body_of(path: Path) -> TextBody:
    """Find the header of a text file and cut off what is no row; raises FileRefused."""
    text = read_text(path).replace("\r\n", "\n").replace("\r", "\n")
    if not text.strip():
        raise FileRefused("there are only blank lines; export the file again")
    lines = text.split("\n")
    if lines[-1] == "":
        lines.pop()
    header, delimiter = _header(lines)
    last = _end_of_rows(header.layout, lines, header.row + 1)
    body = "\n".join(lines[header.row : last]) + "\n"
    if not header.layout.quotes:
        body = _quoted_anew(body, delimiter)
    return TextBody(header, delimiter, lines[: header.row], lines[last:], header.row + 1, body)


def _header(lines: list[str]) -> tuple[Header, str]:
    """The header under that delimiter which finds one; the message is that of the best."""
    refusals: list[tuple[int, FileRefused]] = []
    head = lines[:SEARCHED_ROWS]
    for delimiter in DELIMITERS:
        if not any(delimiter in line for line in head):
            continue
        rows = [_cells(line, delimiter) for line in head]
        try:
            return recognise(rows), delimiter
        except FileRefused as refusal:
            refusals.append((max(map(len, rows)), refusal))
    if not refusals:
        raise FileRefused("no line of the first 40 has several columns; it is no export")
    raise max(refusals, key=lambda one: one[0])[1]


def rows_for_recognition(path: Path) -> list[list[str]]:
    """The first lines' cells under the delimiter that gives most of them."""
    head = read_text(path).splitlines()[:SEARCHED_ROWS]
    readings = [[_cells(line, delimiter) for line in head] for delimiter in DELIMITERS]
    return max(readings, key=lambda rows: max(map(len, rows), default=0))


def _cells(line: str, delimiter: str) -> list[str]:
    try:
        return next(csv.reader([line], delimiter=delimiter, skipinitialspace=True), [])
    except csv.Error:
        return line.split(delimiter)


def _end_of_rows(layout: Layout, lines: list[str], first: int) -> int:
    """The index of the first line that is no row any more."""
    end = len(lines)
    if layout.footer:
        pattern = re.compile(layout.footer)
        start = max(first, end - SEARCHED_FOOTER_LINES)
        found = next((i for i in range(start, end) if pattern.search(lines[i])), None)
        if found is None and layout.footer_required:
            raise FileRefused(
                f"the lines that end every {layout.name} are missing: the file is cut off, or they"
                " were deleted; export it again"
            )
        end = end if found is None else found
    while end > first and not lines[end - 1].strip(" \t,;|"):
        end -= 1
    return end


def _quoted_anew(body: str, delimiter: str) -> str:
    """Rows in which a quote is a letter, written so that it is one for CSV readers too."""
    if '"' not in body:
        return body
    rows = []
    for line in body.split("\n"):
        cells = line.split(delimiter)
        rows.append(
            delimiter.join(
                '"' + cell.replace('"', '""') + '"' if '"' in cell else cell for cell in cells
            )
        )
    return "\n".join(rows)
