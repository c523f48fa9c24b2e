"""An export to land: recognised by its header, and prepared for the readers of landing."""

import hashlib
import os
import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

import pyarrow as pa

from ingest import probe
from ingest.candidate import Candidate
from ingest.declarations import Column, Table
from ingest.errors import FileRefused
from ingest.exports.layouts import PATTERN, Layout, fold, tables
from ingest.exports.recognition import Header, told_lacks, told_renames
from ingest.exports.sheets import SheetBody, page_of, problems_of, sheets_of
from ingest.exports.text_body import SEARCHED_FOOTER_LINES, body_of
from ingest.raw_tables import LoadLog
from ingest.text_reader import CsvLayout, TextFile
from ingest.workbook import Sheet, content_digest_source, with_texts

# Columns of a money file that are no role: they are read as texts, and rows are made of them.
MOST_PARTS = 60
ROW_IDS = tuple(f"_row_id_{number}" for number in range(1, 5))
PARTS = tuple(f"_part_{number}" for number in range(1, MOST_PARTS + 1))
PART_NAMES = tuple(f"_part_name_{number}" for number in range(1, 11))
# Columns with items of an order: one with all of them, or one for each.
MOST_ITEMS = 200
ITEMS = tuple(f"_item_{number}" for number in range(1, MOST_ITEMS + 1))
CLOCK, ZONE = "_clock", "_zone"
TOTAL, TOTAL_DIRECTION, STATEMENT_TOTAL = "_total", "_total_direction", "_statement_total"
# Who serves shops of several platforms: a wallet is the shop's that is paid with it.
SERVANTS = (
    *("alipay", "wechat_pay", "stripe", "paypal", "google_ads", "meta_ads"),
    *("jushuitan", "parcel_carrier"),
)
SERVED = {"taobao": (*SERVANTS, "tmall"), "tmall": (*SERVANTS, "taobao")}
OLD_WORKBOOK = b"\xd0\xcf\x11\xe0"


@dataclass
class Statement:
    """What a file says around its rows: roles by name, totals by role, and what proves them.

    `platform` and `shop` are the folders of the file. `proof`, `result` and `detail` are filled
    after reading: which proof was tried, "proved" or "not proved", and what was found.
    """

    platform: str | None = None
    shop: str | None = None
    said: dict[str, str] = field(default_factory=dict)
    totals: dict[str, str] = field(default_factory=dict)
    proof: str | None = None
    result: str | None = None
    detail: str | None = None


@dataclass
class ExportCandidate(Candidate):
    """A file of a platform; `header` and `statement` are found while it is prepared.

    `first_line` is the physical line of its header, from 1.
    """

    header: Header | None = None
    statement: Statement = field(default_factory=Statement)
    first_line: int = 1
    log: LoadLog | None = None
    _further_bodies: list[tuple[SheetBody, str]] = field(default_factory=list)

    @property
    def is_text(self) -> bool:
        """Rejected rows are told as their cells: the lines are not those of the file."""
        return False

    @property
    def export_layout(self) -> Layout:
        """The layout of the recognised file."""
        assert self.header is not None
        return self.header.layout

    @property
    def platform(self) -> str:
        """The platform of its sales: the layout's, or the folder's if the layout serves several."""
        folder, own = self.statement.platform, self.export_layout.platform
        return folder if folder and own in SERVED.get(folder, SERVANTS) else own

    def identify(self) -> None:
        """Find the checksum, and the table that holds this content already."""
        super().identify()
        holders = (
            table
            for table in tables().values()
            if self.log and self.log.standing(table, self.file.name, self.sha256)
        )
        self.table = next(holders, self.table)

    def prepare(self) -> None:
        """Recognise the file; raises FileRefused when it is unknown or cannot be read."""
        self.read_path = self._content
        if os.stat(self._content).st_size == 0:
            raise FileRefused("the file is empty (0 bytes); export it again")
        head = self._head()
        if probe.looks_like(head) == "gzip-compressed":
            self.read_path = self._temp("plain")
            probe.gunzip(self._content, self.read_path)
            head = self._head()
        seems = probe.looks_like(head)
        if seems is None:
            self._prepare_body()
            self.read_bytes = os.stat(self.read_path).st_size
            return
        self._use_plain_name()
        if seems == "an HTML or XML page":
            found = page_of(self.read_path)
        elif head.startswith((b"PK", OLD_WORKBOOK)):
            found = sheets_of(self.read_path)
        else:
            raise FileRefused(f"the content seems to be {seems}, which is no export")
        self.warnings += found.warnings
        first, *others = found.bodies
        self._use_body(first, several=bool(others))
        for body in others:
            sheet = Sheet(body.name, list(body.header.names), 0, body.cells, {})
            digest = hashlib.sha256(content_digest_source(sheet)).hexdigest()
            self._further_bodies.append((body, digest))

    def take_parts(self, numbers: Iterator[int]) -> list["ExportCandidate"]:
        """This file and, for a workbook, its further sheets, each with its own log entry."""
        parts = [self]
        for body, digest in self._further_bodies:
            file = replace(self.file, name=f"{self.file.name}[{body.name}]")
            part = replace(self, file=file, file_no=next(numbers), sha256=digest, warnings=[])
            part.statement = Statement(self.statement.platform, self.statement.shop)
            part._identified, part._further_bodies, part._copies = self._identified, [], []
            part._use_body(body, several=True)
            parts.append(part)
        return parts

    def _head(self) -> bytes:
        with open(self.read_path, "rb") as file:
            return file.read(probe.HEAD_BYTES)

    def _prepare_body(self) -> None:
        body = body_of(self.read_path)
        self.read_path = self._temp("body")
        content = body.text.encode("utf-8")
        self.read_path.write_bytes(content)
        facts = probe.facts_of([content])
        self._take_header(body.header, body.above)
        self._take_footer(body.below)
        self.first_line, self.header_lines = body.first_line, 1
        self.units = facts.lines
        self.comma_count = facts.delimiters[","]
        self.layout = CsvLayout(body.delimiter, tuple(self.names), facts.newline)
        is_plain = not facts.has_control and facts.newline != "mixed"
        self.text = TextFile(
            file_no=self.file_no,
            path=self.read_path,
            encoding="utf-8",
            lines=facts.lines,
            delimiters=facts.delimiters[body.delimiter],
            header_lines=1,
            is_plain=is_plain and not facts.has_spaced_quote and len(self.names) > 1,
        )

    def _use_body(self, body: SheetBody, several: bool) -> None:
        self._take_header(body.header, body.above)
        header_row = body.header.row + 1
        cells, below = _without_footer(body)
        self._take_footer(below)
        sheet = Sheet(body.name, list(body.header.names), header_row, cells, self.columns)
        if several:
            sheet.title = body.name
        with open(self.read_path, "rb") as file:
            is_new_workbook = file.read(2) == b"PK"
        if is_new_workbook:
            odd = problems_of(self.read_path, body, self.table, self.columns)
            filled = self.export_layout.fill_down
            sheet.problems = [one for one in odd.problems if one[1] not in filled]
            sheet.cells = with_texts(sheet.cells, odd.texts, header_row)
        self.sheet, self.units = sheet, sheet.cells.num_rows
        self.read_bytes = sheet.cells.nbytes

    def _take_header(self, header: Header, above: list[str]) -> None:
        self.header = header
        self.names = list(header.names)
        folder = self.statement.platform
        if folder and self.platform != folder:
            raise FileRefused(
                f"it is a file of {header.layout.platform} ({header.layout.title}), but lies in the"
                f" folder of {folder}; move it to exports/{header.layout.platform}/"
            )
        self.table = reading_table(header.layout)
        self.columns = columns_of(header)
        self.warnings += told_renames(header) or told_lacks(header)
        self.statement.said = _all_found(header.layout.preamble, above)
        currency = _currency_in(header)
        if currency:
            self.statement.said["currency"] = currency

    def _take_footer(self, below: list[str]) -> None:
        self.statement.totals = _all_found(self.export_layout.footer_totals, below)


def _currency_in(header: Header) -> str | None:
    """The currency that a header's name holds: Amount spent (USD)."""
    patterns = [
        name.removeprefix(PATTERN)
        for names in header.layout.columns.values()
        for name in names
        if name.startswith(PATTERN) and "(?P<currency>" in name
    ]
    for pattern in patterns:
        for name in header.names:
            match = re.fullmatch(pattern, fold(name))
            if match:
                return match["currency"].upper()
    return None


def _without_footer(body: SheetBody) -> tuple[pa.Table, list[str]]:
    """The cells down to the footer, and the footer's rows as lines."""
    footer = body.header.layout.footer
    if not footer:
        return body.cells, []
    first = max(0, body.cells.num_rows - SEARCHED_FOOTER_LINES)
    rows = zip(*(column.to_pylist() for column in body.cells.slice(first).columns), strict=True)
    lines = [",".join(cell or "" for cell in row) for row in rows]
    end = next((i for i, line in enumerate(lines) if re.search(footer, line)), len(lines))
    return body.cells.slice(0, first + end), lines[end:]


def reading_table(layout: Layout) -> Table:
    """The raw table of a layout with the columns of which rows of its kind are made."""
    table = tables()[layout.table]
    names = [CLOCK, ZONE]
    if layout.kind == "money":
        names += [*ROW_IDS, TOTAL, TOTAL_DIRECTION, STATEMENT_TOTAL, *PARTS, *PART_NAMES]
    if layout.kind == "orders":
        names += ITEMS
    return replace(table, columns=(*table.columns, *(Column(name, "varchar") for name in names)))


def columns_of(header: Header) -> dict[str, int]:
    """Position in the header of every column that is read, by its name in the reading table."""
    layout = header.layout
    wanted = {role: names for role, names in layout.columns.items()}
    wanted |= {name: (written,) for name, written in zip(ROW_IDS, layout.row_id, strict=False)}
    wanted |= {name: (written,) for name, written in zip(PARTS, layout.parts, strict=False)}
    for kind, value in layout.amount.items():
        if kind == "signed":
            wanted["written_amount"] = (value,)
        elif kind == "income_expense":
            wanted["income_amount"], wanted["expense_amount"] = (value[0],), (value[1],)
        elif kind in ("direction", "by_type"):
            wanted["written_amount"], wanted["direction"] = (value["amount"],), (value["column"],)
        elif "total" in value:
            total = value["total"]
            if isinstance(total, str):
                wanted[TOTAL] = (total,)
            else:
                wanted[TOTAL] = (total["direction"]["amount"],)
                wanted[TOTAL_DIRECTION] = (total["direction"]["column"],)
    for name, written in zip(PART_NAMES, layout.part_names.values(), strict=False):
        wanted[name] = (written,)
    if layout.clock:
        wanted[CLOCK] = (layout.clock,)
    if layout.zone:
        wanted[ZONE] = (layout.zone,)
    if layout.balance:
        wanted["balance_after"] = (layout.balance,)
    if layout.statement_total:
        wanted[STATEMENT_TOTAL] = (layout.statement_total,)
    found = {name: header.position(*written) for name, written in wanted.items()}
    places = header.positions(*layout.items.get("columns", ()))
    if len(places) > MOST_ITEMS:
        raise FileRefused(
            f"it has {len(places)} columns of items, more than {MOST_ITEMS}; export fewer orders"
        )
    found |= dict(zip(ITEMS, places, strict=False))
    return {name: index for name, index in found.items() if index is not None}


def _all_found(patterns: dict[str, str], lines: list[str]) -> dict[str, str]:
    """The first match of each role's pattern in the lines."""
    found = {}
    for role, pattern in patterns.items():
        match = next(filter(None, (re.search(pattern, line) for line in lines)), None)
        if match:
            found[role] = match[1].strip()
    return found
