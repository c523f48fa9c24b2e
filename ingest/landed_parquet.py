"""What landed, also as Parquet: for engines that do not read a DuckDB file.

A run adds one file for each raw table, with the rows of its batches:
`landed/<table>/<first batch>-<last batch>.parquet`. A file is there as a whole or not at all. What
a killed run left out, the next one adds. Landing's own books, raw.load_log and raw.rejected_rows,
stay in the working file.
"""

import os
from pathlib import Path

import duckdb

from ingest.conversion import literal, quoted


def is_wanted() -> bool:
    """Whether LANDING_PARQUET asks landing for the files."""
    return os.environ.get("LANDING_PARQUET", "") not in ("", "0")


def landed_dir(warehouse_dir: Path) -> Path:
    """The folder of the files, one folder a table."""
    return warehouse_dir / "landed"


def write_landed(con: duckdb.DuckDBPyConnection, folder: Path) -> list[Path]:
    """Add the batches of every raw table that `folder` lacks; returns the new files.

    A table whose files hold another number of rows than it has (a source was reset, a file is
    damaged or gone) is written again as a whole.
    """
    written = []
    for table in raw_tables(con):
        table_dir = folder / table
        table_dir.mkdir(parents=True, exist_ok=True)
        for left_over in table_dir.glob("*.tmp"):
            left_over.unlink()
        written += _write(con, table, table_dir, _last_batch(table_dir))
        if _file_rows(con, table_dir) != _rows(con, table):
            written += rewrite(con, table, folder)
    return written


def rewrite(con: duckdb.DuckDBPyConnection, table: str, folder: Path) -> list[Path]:
    """Write a raw table again as a whole; returns its new file, none of an empty table."""
    table_dir = folder / table
    old = set(table_dir.glob("*.parquet"))
    written = _write(con, table, table_dir, -1)
    for path in old.difference(written):
        path.unlink()
    return written


def raw_tables(con: duckdb.DuckDBPyConnection) -> dict[str, dict[str, str]]:
    """Every declared raw table with the names and types of its columns, in their order."""
    found: dict[str, dict[str, str]] = {}
    for table, column, data_type in con.execute("""
        select table_name, column_name, lower(data_type) from information_schema.columns
        where table_schema = 'raw' and table_catalog = current_database()
            and table_name not in ('load_log', 'rejected_rows')
        order by table_name, ordinal_position
    """).fetchall():
        found.setdefault(table, {})[column] = data_type
    return found


def differing_tables(con: duckdb.DuckDBPyConnection, folder: Path) -> list[str]:
    """The raw tables whose files hold other rows, by a hash of all values."""
    return [
        table
        for table, columns in raw_tables(con).items()
        if _fingerprint(con, f"raw.{quoted(table)}", columns)
        != _file_fingerprint(con, folder / table, columns)
    ]


def _write(con: duckdb.DuckDBPyConnection, table: str, table_dir: Path, after: int) -> list[Path]:
    rows = f"raw.{quoted(table)} where _batch_id > {after}"
    first, last = con.execute(f"select min(_batch_id), max(_batch_id) from {rows}").fetchone()
    if last is None:
        return []
    path = table_dir / f"{first:09}-{last:09}.parquet"
    unfinished = path.with_suffix(".tmp")
    con.execute(
        f"copy (select * from {rows} order by _batch_id, _source_row)"
        f" to {literal(str(unfinished))} (format parquet, compression zstd)"
    )
    with unfinished.open("rb") as content:
        os.fsync(content.fileno())
    unfinished.rename(path)
    return [path]


def _last_batch(table_dir: Path) -> int:
    """The last batch that the names of the files tell; -1 when there are none."""
    return max((int(path.stem.split("-")[1]) for path in table_dir.glob("*.parquet")), default=-1)


def _rows(con: duckdb.DuckDBPyConnection, table: str) -> int:
    return con.execute(f"select count(*) from raw.{quoted(table)}").fetchone()[0]


def _file_rows(con: duckdb.DuckDBPyConnection, table_dir: Path) -> int | None:
    """The rows of all files; None when one cannot be read."""
    if not any(table_dir.glob("*.parquet")):
        return 0
    try:
        return con.execute(f"select count(*) from {_files(table_dir)}").fetchone()[0]
    except duckdb.Error:
        return None


def _file_fingerprint(
    con: duckdb.DuckDBPyConnection, table_dir: Path, columns: dict[str, str]
) -> tuple | None:
    if not any(table_dir.glob("*.parquet")):
        return (0, None)
    try:
        return _fingerprint(con, _files(table_dir), columns)
    except duckdb.Error:
        return None


def _fingerprint(
    con: duckdb.DuckDBPyConnection, relation: str, columns: dict[str, str]
) -> tuple[int, int | None]:
    """The number of rows and the sum of their hashes, whatever their order."""
    names = ", ".join(map(quoted, columns))
    return con.execute(f"select count(*), sum(hash({names})) from {relation}").fetchone()


def _files(table_dir: Path) -> str:
    # Columns that were declared later are missing in earlier files.
    return f"read_parquet({literal(str(table_dir / '*.parquet'))}, union_by_name = true)"
