"""Raw tables as assets: one run of landing fills all of them."""

import time
from collections.abc import Iterator
from datetime import datetime

import dagster as dg

from ingest.declarations import Table, load_sources
from ingest.file_dates import day_in_name
from ingest.landing import land
from ingest.run import utc_now
from ingest.working_file import connect
from orchestration.partitions import PARTITIONED
from orchestration.project import Warehouse
from orchestration.writer import WRITES, on_working_file

SHOWN_DAYS = 100


def raw_tables() -> dict[str, Table]:
    """The declared tables of the enabled sources, by raw name."""
    sources = load_sources(list(Warehouse().sources))
    return {table.raw_name: table for source in sources for table in source.tables}


def raw_key(table: Table) -> dg.AssetKey:
    """The key under which dbt's models look for a raw table."""
    return dg.AssetKey([table.source, table.name])


@dg.multi_asset(
    name="landing",
    specs=[
        dg.AssetSpec(
            raw_key(table), group_name="ingest", kinds={"duckdb"}, owners=["team:data-platform"]
        )
        for table in raw_tables().values()
    ],
    **PARTITIONED,
    **WRITES,
)
def landing(context: dg.AssetExecutionContext) -> Iterator[dg.MaterializeResult]:
    """Land files that have arrived and are not dated after the run's last day.

    A refused file is a warning: the others landed, and the next run retries it.
    """
    warehouse = Warehouse()
    until = datetime.fromisoformat(context.partition_key_range.end).date()
    started_at, started = utc_now(), time.monotonic()
    with on_working_file(warehouse):
        report = land(list(warehouse.sources), warehouse.landing, warehouse.folder, until)
        by_day = rows_by_day(warehouse, started_at)
    for message in (*report.warnings, *report.refusals):
        context.log.warning(message)
    context.log.info(report.summary())
    for raw_name, table in raw_tables().items():
        counts = report.tables[raw_name]
        yield dg.MaterializeResult(
            raw_key(table),
            metadata={
                "dagster/partition_row_count": counts.rows_landed,
                "landed_files": counts.landed_files,
                "unchanged_files": counts.unchanged_files,
                "refused_files": counts.refused_files,
                "rows_landed": counts.rows_landed,
                "rejected_rows": counts.rows_rejected,
                "files_left_for_later": len(report.left_for_later),
                "seconds_of_landing": round(time.monotonic() - started, 1),
                **({"days": _table(by_day[raw_name])} if raw_name in by_day else {}),
            },
        )


def rows_by_day(warehouse: Warehouse, since: datetime) -> dict[str, list[dict]]:
    """Files and rows landed since an instant (UTC, without zone), per table and day."""
    with connect(warehouse.working_file, read_only=True) as con:
        landed = con.execute(
            "select table_name, source_file, rows_landed, rows_rejected from raw.load_log"
            " where status = 'landed' and finished_at >= $since",
            {"since": since},
        ).fetchall()
    tables: dict[str, dict[str, dict]] = {}
    for table, name, rows, rejected in landed:
        day = day_in_name(name)
        said = day.isoformat() if day else "no day in the name"
        counts = tables.setdefault(table, {}).setdefault(
            said, {"day": said, "files": 0, "rows_landed": 0, "rows_rejected": 0}
        )
        counts["files"] += 1
        counts["rows_landed"] += rows
        counts["rows_rejected"] += rejected
    return {table: [days[day] for day in sorted(days)] for table, days in tables.items()}


def _table(days: list[dict]) -> dg.TableMetadataValue:
    """The last days as a table; a first landing of years would make every event huge."""
    return dg.MetadataValue.table([dg.TableRecord(day) for day in days[-SHOWN_DAYS:]])
