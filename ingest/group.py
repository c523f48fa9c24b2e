"""A group of files of one table: read into scratch, checked per file, committed together."""

from dataclasses import dataclass
from datetime import datetime

import pyarrow as pa

from ingest.candidate import Candidate
from ingest.conversion import plain_columns, quoted, typed_select
from ingest.declarations import Table
from ingest.errors import FileRefused
from ingest.exports.landing import judge, shape_and_count, statement_of
from ingest.named_values import meanings_in
from ingest.number_signs import number_signs
from ingest.raw_tables import LANDED, columns_of, log_entry
from ingest.rejected_lines import collect_rejected_lines
from ingest.rounded_ids import reject_rounded_ids
from ingest.run import Run, record_duplicate, refuse, utc_now, warn
from ingest.same_keys import WHAT_TO_SEND, find_same_keys
from ingest.table_reader import read_json_files, read_parquet_file
from ingest.text_reader import CsvLayout, read_csv_files
from ingest.workbook import append_sheet
from ingest.working_file import IN_MEMORY_BYTES, scratch

SHOWN_PROBLEMS = 3


@dataclass
class Reading:
    """One file's outcome: blank units, rows read and rejected, units of all rows, rows that
    contradict another of their key; or a refusal."""

    blanks: int = 0
    rows_read: int = 0
    rows_rejected: int = 0
    units: int = 0
    rows_same_key: int = 0
    refusal: str | None = None

    @property
    def rows_landed(self) -> int:
        """Rows that fit."""
        return self.rows_read - self.rows_rejected


def land_group(run: Run, table: Table, candidates: list[Candidate]) -> None:
    """Land those candidates that can land, in one transaction; account for the others."""
    started_at = utc_now()
    originals: dict[str, Candidate] = {}
    twins = []
    for candidate in candidates:
        if originals.setdefault(candidate.sha256, candidate) is not candidate:
            twins.append(candidate)
    read_bytes = sum(candidate.read_bytes for candidate in originals.values())
    if read_bytes > IN_MEMORY_BYTES:
        names = ", ".join(candidate.file.name for candidate in originals.values())
        run.progress.say(f"landing {table.raw_name}: reading {names}, {read_bytes >> 20:,} MiB")
    with scratch(run.con, run.temp_dir, read_bytes):
        readings = _land(run, table, list(originals.values()), started_at)
    for candidate in twins:
        original = originals[candidate.sha256]
        reading = readings[original.file_no]
        if reading.refusal is None:
            name = original.file.name
            record_duplicate(run, candidate, name, reading.rows_read, started_at)
        else:
            refuse(run, candidate, reading.refusal, started_at)
    for candidate in candidates:
        candidate.clean_up()


def _land(
    run: Run, table: Table, candidates: list[Candidate], started_at: datetime
) -> dict[int, Reading]:
    """Read, judge and commit files of different content; the readings by file number."""
    readings = _read(run, table, candidates)
    same_keys = _judge_same_keys(run, table, candidates, readings)
    landing = []
    for candidate in candidates:
        reading = readings[candidate.file_no]
        reading.refusal = reading.refusal or _verdict(run, table, candidate, reading)
        if reading.refusal is None:
            landing.append(candidate)
    spoiled = [one for one in landing if readings[one.file_no].rows_rejected > 0]
    collect_rejected_lines(run, table, spoiled)
    for candidate in candidates:
        reading = readings[candidate.file_no]
        # The file was last read for its rejected lines.
        reading.refusal = reading.refusal or _change(candidate)
        if reading.refusal is not None:
            counts = (reading.rows_read, reading.rows_rejected)
            refuse(run, candidate, reading.refusal, started_at, *counts)
    landing = [one for one in landing if readings[one.file_no].refusal is None]
    for candidate in landing:
        if candidate.file_no in same_keys:
            warn(run, f"{candidate.file.name}: {same_keys[candidate.file_no]}")
    if landing:
        _commit(run, table, landing, readings, started_at)
    return readings


def _read(run: Run, table: Table, candidates: list[Candidate]) -> dict[int, Reading]:
    """Fill scratch.texts and scratch.typed; the readings by file number."""
    # An export's rows are made of other columns than they have, and few of many are in a file.
    read_table = candidates[0].table
    held = {name for candidate in candidates for name in candidate.columns}
    listed = "".join(
        f", {quoted(column.name)} varchar"
        for column in read_table.columns
        if column.name in held or not table.by_layout
    )
    run.con.execute(f"""
        create or replace table scratch.texts (
            _file_no integer, _line_number bigint, _line_count integer, _problem varchar,
            _problem_column varchar{listed}
        )
    """)
    readings = {candidate.file_no: Reading() for candidate in candidates}
    by_layout: dict[CsvLayout, list[Candidate]] = {}
    for candidate in candidates:
        if candidate.layout is not None:
            by_layout.setdefault(candidate.layout, []).append(candidate)
    for layout, members in by_layout.items():
        files = [member.text for member in members]
        blanks = read_csv_files(run.con, read_table, layout, members[0].columns, files)
        for file_no, count in blanks.items():
            readings[file_no].blanks = count
    json_files = [member.text for member in candidates if member.file.format == "jsonl"]
    if json_files:
        json_reading = read_json_files(run.con, table, json_files)
        for file_no, count in json_reading.blank_lines.items():
            readings[file_no].blanks = count
        for file_no, message in json_reading.refused.items():
            readings[file_no].refusal = message
    for candidate in candidates:
        if not candidate.is_text and candidate.text is None:
            _read_table_file(run, candidate, readings[candidate.file_no])
    if table.by_layout:
        for file_no, rows in shape_and_count(run, table, candidates).items():
            readings[file_no].blanks += rows
    _convert(run, table, candidates)
    if table.by_layout:
        for file_no, message in judge(run, candidates).items():
            readings[file_no].refusal = message
    for file_no, *counts in run.con.execute("""
        select _file_no, count(*), count(_problem), sum(_line_count)
        from scratch.typed group by all
    """).fetchall():
        reading = readings[file_no]
        reading.rows_read, reading.rows_rejected, reading.units = counts
    return readings


def _convert(run: Run, table: Table, candidates: list[Candidate]) -> None:
    """Make scratch.typed from scratch.texts, and check what only many rows together show."""
    signs = number_signs(run.con, table, candidates)
    meanings = meanings_in(run.con, table, "scratch.texts")
    plain = plain_columns(run.con, table, "scratch.texts", signs)
    typed = typed_select(table, "scratch.texts", signs, meanings, plain)
    run.con.execute(f"create or replace table scratch.typed as {typed}")
    names = {candidate.file_no: candidate.file.name for candidate in candidates}
    for warning in reject_rounded_ids(run.con, table, names):
        warn(run, warning)
    for candidate in candidates:
        if candidate.title:
            run.con.execute(
                "update scratch.typed set _problem = $sheet || _problem"
                " where _file_no = $number and _problem is not null",
                {"sheet": f"sheet {candidate.title}, ", "number": candidate.file_no},
            )


def _read_table_file(run: Run, candidate: Candidate, reading: Reading) -> None:
    try:
        if candidate.sheet is not None:
            reading.blanks = append_sheet(
                run.con, candidate.table, candidate.file_no, candidate.sheet
            )
        else:
            read_parquet_file(
                run.con,
                candidate.table,
                candidate.names,
                candidate.columns,
                candidate.file_no,
                candidate.read_path,
            )
    except FileRefused as refusal:
        reading.refusal = str(refusal)


def _verdict(run: Run, table: Table, candidate: Candidate, reading: Reading) -> str | None:
    """Why a file that was read must not land, or None."""
    change = _change(candidate)
    if change is not None:
        return change
    if candidate.header_lines + reading.blanks + reading.units != candidate.units:
        return (
            f"{candidate.units} lines in the file, but {candidate.header_lines} of the header,"
            f" {reading.blanks} blank and {reading.units} of records were read;"
            " the disk may be at fault, otherwise please report this"
        )
    if reading.rows_rejected <= tolerated_rejects(table.reject_limit, reading.rows_read):
        return None
    problems = run.con.execute(
        """
        select _line_number, _problem from scratch.typed
        where _file_no = ? and _problem is not null order by _line_number limit ?
        """,
        [candidate.file_no, SHOWN_PROBLEMS],
    ).fetchall()
    shown = "; ".join(f"line {number}: {problem}" for number, problem in problems)
    return (
        f"{reading.rows_rejected:,} of {reading.rows_read:,} rows do not fit, above the limit of"
        f" {table.reject_limit * 100:g} % ({table.declared_in}, reject_limit). First: {shown}"
    )


def _judge_same_keys(
    run: Run, table: Table, candidates: list[Candidate], readings: dict[int, Reading]
) -> dict[int, str]:
    """Count rows of one key that contradict each other; the messages by file number."""
    if table.by_layout:
        # A later download of the same days holds the same orders again, as they are by then.
        return {}
    deliveries = {
        candidate.file_no: run.delivery_of(candidate.file.name) for candidate in candidates
    }
    names = {candidate.file_no: candidate.file.name for candidate in candidates}
    messages = {}
    for file_no, found in find_same_keys(run.con, table, deliveries).items():
        reading = readings[file_no]
        reading.rows_same_key = found.rows
        elsewhere = "" if found.other_file_no == file_no else f" of {names[found.other_file_no]}"
        message = (
            f"{found.rows:,} of {reading.rows_read:,} rows contradict another row of their key,"
            f" and nothing says which is later: line {found.line} and line"
            f" {found.other_line}{elsewhere} ({found.key}) differ in {found.differing}"
        )
        messages[file_no] = f"{message}; the last one counts. {WHAT_TO_SEND}"
        is_in_one_file = found.other_file_no == file_no
        if is_in_one_file and found.rows > tolerated_rejects(
            table.same_key_limit, reading.rows_read
        ):
            reading.refusal = reading.refusal or (
                f"{message}. That is above the limit of {table.same_key_limit * 100:g} %"
                f" ({table.declared_in}, same_key_limit). {WHAT_TO_SEND}"
            )
    return messages


def _change(candidate: Candidate) -> str | None:
    """How a file has changed since its checksum was computed, or None."""
    try:
        if candidate.is_as_identified():
            return None
    except FileNotFoundError:
        return "it was removed while it was read"
    return "it changed while it was read; the next run tries again"


def tolerated_rejects(limit: float, rows_read: int) -> int:
    """How many rejected rows a file may have.

    One bad row never stops a file of two rows or more, unless the limit is zero; a file with
    nothing but bad rows never lands.
    """
    if limit <= 0:
        return 0
    # 0.29 * 100 is a little less than 29.
    share = int(limit * rows_read + 1e-9)
    return min(max(1, share), max(0, rows_read - 1))


def _commit(
    run: Run,
    table: Table,
    candidates: list[Candidate],
    readings: dict[int, Reading],
    started_at: datetime,
) -> None:
    loaded_at = utc_now()
    batch_ids = run.log.next_batch_ids(len(candidates))
    run.con.register(
        "batches",
        pa.table(
            {
                "_file_no": [candidate.file_no for candidate in candidates],
                "_batch_id": list(batch_ids),
                "_source_file": [candidate.file.name for candidate in candidates],
                "_loaded_at": [loaded_at] * len(candidates),
                "_delivery": [run.delivery_of(candidate.file.name) for candidate in candidates],
            }
        ),
    )
    entries = [
        log_entry(
            table,
            candidate.file.name,
            LANDED,
            started_at,
            _batch_id=batch_id,
            file_sha256=candidate.sha256,
            file_bytes=candidate.size,
            file_modified_ns=candidate.modified_ns,
            rows_read=readings[candidate.file_no].rows_read,
            rows_landed=readings[candidate.file_no].rows_landed,
            rows_rejected=readings[candidate.file_no].rows_rejected,
            rows_same_key=readings[candidate.file_no].rows_same_key,
            message=f"sheet {candidate.sheet.title}" if candidate.title else None,
            finished_at=utc_now(),
            loaded_at=loaded_at,
            **(statement_of(candidate) if table.by_layout else {}),
        )
        for candidate, batch_id in zip(candidates, batch_ids, strict=True)
    ]
    run.con.execute("begin")
    try:
        _insert(run, table, len(candidates), entries)
        run.log.record(entries)
        run.con.execute("commit")
    except BaseException:
        run.con.execute("rollback")
        raise
    run.con.unregister("batches")
    run.log.remember(entries)
    counts = run.report.tables[table.raw_name]
    counts.landed_files += len(entries)
    counts.rows_read += sum(entry["rows_read"] for entry in entries)
    counts.rows_landed += sum(entry["rows_landed"] for entry in entries)
    counts.rows_rejected += sum(entry["rows_rejected"] for entry in entries)
    rows = sum(entry["rows_read"] for entry in entries)
    run.progress.advance(files=len(entries), rows=rows, table=table.raw_name)


def _insert(run: Run, table: Table, file_count: int, entries: list[dict]) -> None:
    """Insert good and rejected rows; raises when the counts differ from the log's."""
    typed = ", ".join(quoted(name) for name in columns_of(table) if name != "_source_row")
    (landed,) = run.con.execute(f"""
        insert into raw.{quoted(table.raw_name)} by name
        select {typed}, _line_number as _source_row
        from scratch.typed join batches using (_file_no)
        where _problem is null
        {"order by _batch_id, _line_number" if file_count > 1 else ""}
    """).fetchone()
    (rejected,) = run.con.execute(
        """
        insert into raw.rejected_rows by name
        select
            _batch_id, $source as source, $table as table_name, _source_file as source_file,
            _line_number as line_number, typed._problem_column as column_name,
            typed._problem as reason, rejected_lines.text as line, _loaded_at as rejected_at
        from scratch.typed
        join batches using (_file_no)
        left join scratch.rejected_lines using (_file_no, _line_number)
        where typed._problem is not null
        order by _batch_id, _line_number
        """,
        {"source": table.source, "table": table.raw_name},
    ).fetchone()
    expected = (
        sum(entry["rows_landed"] for entry in entries),
        sum(entry["rows_rejected"] for entry in entries),
    )
    if (landed, rejected) != expected:
        raise RuntimeError(f"{landed} rows landed and {rejected} rejected instead of {expected}")
