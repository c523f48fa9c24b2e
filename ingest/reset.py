"""Forgets what a source landed, so that its files land again."""

import os
from dataclasses import dataclass

import duckdb

from ingest import settings
from ingest.conversion import quoted
from ingest.declarations import load_sources
from ingest.errors import LandingError
from ingest.raw_tables import RESET, create_raw_tables
from ingest.run import utc_now
from ingest.working_file import opened


@dataclass(frozen=True)
class ResetReport:
    """Rows of each raw table, rejected rows and log entries that were deleted, or would be."""

    source: str
    table_rows: dict[str, int]
    rejected_rows: int
    files: int

    def summary(self) -> str:
        """One line for people."""
        rows = sum(self.table_rows.values())
        return (
            f"{self.source}: {rows:,} rows of {len(self.table_rows)} raw tables,"
            f" {self.rejected_rows:,} rejected rows, the log of {self.files:,} files"
        )


def reset(
    source: str, warehouse_dir: str | os.PathLike | None = None, dry_run: bool = False
) -> ResetReport:
    """Delete a source's raw rows, rejected rows and log entries, in one transaction.

    Batch ids go on rising afterwards: an entry with the status `reset` keeps the last one. With
    `dry_run` nothing is deleted, only counted. Raises LandingError when the source is unknown or
    the working file is missing or locked.
    """
    (declared,) = load_sources([source])
    path = settings.working_file(warehouse_dir)
    if not path.exists():
        raise LandingError(f"there is no {path}: nothing has landed, there is nothing to reset")
    with opened(path) as (con, _):
        create_raw_tables(con, list(declared.tables))
        con.execute("begin")
        try:
            report = _counted(con, source, [table.raw_name for table in declared.tables])
            if dry_run:
                con.execute("rollback")
                return report
            _delete(con, report)
            con.execute("commit")
        except BaseException:
            con.execute("rollback")
            raise
    return report


def _counted(con: duckdb.DuckDBPyConnection, source: str, tables: list[str]) -> ResetReport:
    def count(relation: str, *parameters: str) -> int:
        return con.execute(f"select count(*) from {relation}", parameters).fetchone()[0]

    return ResetReport(
        source,
        {table: count(f"raw.{quoted(table)}") for table in tables},
        count("raw.rejected_rows where source = ?", source),
        count(f"raw.load_log where source = ? and status <> '{RESET}'", source),
    )


def _delete(con: duckdb.DuckDBPyConnection, report: ResetReport) -> None:
    (last_batch,) = con.execute("select max(_batch_id) from raw.load_log").fetchone()
    for table in report.table_rows:
        con.execute(f"delete from raw.{quoted(table)}")
    con.execute("delete from raw.rejected_rows where source = ?", [report.source])
    con.execute("delete from raw.load_log where source = ?", [report.source])
    now = utc_now()
    con.execute(
        "insert into raw.load_log"
        " (_batch_id, source, status, message, started_at, finished_at)"
        " values (?, ?, ?, ?, ?, ?)",
        [last_batch, report.source, RESET, report.summary(), now, now],
    )
    _forget_staging(con, report.source)


def _forget_staging(con: duckdb.DuckDBPyConnection, source: str) -> None:
    """Staging only reads newer batches, so its models of the source must be rebuilt."""
    (known,) = con.execute(
        "select count(*) from duckdb_tables()"
        " where schema_name = 'operations' and table_name = 'model_runs'"
    ).fetchone()
    if known:
        con.execute(
            "delete from operations.model_runs where starts_with(model, $prefix)",
            {"prefix": f"stg_{source}__"},
        )
