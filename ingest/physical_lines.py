"""Lines of a text file one by one, and CSV records despite bad lines among them.

The careful reader: slower than DuckDB's, but a bad line costs only that line.
"""

import codecs
import csv
import io
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

MAX_LINE_BYTES = 2_000_000
LOOK_AHEAD_LINES = 1000
# A blank before an opening quote is skipped, as DuckDB does; one after a closing quote is not.
DIALECT = {"strict": True, "skipinitialspace": True}

csv.field_size_limit(MAX_LINE_BYTES * LOOK_AHEAD_LINES)


@dataclass(frozen=True)
class Line:
    """A physical line with its end; `text` is None when `problem` says why it is unreadable."""

    number: int
    text: str | None
    problem: str | None = None


@dataclass(frozen=True)
class Record:
    """A record from `line` on, `line_count` lines long: its values, or what is wrong with it."""

    line: int
    line_count: int
    values: list[str] | None
    problem: str | None = None
    column: int | None = None


class _LookAheadExceeded(Exception):
    pass


class _UnreadableLine(Exception):
    pass


def raw_lines(path: Path) -> Iterator[tuple[int, bytes]]:
    """Number (from 1) and bytes of every line; a longer one is cut one byte after MAX_LINE_BYTES.

    Lines end at LF. Memory is bounded for any file.
    """
    with open(path, "rb", buffering=io.DEFAULT_BUFFER_SIZE * 16) as file:
        number = 0
        while line := file.readline(MAX_LINE_BYTES + 1):
            number += 1
            rest = line
            while len(rest) > MAX_LINE_BYTES and not rest.endswith(b"\n"):
                rest = file.readline(MAX_LINE_BYTES + 1)
            yield number, line


def decoded_lines(path: Path, encoding: str) -> Iterator[Line]:
    """Every line as text; a line that cannot be read as text carries a problem instead."""
    number = 0
    try:
        for number, raw in raw_lines(path):
            yield _decoded(number, raw, encoding)
    except OSError as error:
        yield Line(number + 1, None, f"cannot be read: {error.strerror}")


def _decoded(number: int, raw: bytes, encoding: str) -> Line:
    if number == 1:
        raw = raw.removeprefix(codecs.BOM_UTF8)
    if len(raw) > MAX_LINE_BYTES:
        return Line(number, None, f"longer than {MAX_LINE_BYTES:,} bytes")
    if b"\0" in raw:
        return Line(number, None, f"holds a NUL byte at byte {raw.index(0) + 1}")
    if encoding == "gb18030" and _is_utf8_among_gb18030(raw):
        return Line(number, None, "is UTF-8 in a file of GB 18030; save it all in one encoding")
    try:
        return Line(number, raw.decode(encoding))
    except UnicodeDecodeError as error:
        place = f"byte {error.start + 1} (0x{raw[error.start]:02x})"
        return Line(number, None, f"{place} is not valid {encoding}")


def _is_utf8_among_gb18030(raw: bytes) -> bool:
    """Whether a line is Chinese in UTF-8, and rare or invalid characters in GB 18030."""
    if raw.isascii():
        return False
    try:
        if max(raw.decode("utf-8")) < "\u2e80":
            return False
        raw.decode("gb18030").encode("gb2312")
    except UnicodeDecodeError as error:
        return error.encoding != "utf-8"
    except UnicodeEncodeError:
        return True
    return False


def line_texts(
    path: Path, encoding: str, spans: Iterable[tuple[int, int]]
) -> Iterator[tuple[int, str]]:
    """First line and text, without the last line end, of ascending spans (first line, count).

    Bytes that are not text show as \\x00 escapes; very long lines come cut.
    """
    remaining = iter(spans)
    span = next(remaining, None)
    texts = []
    for number, raw in raw_lines(path):
        if span is None:
            return
        first, count = span
        if number >= first:
            text = raw.rstrip(b"\r\n").decode(encoding, "backslashreplace")
            texts.append(text.replace("\0", "\\x00"))
        if number == first + count - 1:
            yield first, "\n".join(texts)
            texts = []
            span = next(remaining, None)


class CsvRecords:
    """Records of a delimited file after its header.

    When a record does not parse or its columns do not fit, only its first line is rejected and
    reading goes on with the next one, so an unclosed quote costs one line. A line break
    in a column outside `multi_line` counts as such a quote. `blank_lines` is complete at the end.
    """

    def __init__(
        self,
        lines: Iterator[Line],
        delimiter: str,
        names: Sequence[str],
        multi_line: set[int],
        header_lines: int,
    ) -> None:
        self.blank_lines = 0
        self._lines = lines
        self._delimiter = delimiter
        self._names = names
        self._multi_line = multi_line
        self._header_lines = header_lines
        self._pushed_back: deque[Line] = deque()
        self._taken: list[Line] = []

    def __iter__(self) -> Iterator[Record]:
        for _ in range(self._header_lines):
            next(self._lines)
        while True:
            reader = csv.reader(self._feed(), delimiter=self._delimiter, **DIALECT)
            try:
                for values in reader:
                    record = self._record(values)
                    if record is not None:
                        yield record
                        if record.problem is not None:
                            break
                    self._taken.clear()
                else:
                    return
            except csv.Error as error:
                yield self._give_up(_explained(str(error)))
            except _LookAheadExceeded:
                yield self._give_up(f"no end of the quoted value within {LOOK_AHEAD_LINES} lines")
            except _UnreadableLine:
                yield self._give_up(
                    self._taken[0].problem
                    or f"a quote is not closed before line {self._taken[-1].number}, which "
                    + str(self._taken[-1].problem)
                )

    def _feed(self) -> Iterator[str]:
        while True:
            if len(self._taken) >= LOOK_AHEAD_LINES:
                raise _LookAheadExceeded
            line = self._pushed_back.popleft() if self._pushed_back else next(self._lines, None)
            if line is None:
                return
            self._taken.append(line)
            if line.text is None:
                raise _UnreadableLine
            yield line.text

    def _record(self, values: list[str]) -> Record | None:
        """The record of the taken lines; None for a blank line."""
        taken = self._taken
        if len(values) != len(self._names):
            if len(taken) == 1 and not taken[0].text.strip():
                self.blank_lines += 1
                return None
            return self._give_up(f"{len(values)} columns instead of {len(self._names)}")
        if len(taken) > 1:
            for index, text in enumerate(values):
                if "\n" in text and index not in self._multi_line:
                    return self._give_up(
                        f"a line break inside {self._names[index]!r}: a quote is not closed, or"
                        " the column is to be declared with multi_line: true",
                        index,
                    )
        return Record(taken[0].number, len(taken), values)

    def _give_up(self, problem: str, column: int | None = None) -> Record:
        """Reject the first taken line; the others are read again."""
        first, *others = self._taken
        self._taken = []
        self._pushed_back.extendleft(reversed(others))
        return Record(first.number, 1, None, problem, column)


def _explained(error: str) -> str:
    if error == "unexpected end of data":
        return "a quote is not closed"
    if "expected after" in error:
        return "text after a closing quote, or a quote that is not closed"
    if error.startswith("new-line character"):
        return "a carriage return outside quotes"
    return error
