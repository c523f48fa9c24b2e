"""Valid files spoiled at random: no line is lost, none counts twice, the whole ones land intact."""

import shutil
from dataclasses import dataclass
from pathlib import Path

import duckdb
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ingest import group, text_reader
from ingest.candidate import Candidate
from ingest.declarations import Table, load_sources
from ingest.discovery import FoundFile
from ingest.group import land_group
from ingest.raw_tables import LoadLog, create_raw_tables
from ingest.report import LandingReport, Progress, TableCounts
from ingest.run import Run

SCANS_HEADER = b"tracking_no,scanned_at,scan_code,city\n"
CODES = ("in_transit", '"a ""b"""', "a b")
CITIES = ("上海", "x, y", "")
SCANS = [
    f'T{n:02d},2024-01-05 08:00:{n:02d},{CODES[n % 3]},"{CITIES[n // 3 % 3]}"\n'.encode()
    for n in range(24)
]
REVIEWS_HEADER = b"review_id,platform,order_id,rating,created_at,text\n"
REVIEWS = [
    f'R{number},tmall,A,{number % 5 + 1},2024-01-05,"{text}"\n'.encode()
    for number, text in enumerate(["one", "two\nlines", 'say ""hi""', "a\n\nb", "", "好\n评"] * 4)
]

PIECES = [
    b'"',
    b"\n",
    b"\r",
    b"\r\n",
    b"\0",
    b"\xff",
    b"\xc4\xe3",
    b",",
    b"'",
    b'""',
    b" ",
    b"\n\n",
]
SPOILINGS = st.lists(
    st.tuples(
        st.sampled_from(["insert", "delete", "replace", "flip", "double a line", "cut"]),
        st.floats(0, 1, exclude_max=True),
        st.sampled_from(PIECES),
        st.integers(1, 12),
    ),
    min_size=1,
    max_size=6,
)


def spoiled(content: bytes, spoilings, start: int) -> bytes:
    """The content with changes after its first `start` bytes."""
    for kind, place, piece, length in spoilings:
        at = start + int(place * max(0, len(content) - start))
        before, after = content[:at], content[at:]
        if kind == "insert":
            content = before + piece + after
        elif kind == "delete":
            content = before + after[length:]
        elif kind == "replace":
            content = before + piece + after[len(piece) :]
        elif kind == "flip" and after:
            content = before + bytes([after[0] ^ (1 << length % 8)]) + after[1:]
        elif kind == "double a line":
            line = after.split(b"\n", 1)[0]
            content = before + line + b"\n" + after
        elif kind == "cut" and place > 0.5:
            content = before
    return content


@dataclass
class Bench:
    """One table of an in-memory warehouse, emptied before every file."""

    run: Run
    table: Table
    folder: Path

    def land(self, content: bytes) -> tuple[list[tuple], list[tuple], list[str], tuple]:
        """Rows and rejects with their line numbers, refusals, and counts of the log."""
        con = self.run.con
        for name in (self.table.raw_name, "rejected_rows", "load_log"):
            con.execute(f"delete from raw.{name}")
        self.run.log = LoadLog(con)
        self.run.report = LandingReport({self.table.raw_name: TableCounts()})
        path = self.folder / "file.csv"
        path.write_bytes(content)
        found = FoundFile(path, "file.csv", "csv", False)
        candidate = Candidate(found, self.table, 0, self.run.temp_dir)
        candidate.identify()
        try:
            candidate.prepare()
        except Exception as refusal:
            assert type(refusal).__name__ == "FileRefused" and str(refusal)
            return [], [], [str(refusal)], (0, 0, 0)
        land_group(self.run, self.table, [candidate])
        names = ", ".join(column.name for column in self.table.columns)
        rows = con.execute(
            f"select _source_row, {names} from raw.{self.table.raw_name} order by 1"
        ).fetchall()
        rejects = con.execute(
            "select line_number, reason, line from raw.rejected_rows order by 1"
        ).fetchall()
        counts = con.execute(
            "select rows_read, rows_landed, rows_rejected from raw.load_log"
        ).fetchone()
        return rows, rejects, self.run.report.refusals, counts


def bench_of(source: str, name: str, folder: Path) -> Bench:
    table = next(table for table in load_sources([source])[0].tables if table.name == name)
    con = duckdb.connect()
    con.execute("set TimeZone = 'UTC'")
    create_raw_tables(con, [table])
    temp_dir = folder / "temp"
    temp_dir.mkdir()
    run = Run(con, temp_dir, LoadLog(con), LandingReport(), Progress(0))
    return Bench(run, table, folder)


@pytest.fixture(scope="module")
def scans(tmp_path_factory) -> Bench:
    return bench_of("wms", "parcel_scans", tmp_path_factory.mktemp("scans"))


@pytest.fixture(scope="module")
def reviews(tmp_path_factory) -> Bench:
    return bench_of("helpdesk", "reviews", tmp_path_factory.mktemp("reviews"))


@pytest.fixture(autouse=True)
def any_share_of_rejects_is_allowed(monkeypatch):
    monkeypatch.setattr(group, "tolerated_rejects", lambda limit, rows_read: rows_read)


def lines_of(content: bytes) -> dict[int, bytes]:
    """The lines that are not blank, by their number, without their ends."""
    ends = b"\n" if b"\n" in content else b"\r"
    lines = content.split(ends)
    return {
        number: line.removesuffix(b"\r")
        for number, line in enumerate(lines, start=1)
        if line.decode("utf-8", "replace").strip()
    }


FUZZ = settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
    derandomize=True,
)


@pytest.fixture(scope="module")
def intact_scans(scans) -> dict[str, tuple]:
    """What the scans land as when nothing is spoiled, by tracking number."""
    rows = scans.land(SCANS_HEADER + b"".join(SCANS))[0]
    assert len(rows) == len(SCANS)
    return {row[1]: row[1:] for row in rows}


@FUZZ
@given(spoilings=SPOILINGS)
def test_every_line_lands_or_is_rejected_once(scans, intact_scans, spoilings):
    content = spoiled(SCANS_HEADER + b"".join(SCANS), spoilings, len(SCANS_HEADER))
    rows, rejects, refusals, counts = scans.land(content)
    assert refusals == []
    lines = lines_of(content)
    del lines[1]
    landed = [row[0] for row in rows]
    rejected = [row[0] for row in rejects]
    assert sorted(landed + rejected) == sorted(lines)
    assert counts == (len(lines), len(landed), len(rejected))
    by_line = {row[0]: row[1:] for row in rows}
    for number, line in lines.items():
        if line + b"\n" in SCANS:
            assert by_line[number] == intact_scans[line[:3].decode()]
    for number, reason, text in rejects:
        assert reason
        assert text == lines_text(lines[number])


def lines_text(line: bytes) -> str:
    return line.decode("utf-8", "backslashreplace").replace("\0", "\\x00").rstrip("\r\n")


@FUZZ
@given(spoilings=SPOILINGS)
def test_a_spoiled_header_loses_no_line(scans, spoilings):
    content = spoiled(SCANS_HEADER + b"".join(SCANS), spoilings, 0)
    rows, rejects, refusals, counts = scans.land(content)
    assert not any("please report" in refusal for refusal in refusals)
    if not refusals:
        lines = lines_of(content)
        del lines[min(lines)]
        assert sorted(row[0] for row in (*rows, *rejects)) == sorted(lines)
        assert counts == (len(lines), len(rows), len(rejects))


@FUZZ
@given(spoilings=SPOILINGS)
def test_multi_line_records_start_once_and_add_up(reviews, spoilings):
    content = spoiled(REVIEWS_HEADER + b"".join(REVIEWS), spoilings, len(REVIEWS_HEADER))
    rows, rejects, refusals, counts = reviews.land(content)
    # The verdict compares the lines of what was read with the bytes; it found no difference.
    assert refusals == []
    starts = [row[0] for row in (*rows, *rejects)]
    assert len(set(starts)) == len(starts)
    assert set(starts) <= set(lines_of(content)) - {1}
    assert counts == (len(starts), len(rows), len(rejects))


@FUZZ
@given(spoilings=SPOILINGS)
@pytest.mark.parametrize("kind", ["scans", "reviews"])
def test_the_fast_reader_agrees_with_the_careful_one(request, kind, spoilings):
    bench = request.getfixturevalue(kind)
    header, lines = {"scans": (SCANS_HEADER, SCANS), "reviews": (REVIEWS_HEADER, REVIEWS)}[kind]
    content = spoiled(header + b"".join(lines), spoilings, len(header))
    usual = bench.land(content)
    fast = text_reader.read_fast
    text_reader.read_fast = lambda *arguments: set()
    try:
        assert bench.land(content) == usual
    finally:
        text_reader.read_fast = fast
    shutil.rmtree(bench.run.temp_dir)
    bench.run.temp_dir.mkdir()
