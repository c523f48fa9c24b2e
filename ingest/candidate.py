"""A file to land: from its path to everything that a reader needs to know."""

import hashlib
import io
import os
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

from ingest import probe
from ingest.archives import extract, members_of
from ingest.declarations import Table
from ingest.discovery import ARCHIVE, TEXT_FORMATS, FoundFile
from ingest.errors import FileRefused
from ingest.header import choose_delimiter, match_columns
from ingest.table_reader import parquet_layout
from ingest.text_reader import CsvLayout, TextFile
from ingest.workbook import Sheet, content_digest_source, read_workbook

HARD_CHARACTERS = "*?[\ufffd"


@dataclass
class Candidate:
    """A file and its known properties; `identify` and `prepare` fill in the rest.

    `units` is the independent count that the readers' result must add up to: physical lines for
    text, rows for Parquet and Excel.
    """

    file: FoundFile
    table: Table
    file_no: int
    temp_dir: Path
    size: int = 0
    modified_ns: int = 0
    sha256: str = ""
    read_path: Path = Path()
    read_bytes: int = 0
    encoding: str = "utf-8"
    units: int = 0
    header_lines: int = 0
    comma_count: int = 0
    has_number_texts: bool = True
    columns: dict[str, int] = field(default_factory=dict)
    names: list[str] = field(default_factory=list)
    layout: CsvLayout | None = None
    text: TextFile | None = None
    sheet: Sheet | None = None
    warnings: list[str] = field(default_factory=list)
    _facts: probe.TextFacts | None = None
    _further_sheets: list[tuple[Sheet, str]] = field(default_factory=list)
    _content: Path = Path()
    _identified: tuple[int, ...] = ()
    _copies: list[Path] = field(default_factory=list)

    @property
    def may_have_commas(self) -> bool:
        """Whether its numbers may have a comma: not if every comma separates values."""
        if self.layout is None:
            return self.file.format != "parquet" or self.has_number_texts
        facts_say = self.comma_count != (len(self.names) - 1) * self.units
        return self.layout.delimiter == ";" or (
            facts_say if self.layout.delimiter == "," else self.comma_count > 0
        )

    @property
    def title(self) -> str:
        """The name of its sheet, where the workbook has several."""
        return self.sheet.title if self.sheet else ""

    @property
    def is_text(self) -> bool:
        """Whether the file consists of lines."""
        return self.file.format in TEXT_FORMATS

    def stat(self) -> tuple[int, int]:
        """Size in bytes and time of the last change in nanoseconds, as they are now."""
        seen = os.stat(self.file.path)
        return seen.st_size, seen.st_mtime_ns

    def is_as_identified(self) -> bool:
        """Whether the path is still the file that `identify` read, unchanged.

        Raises FileNotFoundError. A replacement may have the same size and time, but not the same
        inode number.
        """
        return _version(self.file.path) == self._identified

    def identify(self) -> None:
        """Find the checksum, and in the same pass the facts of a plain text."""
        self._identified = _version(self.file.path)
        self.size, self.modified_ns = self.stat()
        if not self.file.path.is_file():
            raise FileRefused("it is not a regular file; put a copy of its content there")
        self._content = self.file.path
        if self.file.format == ARCHIVE:
            self._refuse_archive()
        if self.file.member is not None:
            self._content = self._temp("member" + os.path.splitext(self.file.member.name)[1])
            extract(self.file.path, self.file.member, self._content)
        if self.is_text and not self.file.gzipped:
            digest = hashlib.sha256()
            self._facts = probe.text_facts(self._content, digest)
            self.sha256 = digest.hexdigest()
        else:
            self.sha256 = probe.sha256_of(self._content)

    def prepare(self) -> None:
        """Find out how to read the file; raises FileRefused when it cannot be read."""
        self.read_path = self._content
        if os.stat(self._content).st_size == 0:
            raise FileRefused("the file is empty (0 bytes); export it again")
        self._check_signature()
        if self.is_text:
            self._prepare_text()
        elif self.file.format == "parquet":
            self._use_plain_name()
            self._prepare_parquet()
        else:
            self._prepare_workbook()
        self.read_bytes = self.sheet.cells.nbytes if self.sheet else os.stat(self.read_path).st_size

    def _prepare_parquet(self) -> None:
        layout = parquet_layout(self.read_path)
        self.names, self.units = layout.names, layout.rows
        self.columns = match_columns(self.table, self.names)
        held = {column: self.names[index] for column, index in self.columns.items()}
        for column, name in held.items():
            if name in layout.durations:
                raise FileRefused(f"{column}: a column of durations holds nothing of this kind")
        self.has_number_texts = any(
            name in layout.texts and self.table.column(column).is_number
            for column, name in held.items()
        )

    def take_parts(self, numbers: Iterator[int]) -> list["Candidate"]:
        """This file and, for a workbook, its further sheets, each with its own log entry.

        The first sheet has the workbook's name, so that adding a second sheet does not land the
        first again under another name.
        """
        parts = [self]
        for sheet, digest in self._further_sheets:
            file = replace(self.file, name=f"{self.file.name}[{sheet.name}]")
            part = replace(self, file=file, file_no=next(numbers), sha256=digest, warnings=[])
            part._identified, part._further_sheets, part._copies = self._identified, [], []
            part._use_sheet(sheet)
            part.read_bytes = sheet.cells.nbytes
            parts.append(part)
        return parts

    def _prepare_workbook(self) -> None:
        book = read_workbook(self.table, self.read_path)
        self.warnings += book.warnings
        first, *others = book.sheets
        self._use_sheet(first)
        own = hashlib.sha256(content_digest_source(first)).hexdigest() if others else ""
        for sheet in others:
            digest = hashlib.sha256(content_digest_source(sheet)).hexdigest()
            self._further_sheets.append((sheet, self.sha256 if digest == own else digest))

    def _use_sheet(self, sheet: Sheet) -> None:
        self.sheet = sheet
        self.names, self.columns = sheet.names, sheet.columns
        self.units = sheet.cells.num_rows

    def clean_up(self) -> None:
        """Remove the temporary copies."""
        for path in self._copies:
            path.unlink(missing_ok=True)

    def _temp(self, purpose: str) -> Path:
        path = self.temp_dir / f"{self.file_no}.{purpose}"
        self._copies.append(path)
        return path

    def _refuse_archive(self) -> None:
        if self.file.member is not None:
            raise FileRefused("an archive inside an archive; unpack the outer one here")
        members_of(self.file.path)
        raise FileRefused("the archive holds no file")

    def _check_signature(self) -> None:
        with open(self._content, "rb") as file:
            head = file.read(probe.HEAD_BYTES)
        seems = probe.looks_like(head)
        expected = {
            "parquet": ("a Parquet file",),
            "xlsx": ("an Excel workbook (.xlsx) or zip archive",),
        }.get(self.file.format, ("gzip-compressed",) if self.file.gzipped else (None,))
        if seems not in expected:
            ending = self.file.name.rpartition(".")[2]
            what = f"seems to be {seems}" if seems else f"is not what .{ending} says"
            wanted = "CSV" if self.file.format == "csv" else self.file.format
            raise FileRefused(f"the content {what}; export it as {wanted} or name it rightly")

    def _prepare_text(self) -> None:
        facts = self._plain_facts()
        if facts.lines == 0:
            raise FileRefused("the file is empty (0 bytes uncompressed); export it again")
        mark = probe.byte_order_mark(facts.head)
        utf16 = mark if mark == "utf-16" else None
        if mark is None and facts.has_control:
            utf16 = probe.unmarked_utf16(facts.head)
        if utf16 is not None:
            facts = self._rewritten(facts, "utf8", probe.transcode, utf16)
        if facts.newline == "cr":
            facts = self._rewritten(facts, "lf", probe.carriage_returns_to_newlines)
        if not facts.is_utf8 and mark is None:
            self.encoding = probe.likely_encoding(self.read_path)
        self._use_plain_name()
        self.units = facts.lines
        is_plain = facts.is_utf8 and not facts.has_control and facts.newline != "mixed"
        delimiters = 0
        if self.file.format == "jsonl":
            probe.refuse_json_document(facts.head.decode(self.encoding, "replace"))
        if self.file.format == "csv":
            self._read_header(facts)
            delimiters = facts.delimiters[self.layout.delimiter]
            self.comma_count = facts.delimiters[","]
            is_plain = is_plain and not facts.has_spaced_quote
            is_plain = is_plain and self.header_lines == 1 and len(self.names) > 1
        self.text = TextFile(
            file_no=self.file_no,
            path=self.read_path,
            encoding=self.encoding,
            lines=self.units,
            delimiters=delimiters,
            header_lines=self.header_lines,
            is_plain=is_plain,
        )

    def _plain_facts(self) -> probe.TextFacts:
        if self._facts is not None:
            return self._facts
        self.read_path = self._temp("plain")
        probe.gunzip(self._content, self.read_path)
        facts = probe.text_facts(self.read_path)
        seems = probe.looks_like(facts.head)
        if seems:
            raise FileRefused(f"the compressed content seems to be {seems}; compress plain text")
        return facts

    def _rewritten(self, facts, purpose: str, rewrite, *arguments) -> probe.TextFacts:
        target = self._temp(purpose)
        rewrite(self.read_path, *arguments, target)
        self.read_path = target
        return probe.text_facts(target)

    def _use_plain_name(self) -> None:
        """Use a link for names that DuckDB reads as a pattern, `orders[1].csv`, or not as text."""
        name = os.fsencode(self.read_path).decode("utf-8", "replace")
        if any(character in name for character in HARD_CHARACTERS):
            link = self._temp("link")
            link.symlink_to(self.read_path)
            self.read_path = link

    def _read_header(self, facts: probe.TextFacts) -> None:
        """Find delimiter and columns in the first line that is not blank."""
        head = facts.head.decode(self.encoding, "replace").removeprefix("\ufeff")
        lines = list(io.StringIO(head, newline="\n"))
        first = next((index for index, line in enumerate(lines) if line.strip()), None)
        if first is None:
            raise FileRefused("there are only blank lines; the first line must be the header")
        where = f"line {first + 1}: "
        delimiter, self.names = choose_delimiter(self.table, lines[first], where)
        self.header_lines = first + 1
        self.columns = match_columns(self.table, self.names, where)
        self.layout = CsvLayout(delimiter, tuple(self.names), facts.newline)


def _version(path: Path) -> tuple[int, ...]:
    seen = os.stat(path)
    return seen.st_ino, seen.st_size, seen.st_mtime_ns, seen.st_ctime_ns
