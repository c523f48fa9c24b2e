"""JSON lines and Parquet into the same table of texts as CSV."""

import re
from dataclasses import dataclass, field
from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq

from ingest.conversion import SHOWN_CHARACTERS, literal, quoted
from ingest.declarations import Column, Table
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
    con.execute(f"""
        create or replace table scratch.json_records as
        select * exclude (_problem, text), {_WITH_LONG_DECIMALS} as text, coalesce(_problem, case
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
        _append_records(con, table, layout, numbers)
    con.execute("drop table scratch.json_lines")
    con.execute("drop table scratch.json_records")
    return reading


# Such a long number would be rounded to a double; as a string it stays as written.
_LONG_DECIMAL = "[0-9][0-9.]{16,}"
_KEY_AND_NUMBER = r'("(?:[^"\\]|\\.)*"\s*:\s*)(-?[0-9]+\.[0-9]+(?:[eE][+-]?[0-9]+)?)'
_WITH_LONG_DECIMALS = f"""case when regexp_matches(text, '{_LONG_DECIMAL}')
    then regexp_replace(text, '{_KEY_AND_NUMBER}', '\\1"\\2"', 'g') else text end"""


def _append_records(
    con: duckdb.DuckDBPyConnection,
    table: Table,
    layout: tuple[tuple[str, str], ...],
    numbers: list[int],
) -> None:
    """Append the records of files with the same keys to scratch.texts."""
    picked, wrong = "", []
    for name, key in layout:
        value, pointer = quoted(name), _pointer(key)
        extracted = f"json_extract_string(_json, {pointer})"
        picked += f", case when _problem is null then {extracted} end as {value}"
        if table.column(name).data_type == "varchar":
            wrong.append(f"""
                when ({value} in ('true', 'false') or {value}[1] in ('[', '{{'))
                    and json_type(_json, {pointer}) in ('BOOLEAN', 'ARRAY', 'OBJECT')
                then {literal(name + ": ")} || case json_type(_json, {pointer})
                    when 'BOOLEAN' then 'a boolean (' when 'ARRAY' then 'a list ('
                    else 'an object (' end || left({value}, {SHOWN_CHARACTERS})
                    || ') is not text; write one value'""")
    problem = f"case {' '.join(wrong)} end" if wrong else "cast(null as varchar)"
    con.execute(f"""
        insert into scratch.texts by name
        select
            * exclude (_json, _problem, _problem_column, _wrong),
            coalesce(_problem, _wrong) as _problem,
            coalesce(_problem_column, split_part(_wrong, ': ', 1)) as _problem_column
        from (
            select *, {problem} as _wrong
            from (
                select _file_no, _line_number, _line_count, _problem, _problem_column, _json{picked}
                from (select * exclude (text), text as _json from scratch.json_records)
                where _file_no in ({", ".join(map(str, numbers))})
            )
        )
    """)


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


@dataclass(frozen=True)
class ParquetLayout:
    """Column names, number of rows, and the columns that hold durations, and texts."""

    names: list[str]
    rows: int
    durations: set[str]
    texts: set[str]


def parquet_layout(path: Path) -> ParquetLayout:
    """The columns of a Parquet file; raises FileRefused."""
    try:
        with pq.ParquetFile(path) as file:
            schema = file.schema_arrow
            return ParquetLayout(
                schema.names,
                file.metadata.num_rows,
                # A duration is stored as a whole number: only its logical type shows that it is
                # one.
                {one.name for one in schema if pa.types.is_duration(one.type)},
                {one.name for one in schema if not _is_number(one.type)},
            )
    except (pa.ArrowException, OSError) as error:
        raise FileRefused(
            f"not a whole Parquet file ({_first_line(error)}); copy it again"
        ) from error


def _is_number(data_type: pa.DataType) -> bool:
    is_whole, is_float = pa.types.is_integer(data_type), pa.types.is_floating(data_type)
    return is_whole or is_float or pa.types.is_decimal(data_type)


def read_parquet_file(
    con: duckdb.DuckDBPyConnection,
    table: Table,
    names: list[str],
    columns: dict[str, int],
    file_no: int,
    path: Path,
) -> None:
    """Append the rows of a Parquet file to scratch.texts; the line number is the row number."""
    source = f"read_parquet([{literal(str(path))}], file_row_number = true)"
    try:
        types = {
            name: data_type
            for name, data_type, *_ in con.execute(f"describe select * from {source}").fetchall()
        }
        picked, wrong = "", []
        for name, index in columns.items():
            column = table.column(name)
            text, problem = _parquet_text(column, quoted(names[index]), types[names[index]])
            picked += f", {text} as {quoted(name)}"
            if problem is not None:
                wrong.append(f"when {problem[0]} then {literal(name + ': ')} || {problem[1]}")
        found = f"case {' '.join(wrong)} end" if wrong else "cast(null as varchar)"
        con.execute(f"""
            insert into scratch.texts by name
            select
                *, nullif(split_part(_problem, ': ', 1), '') as _problem_column
            from (
                select
                    {file_no} as _file_no, file_row_number + 1 as _line_number, 1 as _line_count,
                    {found} as _problem{picked}
                from {source}
            )
        """)
    except duckdb.Error as error:
        raise FileRefused(
            f"the Parquet data is damaged ({_first_line(error)}); copy it again"
        ) from error


def _parquet_text(column: Column, name: str, data_type: str) -> tuple[str, tuple[str, str] | None]:
    """SQL for a value's text, for whether it is wrong, and for the error message.

    Raises FileRefused when no value of the type can be one of the column.
    """
    nested = re.search(r"\]$|^(STRUCT|MAP|UNION|VARIANT)", data_type)
    if nested or (data_type == "BOOLEAN" and column.data_type != "boolean"):
        shown = data_type.lower() if len(data_type) < SHOWN_CHARACTERS else "nested"
        raise FileRefused(
            f"{column.name}: a column of the type {shown} holds no {_kind(column)};"
            " write one plain value a row"
        )
    if data_type in ("INTERVAL", "TIME", "TIMETZ", "TIME WITH TIME ZONE") and (
        column.data_type != "varchar" or column.holds != "text"
    ):
        raise FileRefused(
            f"{column.name}: a column of the type {data_type.lower()} holds no {_kind(column)}"
        )
    text = f"cast({name} as varchar)"
    if data_type == "BLOB":
        decoded = f"try(decode({name}))"
        return decoded, (
            f"{name} is not null and {decoded} is null",
            "'bytes that are not text in UTF-8'",
        )
    if data_type in ("DOUBLE", "FLOAT"):
        if column.holds != "id":
            return f"case when not isnan({name}) then {text} end", None
        exact = 2**53 if data_type == "DOUBLE" else 2**24
        whole = f"cast(cast({name} as hugeint) as varchar)"
        return (
            f"case when isnan({name}) then null when {name} = trunc({name})"
            f" and abs({name}) <= {exact} then {whole} else {text} end",
            (
                f"abs({name}) > {exact} and not isnan({name})",
                f"{text} || ' has lost digits as a floating-point number; write ids as text'",
            ),
        )
    if data_type.startswith("DECIMAL") and column.holds == "id":
        return f"regexp_replace({text}, '\\.0+$', '')", None
    return text, None


def _kind(column: Column) -> str:
    return {"varchar": "text", "date": "dates", "timestamp": "times", "boolean": "booleans"}.get(
        column.data_type, "numbers"
    )


def _first_line(error: Exception) -> str:
    return str(error).strip().splitlines()[0]
