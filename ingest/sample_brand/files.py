"""Write exported rows to files: one per table and day, with bad lines as in a real export."""

import gzip
import math
import shutil
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import duckdb

from ingest.sample_brand.tables import Table

# One file in twelve is a bad day; 1.2 % of its lines are bad then, never as many as one in 25.
BAD_DAY_SHARE = 1 / 12
BAD_LINE_SHARE = 0.012
LINES_PER_BAD_LINE = 25
COPY_OPTIONS = {
    "csv": "format csv, header",
    "jsonl": "format csv, header false, quote '', escape '', delimiter '\x01'",
    "parquet": "format parquet",
}
BAD_KINDS = ("wrong_type", "bad_date", "missing_key", "ragged", "unclosed_quote")


@dataclass(frozen=True)
class BadLine:
    """A line that landing must reject: its place, its error, its text."""

    source: str
    table: str
    file: str
    kind: str
    text: str


def write_table(
    connection: duckdb.DuckDBPyConnection, table: Table, landing: Path
) -> list[BadLine]:
    """Write the files of one table below `landing`; return the bad lines that went in."""
    parts = landing.parent / "parts" / table.name
    parts.parent.mkdir(exist_ok=True)
    columns = columns_of(connection, table)
    row = ", ".join(columns)
    if table.file_format == "jsonl":
        # COPY cannot partition JSON, but it can partition lines of it.
        row = f"to_json({{{', '.join(f'{name}: {name}' for name in columns)}}}) as line"
    # One thread writes one file per day, in order; more would split days as they happen to meet.
    threads = connection.execute("select current_setting('threads')").fetchone()[0]
    connection.execute("set threads = 1")
    connection.execute(
        f"""
        copy (
            select {row}, file_day
            from ready_{table.name}
            order by file_day, updated_at, batch_key, row_key, dirt
        ) to '{quoted(parts)}' ({COPY_OPTIONS[table.file_format]}, partition_by (file_day))
        """
    )
    connection.execute(f"set threads = {threads}")
    folder = landing / table.source / table.name
    folder.mkdir(parents=True)
    for part in sorted(parts.glob("file_day=*/*")):
        day = part.parent.name.removeprefix("file_day=")
        number = int(part.stem.removeprefix("data_"))
        name = day if number == 0 else f"{day}_{number + 1}"
        part.rename(folder / f"{name}.{table.file_format}")
    shutil.rmtree(parts)
    return _spoil(connection, table, folder) if table.has_bad_lines else []


def compress_some(folder: Path) -> None:
    """Compress the file of the 15th of every month, as some exports come."""
    for path in sorted(folder.glob("*-15.csv")):
        # No name and no time inside: the same content gives the same bytes.
        with (
            open(path, "rb") as plain,
            open(f"{path}.gz", "wb") as target,
            gzip.GzipFile("", "wb", 6, target, mtime=0) as packed,
        ):
            shutil.copyfileobj(plain, packed)
        path.unlink()


def columns_of(connection: duckdb.DuckDBPyConnection, table: Table) -> list[str]:
    """The columns that a table's files carry, in order."""
    described = connection.execute(f"describe ready_{table.name}").fetchall()
    helpers = {"export_day", "batch_key", "row_key", "arrival_day", "dirt", "file_day"}
    return [name for name, *_ in described if name not in helpers]


def _spoil(connection: duckdb.DuckDBPyConnection, table: Table, folder: Path) -> list[BadLine]:
    columns = columns_of(connection, table)
    bad_days = connection.execute(
        f"""
        select
            file_day,
            count(*),
            date_diff('day', getvariable('first_day'), file_day) as day_no,
            hash(hash(day_no, '{table.name}', getvariable('seed'))) as draw
        from ready_{table.name}
        group by file_day
        having chance(day_no, 'bad {table.name}', {BAD_DAY_SHARE})
        order by file_day
        """
    ).fetchall()
    spoiled = []
    for day, rows, _, draw in bad_days:
        path = folder / f"{day}.{table.file_format}"
        count = min(math.ceil(rows * BAD_LINE_SHARE), rows // LINES_PER_BAD_LINE)
        lines = [
            _bad_line(table, columns, path.name, day, draw + number) for number in range(count)
        ]
        _insert(path, [line.text for line in lines], at_end=draw % 2 == 0)
        spoiled += lines
    return spoiled


def _bad_line(table: Table, columns: list[str], file: str, day: date, draw: int) -> BadLine:
    """A line that fits no table; it is an additional line and replaces no row."""
    kind = BAD_KINDS[draw % len(BAD_KINDS)]
    values = dict.fromkeys(columns, "")
    values.update(dict.fromkeys(table.key, f"BAD{draw % 100000:05d}"))
    values["updated_at"] = f"{day} 12:00:00"
    if kind == "wrong_type":
        values[table.number] = "abc"
    elif kind == "bad_date":
        values[table.moment] = "2024-13-45 25:61:00"
    elif kind == "missing_key":
        values.update(dict.fromkeys(table.key, ""))
    text = ",".join(list(values.values())[: 3 if kind == "ragged" else None])
    if kind == "unclosed_quote":
        text = f'"{text}'
    return BadLine(table.source, table.name, file, kind, text)


def _insert(path: Path, lines: list[str], at_end: bool) -> None:
    """Put lines after the header or after the last row: never inside a multi-line row."""
    block = "".join(f"{line}\n" for line in lines).encode()
    header, rest = path.read_bytes().split(b"\n", 1)
    body = rest + block if at_end else block + rest
    path.write_bytes(header + b"\n" + body)


def quoted(path: Path) -> str:
    """A path as the inside of an SQL text."""
    return str(path).replace("'", "''")
