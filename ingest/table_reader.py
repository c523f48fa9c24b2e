"""JSON lines and Parquet into the same table of texts as CSV."""

from dataclasses import dataclass, field
from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq

from ingest.conversion import literal, quoted
from ingest.declarations import Table
from ingest.errors import FileRefused
from ingest.header import match_columns
from ingest.physical_lines import decoded_lines
from ingest.text_reader import TextFile, append_rows


@dataclass
class JsonReading:
    """Blank lines by file number, and why files are refused."""

    blank_lines: dict[int, int] = field(default_factory=dict)
    refused: dict[int, str] = field(default_factory=dict)


def read_json_files(
    con: duckdb.DuckDBPyConnection, table: Table, files: list[TextFile]
) -> JsonReading:
    """Append the files' records, one a line, to scratch.texts."""
    con.execute("""
        create or replace table scratch.json_lines (
            _file_no integer, _line_number bigint, _line_count integer, _problem varchar,
            _problem_column varchar, text varchar
        )
    """)
    clean = _read_json_fast(con, [file for file in files if file.is_plain])
    for file in files:
        if file.file_no not in clean:
            rows = (
                (file.file_no, line.number, 1, line.problem, None, line.text)
                for line in decoded_lines(file.path, file.encoding)
            )
            append_rows(con, ["text"], rows, "scratch.json_lines")
    con.execute("""
        create or replace table scratch.json_records as
        select * exclude (_problem), coalesce(_problem, case
            when not json_valid(text) then 'not valid JSON'
            when json_type(text) <> 'OBJECT' then 'not a JSON object'
        end) as _problem
        from scratch.json_lines
        where _problem is not null or trim(text, ' ' || chr(9) || chr(13) || chr(10)) <> ''
    """)
    reading = JsonReading()
    records = dict(
        con.execute("select _file_no, count(*) from scratch.json_records group by all").fetchall()
    )
    keys = dict(
        con.execute("""
            select _file_no, list_sort(list(distinct key))
            from (
                select _file_no, unnest(json_keys(text)) as key
                from scratch.json_records where _problem is null
            )
            group by all
        """).fetchall()
    )
    layouts: dict[tuple, list[int]] = {}
    for file in files:
        reading.blank_lines[file.file_no] = file.lines - records.get(file.file_no, 0)
        names = keys.get(file.file_no, [])
        try:
            positions = match_columns(table, names) if names else {}
        except FileRefused as refusal:
            reading.refused[file.file_no] = str(refusal)
            continue
        layout = tuple((column, names[index]) for column, index in positions.items())
        layouts.setdefault(layout, []).append(file.file_no)
    for layout, numbers in layouts.items():
        picked = "".join(
            f", case when _problem is null then json_extract_string(text, {_pointer(key)}) end"
            f" as {quoted(column)}"
            for column, key in layout
        )
        con.execute(f"""
            insert into scratch.texts by name
            select _file_no, _line_number, _line_count, _problem, _problem_column{picked}
            from scratch.json_records
            where _file_no in ({", ".join(map(str, numbers))})
        """)
    con.execute("drop table scratch.json_lines")
    con.execute("drop table scratch.json_records")
    return reading


def _read_json_fast(con: duckdb.DuckDBPyConnection, files: list[TextFile]) -> set[int]:
    """Lines through DuckDB, split at a character that no valid JSON holds."""
    if not files:
        return set()
    paths = ", ".join(literal(str(file.path)) for file in files)
    try:
        con.execute(f"""
            create or replace table scratch.records as
            select file_index::integer as position, line
            from read_csv(
                [{paths}], columns = {{'line': 'varchar'}}, header = false, auto_detect = false,
                delim = chr(1), quote = '', escape = '', strict_mode = true, ignore_errors = true
            )
        """)
    except duckdb.Error:
        return set()
    counted = con.execute("""
        select position, count(*), min(rowid) from scratch.records group by position
    """).fetchall()
    clean = [
        (position, files[position].file_no, 1 - first)
        for position, records, first in counted
        if records == files[position].lines
    ]
    if clean:
        rows = ", ".join(str(row) for row in clean)
        con.execute(f"""
            insert into scratch.json_lines by name
            select
                file_no as _file_no, (records.rowid + shift)::bigint as _line_number,
                1 as _line_count, coalesce(line, '') as text
            from scratch.records as records
            join (values {rows}) as files (position, file_no, shift) using (position)
        """)
    con.execute("drop table scratch.records")
    return {file_no for _, file_no, _ in clean}


def _pointer(key: str) -> str:
    return literal("/" + key.replace("~", "~0").replace("/", "~1"))


def parquet_layout(path: Path) -> tuple[list[str], int]:
    """Column names and number of rows; raises FileRefused when it is not whole."""
    try:
        with pq.ParquetFile(path) as file:
            return file.schema_arrow.names, file.metadata.num_rows
    except (pa.ArrowException, OSError) as error:
        raise FileRefused(
            f"not a whole Parquet file ({_first_line(error)}); copy it again"
        ) from error


def read_parquet_file(
    con: duckdb.DuckDBPyConnection,
    names: list[str],
    columns: dict[str, int],
    file_no: int,
    path: Path,
) -> None:
    """Append the rows of a Parquet file to scratch.texts; the line number is the row number."""
    picked = "".join(
        f", cast({quoted(names[index])} as varchar) as {quoted(column)}"
        for column, index in columns.items()
    )
    try:
        con.execute(f"""
            insert into scratch.texts by name
            select
                {file_no} as _file_no, file_row_number + 1 as _line_number, 1 as _line_count{picked}
            from read_parquet([{literal(str(path))}], file_row_number = true)
        """)
    except duckdb.Error as error:
        raise FileRefused(
            f"the Parquet data is damaged ({_first_line(error)}); copy it again"
        ) from error


def _first_line(error: Exception) -> str:
    return str(error).strip().splitlines()[0]
