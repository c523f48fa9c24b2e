"""CSV files into a table of texts, with one of two readers that give the same rows.

The fast way is DuckDB's reader over many files at once. It skips lines that it cannot read; then
the records do not add up to the file's lines. It also drops an extra empty value at the end of a
record (after a stray delimiter); then they do not add up to the file's delimiters. Only files
where both add up are read this way; the others are read carefully, line by line.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import duckdb
import pyarrow as pa

from ingest.conversion import literal, quoted
from ingest.declarations import Table
from ingest.physical_lines import CsvRecords, decoded_lines

ARROW_ROWS = 20_000
INTERNAL_FIELDS = (
    pa.field("_file_no", pa.int32()),
    pa.field("_line_number", pa.int64()),
    pa.field("_line_count", pa.int32()),
    pa.field("_problem", pa.string()),
    pa.field("_problem_column", pa.string()),
)


@dataclass(frozen=True)
class CsvLayout:
    """What files must share to be read together."""

    delimiter: str
    names: tuple[str, ...]
    newline: str


@dataclass(frozen=True)
class TextFile:
    """A text file to read: `path` holds LF or CRLF lines, `lines` of them, and `delimiters`."""

    file_no: int
    path: Path
    encoding: str
    lines: int
    delimiters: int
    header_lines: int
    is_plain: bool


def read_csv_files(
    con: duckdb.DuckDBPyConnection,
    table: Table,
    layout: CsvLayout,
    columns: dict[str, int],
    files: list[TextFile],
) -> dict[int, int]:
    """Append the files' rows to scratch.texts; `columns` gives the position of declared ones.

    Returns the number of blank lines by file number.
    """
    plain = [file for file in files if file.is_plain]
    clean = read_fast(con, table, layout, columns, plain) if plain else set()
    others = [file for file in files if file.file_no not in clean]
    blank_lines = read_carefully(con, table, layout, columns, others) if others else {}
    return dict.fromkeys(clean, 0) | blank_lines


def read_fast(
    con: duckdb.DuckDBPyConnection,
    table: Table,
    layout: CsvLayout,
    columns: dict[str, int],
    files: list[TextFile],
) -> set[int]:
    """Append the rows of those files that DuckDB reads without losing a line; their numbers."""
    width = len(layout.names)
    multi_line = [index for name, index in columns.items() if table.column(name).multi_line]
    # Counting delimiters inside values takes time, and most files have none.
    exact = not multi_line and all(file.delimiters == (width - 1) * file.lines for file in files)
    breaks = _occurrences(multi_line, "\n")
    inside = "0" if exact else _occurrences(range(width), layout.delimiter)
    fields = ", ".join(f"'c{index}': 'varchar'" for index in range(width))
    picked = "".join(f", c{index} as {quoted(name)}" for name, index in columns.items())
    paths = ", ".join(literal(str(file.path)) for file in files)
    try:
        con.execute(f"""
            create or replace table scratch.records as
            select
                file_index::integer as position, ({breaks})::integer as breaks,
                ({inside})::integer as delimiters_inside{picked}
            from read_csv(
                [{paths}], columns = {{{fields}}}, header = false, skip = 1, auto_detect = false,
                delim = {literal(layout.delimiter)}, quote = '"', escape = '"',
                strict_mode = true, null_padding = false, ignore_errors = true
            )
        """)
    except duckdb.Error:
        return set()
    counted = con.execute("""
        select position, count(*), sum(breaks), sum(delimiters_inside), min(rowid), max(rowid)
        from scratch.records group by position
    """).fetchall()
    found = {row[0]: row[1:] for row in counted}
    inside_header = sum(name.count(layout.delimiter) for name in layout.names)
    clean = []
    breaks_before = 0
    for position, file in enumerate(files):
        records, broken, inside, first, last = found.get(position, (0, 0, 0, 0, -1))
        if (
            1 + records + broken == file.lines
            and (width - 1) * (1 + records) + inside + inside_header == file.delimiters
            and last - first + 1 == records
        ):
            clean.append((position, file.file_no, 2 - first - breaks_before))
        breaks_before += broken
    if clean:
        rows = ", ".join(str(row) for row in clean)
        named = ", ".join(quoted(name) for name in columns)
        con.execute(f"""
            insert into scratch.texts by name
            select
                file_no as _file_no,
                (records.rowid + breaks_above + shift)::bigint as _line_number,
                1 + breaks as _line_count, {named}
            from {_WITH_BREAKS_ABOVE if breaks_before else _WITHOUT_BREAKS} as records
            join (values {rows}) as files (position, file_no, shift) using (position)
        """)
    con.execute("drop table scratch.records")
    return {file_no for _, file_no, _ in clean}


def _occurrences(indexes: Iterable[int], character: str) -> str:
    """SQL for how often a character stands in the values of these columns of a record."""
    shown = literal(character)
    counts = [
        f"coalesce(length(c{index}) - length(replace(c{index}, {shown}, '')), 0)"
        for index in indexes
    ]
    return " + ".join(counts) or "0"


# A running sum without partitions streams; one per file would hold the whole file in memory.
_WITH_BREAKS_ABOVE = """(
    select
        *, rowid,
        sum(breaks) over (rows between unbounded preceding and current row) - breaks
            as breaks_above
    from scratch.records
)"""
_WITHOUT_BREAKS = "(select *, rowid, 0 as breaks_above from scratch.records)"


def read_carefully(
    con: duckdb.DuckDBPyConnection,
    table: Table,
    layout: CsvLayout,
    columns: dict[str, int],
    files: list[TextFile],
) -> dict[int, int]:
    """Append the files' rows, and bad lines with their problems; blank lines by file number."""
    multi_line = {index for name, index in columns.items() if table.column(name).multi_line}
    declared = {index: name for name, index in columns.items()}
    positions = list(columns.values())
    empty = [None] * len(positions)
    blank_lines = {}

    def rows() -> Iterator[tuple]:
        for file in files:
            lines = decoded_lines(file.path, file.encoding)
            records = CsvRecords(
                lines, layout.delimiter, layout.names, multi_line, file.header_lines
            )
            for record in records:
                column = declared.get(record.column)
                values = record.values
                picked = empty if values is None else [values[index] for index in positions]
                yield file.file_no, record.line, record.line_count, record.problem, column, *picked
            blank_lines[file.file_no] = records.blank_lines

    append_rows(con, list(columns), rows())
    return blank_lines


def append_rows(
    con: duckdb.DuckDBPyConnection,
    names: list[str],
    rows: Iterator[tuple],
    target: str = "scratch.texts",
) -> None:
    """Append tuples (the five internal fields, then `names`) to `target`, as Arrow batches."""
    schema = pa.schema([*INTERNAL_FIELDS, *(pa.field(name, pa.string()) for name in names)])

    def batches() -> Iterator[pa.RecordBatch]:
        batch: list[tuple] = []
        for row in rows:
            batch.append(row)
            if len(batch) == ARROW_ROWS:
                yield _record_batch(batch, schema)
                batch = []
        if batch:
            yield _record_batch(batch, schema)

    arriving = pa.RecordBatchReader.from_batches(schema, batches())
    con.register("arriving_rows", arriving)
    con.execute(f"insert into {target} by name select * from arriving_rows")
    con.unregister("arriving_rows")


def _record_batch(rows: list[tuple], schema: pa.Schema) -> pa.RecordBatch:
    columns = zip(*rows, strict=True)
    arrays = [pa.array(column, field.type) for column, field in zip(columns, schema, strict=True)]
    return pa.RecordBatch.from_arrays(arrays, schema=schema)
