"""Made-up files as platforms write them, with what a reader must find in each."""

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

import xlsxwriter

EMPTY = "_"
WHOLE = ("quantity", "impressions", "clicks", "on_hand", "available", "reserved", "inbound")
DECIMAL = ("amount", "discount", "price", "cost", "balance_after", "attributed_orders")


@dataclass(frozen=True)
class Sample:
    """An export, and its rows after reading.

    `rows`: for each landed row, in the order of the file (of a row with several amounts: for each
    amount, in the order of the layout's parts), role to value: texts, whole numbers, Decimal
    amounts, and times as the clock of the file shows them. A role that is not named may hold
    anything; None is empty.
    """

    name: str
    layout: str
    file_name: str
    content: bytes
    rows: list[dict[str, object]]


def names(text: str) -> list[str]:
    """Header names, separated by a comma and a blank, or by a comma and a line break."""
    return text.strip().replace(",\n", ", ").split(", ")


def table(text: str) -> list[dict[str, str]]:
    """Rows by column, of a header line and lines of cells with ` | ` between them.

    Lines after a blank line are further columns of the same rows. `_` is an empty cell.
    """
    rows: list[dict[str, str]] = []
    for block in text.strip().split("\n\n"):
        header, *lines = [line.split(" | ") for line in block.split("\n")]
        rows = rows or [{} for _ in lines]
        for row, cells in zip(rows, lines, strict=True):
            row |= {
                name.strip(): "" if cell.strip() == EMPTY else cell.strip()
                for name, cell in zip(header, cells, strict=True)
            }
    return rows


def read(text: str) -> list[dict[str, object]]:
    """Expected rows by role, of a table as above."""
    return [{role: _value(role, cell) for role, cell in row.items()} for row in table(text)]


def _value(role: str, text: str) -> object:
    if text == "":
        return None
    if role in WHOLE:
        return int(text)
    return Decimal(text) if role.endswith(DECIMAL) else text


def text_file(
    header: Sequence[str],
    rows: Iterable[Mapping[str, str]],
    *,
    encoding: str = "utf-8",
    delimiter: str = ",",
    above: Iterable[str] = (),
    below: Iterable[str] = (),
    before: str = "",
    after: str = "",
    quoting: int = csv.QUOTE_MINIMAL,
) -> bytes:
    """A text file: lines above, the header, rows by header name, and lines below.

    `before` and `after` stand around every value of a row, such as a backtick or a tab.
    """
    body = io.StringIO()
    body.writelines(line + "\r\n" for line in above)
    csv.writer(body, delimiter=delimiter).writerow(header)
    quote = None if quoting == csv.QUOTE_NONE else '"'
    writer = csv.writer(body, delimiter=delimiter, quoting=quoting, quotechar=quote)
    for row in rows:
        writer.writerow([f"{before}{cell}{after}" if cell else "" for cell in _cells(header, row)])
    body.writelines(line + "\r\n" for line in below)
    return body.getvalue().encode(encoding)


def workbook(
    header: Sequence[str],
    rows: Iterable[Mapping[str, str]],
    *,
    above: Iterable[Sequence[str]] = (),
) -> bytes:
    """An Excel workbook with one sheet of texts: lines above, the header, rows by header name."""
    content = io.BytesIO()
    with xlsxwriter.Workbook(content, {"in_memory": True}) as book:
        sheet = book.add_worksheet()
        for number, line in enumerate([*above, header, *(_cells(header, row) for row in rows)]):
            for column, cell in enumerate(line):
                sheet.write_string(number, column, cell)
    return content.getvalue()


def _cells(header: Sequence[str], row: Mapping[str, str]) -> list[str]:
    unknown = set(row) - set(header)
    assert not unknown, f"not in the header: {unknown}"
    return [row.get(name, "") for name in header]
