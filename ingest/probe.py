"""Facts of a file from its bytes: checksum, encoding, line ends, physical lines.

The line count comes from the bytes alone; landing compares it with the readers' result, so
a line lost by a reader is noticed.
"""

import codecs
import gzip
import hashlib
import json
import re
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from ingest.errors import FileRefused

DELIMITERS = (",", ";", "\t", "|")
CHUNK_BYTES = 1 << 20
HEAD_BYTES = 1 << 16
TAIL_BYTES = 100
LEAST_SYLLABLES = 12
SPACED_QUOTE = re.compile(rb'" +([,;\t|\r\n]|$)')

# First bytes of file types that people save under the wrong name.
SIGNATURES = (
    (b"PK\x03\x04", "an Excel workbook (.xlsx) or zip archive"),
    (b"PK\x05\x06", "an empty zip archive"),
    (b"\xd0\xcf\x11\xe0", "an old (.xls) or password-protected Excel workbook"),
    (b"PAR1", "a Parquet file"),
    (b"\x1f\x8b", "gzip-compressed"),
    (b"%PDF", "a PDF document"),
    (b"\x89PNG", "a PNG picture"),
    (b"\xff\xd8\xff", "a JPEG picture"),
    (b"GIF8", "a GIF picture"),
    (b"Rar!", "a RAR archive"),
    (b"7z\xbc\xaf", "a 7-Zip archive"),
    (b"SQLite format 3", "an SQLite database"),
)
HTML_STARTS = (b"<!doctype html", b"<html", b"<table", b"<?xml")
BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


@dataclass(frozen=True)
class TextFacts:
    """Facts of a text's bytes. `newline`: lf, crlf, cr, mixed or none; `lines` ends at LF only.

    `delimiters` counts each of DELIMITERS, inside quotes and out. `has_control`: NUL, which DuckDB
    reads as a letter, or 0x01, at which it splits JSON lines. `has_spaced_quote`: a blank may be
    between a closing quote and the delimiter, which DuckDB accepts.
    """

    lines: int
    delimiters: dict[str, int]
    newline: str
    has_control: bool
    has_spaced_quote: bool
    is_utf8: bool
    head: bytes


def sha256_of(path: Path) -> str:
    """The SHA-256 of a file's bytes, in hex."""
    digest = hashlib.sha256()
    for chunk in chunks_of(path):
        digest.update(chunk)
    return digest.hexdigest()


def chunks_of(path: Path) -> Iterator[bytes]:
    """The bytes of a file in pieces of at most CHUNK_BYTES."""
    with open(path, "rb") as file:
        while chunk := file.read(CHUNK_BYTES):
            yield chunk


def looks_like(head: bytes) -> str | None:
    """The file type by its first bytes, if it is not plain text."""
    for start, name in SIGNATURES:
        if head.startswith(start):
            return name
    if head.removeprefix(codecs.BOM_UTF8).lstrip().lower().startswith(HTML_STARTS):
        return "an HTML or XML page"
    return None


def byte_order_mark(head: bytes) -> str | None:
    """The encoding that a byte order mark announces."""
    return next((name for mark, name in BYTE_ORDER_MARKS if head.startswith(mark)), None)


def unmarked_utf16(head: bytes) -> str | None:
    """UTF-16 without a byte order mark: NULs in every second place, from its ASCII characters."""
    first, second = head[0::2].count(0), head[1::2].count(0)
    zeros, others = max(first, second), min(first, second)
    if zeros * 20 < len(head) // 2 or others * 20 > zeros:
        return None
    encoding = "utf-16-le" if second > first else "utf-16-be"
    try:
        codecs.getincrementaldecoder(encoding)().decode(head)
    except UnicodeDecodeError:
        return None
    return encoding


def gunzip(path: Path, target: Path) -> None:
    """Decompress `path` to `target`; raises FileRefused when it is truncated or damaged."""
    try:
        with gzip.open(path, "rb") as source, open(target, "wb") as plain:
            while chunk := source.read(CHUNK_BYTES):
                plain.write(chunk)
    except EOFError as error:
        raise FileRefused(
            "the gzip data ends too early, the file is cut short; copy it again"
        ) from error
    except (gzip.BadGzipFile, zlib.error) as error:
        raise FileRefused(f"the gzip data is damaged ({error}); copy it again") from error


def transcode(path: Path, encoding: str, target: Path) -> None:
    """Write the text of `path` to `target` in UTF-8; raises FileRefused when it does not decode."""
    decoder = codecs.getincrementaldecoder(encoding)()
    position = 0
    with open(target, "wb") as plain:
        for chunk in (*chunks_of(path), b""):
            try:
                text = decoder.decode(chunk, final=not chunk)
            except UnicodeDecodeError as error:
                raise FileRefused(
                    f"not valid {encoding.upper()} near byte {position + error.start};"
                    " save it as UTF-8"
                ) from error
            plain.write(text.encode("utf-8"))
            position += len(chunk)


def carriage_returns_to_newlines(path: Path, target: Path) -> None:
    """Write `path` to `target` with every lone carriage return as a newline."""
    with open(target, "wb") as plain:
        for chunk in chunks_of(path):
            plain.write(chunk.replace(b"\r", b"\n"))


def refuse_json_document(head: str) -> None:
    """Raise FileRefused when a text is one JSON document instead of a record on every line."""
    first, *others = head.removeprefix("\ufeff").strip().splitlines() or [""]
    if first.strip() not in ("[", "{") and (
        not first.startswith("[") or any(map(_is_json_object, others))
    ):
        return
    document = "an array" if first.startswith("[") else "an object over several lines"
    raise FileRefused(
        f"the file is one JSON document ({document}); write JSON lines: each record whole, on a"
        " line of its own, without brackets and commas around it"
    )


def _is_json_object(line: str) -> bool:
    try:
        return isinstance(json.loads(line), dict)
    except ValueError:
        return False


def text_facts(path: Path, digest=None) -> TextFacts:
    """Scan a text file once, in bounded memory; `digest` (hashlib) takes the bytes along."""
    return facts_of(chunks_of(path), digest)


def facts_of(chunks: Iterable[bytes], digest=None) -> TextFacts:
    """The facts of a text that comes in pieces."""
    newlines = returns = pairs = 0
    has_control = has_spaced_quote = False
    is_utf8 = True
    decoder = codecs.getincrementaldecoder("utf-8")()
    head = last = b""
    delimiters = dict.fromkeys(DELIMITERS, 0)
    for chunk in chunks:
        if digest is not None:
            digest.update(chunk)
        head = head or chunk[:HEAD_BYTES]
        newlines += chunk.count(b"\n")
        for delimiter in DELIMITERS:
            delimiters[delimiter] += chunk.count(delimiter.encode())
        if b"\r" in chunk:
            returns += chunk.count(b"\r")
            pairs += chunk.count(b"\r\n")
        if last.endswith(b"\r") and chunk.startswith(b"\n"):
            pairs += 1
        has_control = has_control or b"\0" in chunk or b"\x01" in chunk
        if b'" ' in chunk or last.endswith((b'"', b" ")):
            joined = last + chunk
            has_spaced_quote = has_spaced_quote or SPACED_QUOTE.search(joined) is not None
        if is_utf8:
            try:
                decoder.decode(chunk)
            except UnicodeDecodeError:
                is_utf8 = False
        last = (last + chunk)[-TAIL_BYTES:]
    if is_utf8:
        try:
            decoder.decode(b"", final=True)
        except UnicodeDecodeError:
            is_utf8 = False
    lines = newlines + (last != b"" and not last.endswith(b"\n"))
    newline = _newline(newlines, returns, pairs)
    return TextFacts(lines, delimiters, newline, has_control, has_spaced_quote, is_utf8, head)


def _newline(newlines: int, returns: int, pairs: int) -> str:
    if not newlines and not returns:
        return "none"
    if not newlines:
        return "cr"
    if not returns:
        return "lf"
    return "crlf" if newlines == returns == pairs else "mixed"


def likely_encoding(path: Path) -> str:
    """`gb18030` when the bytes, which are not valid UTF-8, are clearly Chinese in GB 18030.

    Clearly: UTF-8 has more errors than characters beyond ASCII, GB 18030 has fewer errors, and
    most of its characters are the common ones of GB 2312. The last rule keeps Latin-1 from
    being read as rare Chinese characters.
    """
    as_utf8 = _Decoding("utf-8")
    as_gb18030 = _Decoding("gb18030")
    for chunk in chunks_of(path):
        as_utf8.add(chunk)
        as_gb18030.add(chunk)
    as_utf8.add(b"", final=True)
    as_gb18030.add(b"", final=True)
    if _is_korean(path):
        raise FileRefused("the text is Korean, in EUC-KR or CP949; save it as UTF-8")
    is_chinese = (
        as_utf8.failures > as_utf8.beyond_ascii
        and as_gb18030.failures < as_utf8.failures
        and as_gb18030.failures * 10 <= as_gb18030.beyond_ascii
        and as_gb18030.common_chinese * 3 >= as_gb18030.beyond_ascii * 2
    )
    return "gb18030" if is_chinese else "utf-8"


def _is_korean(path: Path) -> bool:
    """Whether the bytes are Hangul in EUC-KR: in GB 18030 these are characters as common as others.

    Hangul falls into the first half of the characters of GB 2312, which are sorted by sound. In a
    Chinese text every second character is in the other half; of twelve distinct ones some are.
    """
    decoder = codecs.getincrementaldecoder("euc_kr")("replace")
    syllables: set[str] = set()
    hangul = others = 0
    for chunk in (*chunks_of(path), b""):
        text = decoder.decode(chunk, final=not chunk)
        if not text.isascii():
            found = [character for character in text if "\uac00" <= character <= "\ud7a3"]
            syllables.update(found)
            hangul += len(found)
            others += sum(1 for character in text if character > "\u007f") - len(found)
    return len(syllables) >= LEAST_SYLLABLES and others * 20 <= hangul


class _Decoding:
    """Counts of errors and characters of bytes in an encoding."""

    def __init__(self, encoding: str) -> None:
        self._decoder = codecs.getincrementaldecoder(encoding)("replace")
        self.failures = self.beyond_ascii = self.common_chinese = 0

    def add(self, chunk: bytes, final: bool = False) -> None:
        text = self._decoder.decode(chunk, final)
        if text.isascii():
            return
        failures = text.count("\ufffd")
        # Four-byte characters (emoji, rare names) are no evidence either way.
        beyond_ascii = sum(1 for character in text if "\x7f" < character < "\U00010000")
        self.failures += failures
        self.beyond_ascii += beyond_ascii - failures
        ascii_bytes = sum(1 for character in text if character <= "\x7f")
        self.common_chinese += (len(text.encode("gb2312", "ignore")) - ascii_bytes) // 2
