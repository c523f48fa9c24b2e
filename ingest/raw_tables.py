"""The raw schema: tables as declared, rejected rows, and the log that makes landing repeatable."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime

import duckdb
import pyarrow as pa

from ingest.conversion import quoted
from ingest.declarations import Table
from ingest.errors import LandingError

ROW_ORIGIN = {
    "_batch_id": "bigint",
    "_loaded_at": "timestamp",
    "_source_file": "varchar",
    "_source_row": "bigint",
    # Files of one delivery belong together: those with one day in their names, else of one run.
    "_delivery": "varchar",
}
REJECTED_ROWS = {
    "_batch_id": "bigint",
    "source": "varchar",
    "table_name": "varchar",
    "source_file": "varchar",
    "line_number": "bigint",
    "column_name": "varchar",
    "reason": "varchar",
    "line": "varchar",
    "rejected_at": "timestamp",
}
LOAD_LOG = {
    "_batch_id": "bigint",
    "source": "varchar",
    "table_name": "varchar",
    "source_file": "varchar",
    "file_sha256": "varchar",
    "file_bytes": "bigint",
    "file_modified_ns": "bigint",
    "status": "varchar",
    "message": "varchar",
    "rows_read": "bigint",
    "rows_landed": "bigint",
    "rows_rejected": "bigint",
    "rows_same_key": "bigint",
    "started_at": "timestamp",
    "finished_at": "timestamp",
    "loaded_at": "timestamp",
    # Of exports: the layout, whose file it is, which days it covers, and what proves its amounts.
    "layout": "varchar",
    "shop_id": "varchar",
    "seller": "varchar",
    "statement_id": "varchar",
    "period_from": "date",
    "period_to": "date",
    "proof": "varchar",
    "proof_result": "varchar",
    "proof_detail": "varchar",
}
LANDED, REFUSED, DUPLICATE = "landed", "refused", "duplicate"
# An entry without a file: a source's rows were deleted, up to this batch.
RESET = "reset"


def columns_of(table: Table) -> dict[str, str]:
    """Name and type of every column of a raw table."""
    columns = {}
    for column in table.columns:
        columns[column.name] = column.data_type
        if column.data_type == "timestamp":
            columns[f"{column.name}_offset_minutes"] = "smallint"
    return columns | ROW_ORIGIN


def create_raw_tables(con: duckdb.DuckDBPyConnection, tables: list[Table]) -> None:
    """Create what is missing, tables and columns.

    Raises LandingError when a column exists with another type than the declared one.
    """
    con.execute("begin")
    try:
        con.execute("create schema if not exists raw")
        _create_missing(con, tables)
        con.execute("commit")
    except BaseException:
        con.execute("rollback")
        raise


def _create_missing(con: duckdb.DuckDBPyConnection, tables: list[Table]) -> None:
    wanted = {table.raw_name: columns_of(table) for table in tables}
    wanted |= {"rejected_rows": REJECTED_ROWS, "load_log": LOAD_LOG}
    standing: dict[str, dict[str, str]] = {}
    for table, column, data_type in con.execute("""
        select table_name, column_name, lower(data_type) from information_schema.columns
        where table_schema = 'raw' and table_catalog = current_database()
    """).fetchall():
        standing.setdefault(table, {})[column] = data_type.replace(",", ", ")
    for name, columns in wanted.items():
        if name not in standing:
            listed = ", ".join(f"{quoted(column)} {kind}" for column, kind in columns.items())
            con.execute(f"create table raw.{quoted(name)} ({listed})")
            continue
        for column, kind in columns.items():
            stands = standing[name].get(column)
            if stands is None:
                con.execute(f"alter table raw.{quoted(name)} add column {quoted(column)} {kind}")
            elif stands != kind:
                raise LandingError(
                    f"raw.{name}.{column} is {stands} in the working file but declared as {kind};"
                    " declare a new column, or land everything again into a new WAREHOUSE_DIR"
                )


@dataclass(frozen=True)
class KnownFile:
    """The last log entry of a file."""

    status: str
    size: int
    modified_ns: int
    sha256: str


@dataclass(frozen=True)
class KnownContent:
    """The last batch with a content, its file, and its number of rows."""

    sha256: str
    name: str
    batch_id: int
    rows_read: int


class LoadLog:
    """Reads raw.load_log once, then follows the entries that this run adds."""

    def __init__(self, con: duckdb.DuckDBPyConnection) -> None:
        self._con = con
        (self._last_batch,) = con.execute(
            "select coalesce(max(_batch_id), 0) from raw.load_log"
        ).fetchone()
        self._files: dict[tuple[str, str], KnownFile] = {}
        self._contents: dict[tuple[str, str], KnownContent] = {}
        # The current content of each file, and the number of files per content; refused files have
        # none.
        self._held: dict[tuple[str, str], KnownContent] = {}
        self._holders: Counter[tuple[str, str]] = Counter()
        for table, name, *seen, batch_id, rows_read in con.execute(
            """
            select table_name, source_file, status, file_bytes, file_modified_ns, file_sha256,
                _batch_id, rows_read
            from raw.load_log where status <> $reset order by rowid
            """,
            {"reset": RESET},
        ).fetchall():
            self._remember(table, name, KnownFile(*seen), batch_id, rows_read)

    def file(self, table: Table, name: str) -> KnownFile | None:
        """What is known of this path."""
        return self._files.get((table.raw_name, name))

    def has_refused_part(self, table: Table, name: str, seen: tuple[int, int]) -> bool:
        """Whether a sheet of a workbook with this size and time was refused."""
        return any(
            path.startswith(f"{name}[") and (known.size, known.modified_ns) == seen
            for (raw_name, path), known in self._files.items()
            if raw_name == table.raw_name and known.status == REFUSED
        )

    def standing(self, table: Table, name: str, sha256: str) -> KnownContent | None:
        """The content, if landing it again from this path would change nothing.

        That is so if the path has it already, or if another path has it and landed after this
        path's last content. Content that returns after other content must win over it, so it lands.
        """
        held = self._held.get((table.raw_name, name))
        if held is not None and held.sha256 == sha256:
            return held
        known = self._contents.get((table.raw_name, sha256))
        if known is None or not self._holders[table.raw_name, sha256]:
            return None
        return known if held is None or known.batch_id > held.batch_id else None

    def next_batch_ids(self, count: int) -> range:
        """The next free batch ids; taken only by `record`."""
        return range(self._last_batch + 1, self._last_batch + 1 + count)

    def record(self, entries: list[dict]) -> None:
        """Append entries, dictionaries of LOAD_LOG's columns, in the caller's transaction."""
        if not entries:
            return
        columns = {column: [entry.get(column) for entry in entries] for column in LOAD_LOG}
        self._con.register("log_entries", pa.table(columns))
        self._con.execute("insert into raw.load_log by name select * from log_entries")
        self._con.unregister("log_entries")

    def remember(self, entries: list[dict]) -> None:
        """Take over entries whose transaction is committed."""
        for entry in entries:
            seen = KnownFile(
                entry["status"],
                entry["file_bytes"],
                entry["file_modified_ns"],
                entry["file_sha256"],
            )
            batch_id = entry.get("_batch_id")
            self._remember(
                entry["table_name"], entry["source_file"], seen, batch_id, entry.get("rows_read")
            )
            self._last_batch = max(self._last_batch, batch_id or 0)

    def _remember(
        self, table: str, name: str, seen: KnownFile, batch_id: int | None, rows_read: int | None
    ) -> None:
        self._files[table, name] = seen
        if seen.status == REFUSED:
            return
        content = (table, seen.sha256)
        if seen.status == LANDED:
            self._contents[content] = KnownContent(seen.sha256, name, batch_id, rows_read or 0)
        before = self._held.get((table, name))
        if before is not None:
            self._holders[table, before.sha256] -= 1
        self._held[table, name] = self._contents[content]
        self._holders[content] += 1


def log_entry(table: Table, name: str, status: str, started_at: datetime, **values) -> dict:
    """An entry for the log."""
    return {
        "source": table.source,
        "table_name": table.raw_name,
        "source_file": name,
        "status": status,
        "started_at": started_at,
        **values,
    }
