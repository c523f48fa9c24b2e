"""Raw tables as assets: one run of landing fills all of them."""

from collections.abc import Iterator

import dagster as dg

from ingest.declarations import Table, load_sources
from ingest.landing import land
from orchestration.project import Warehouse


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
        dg.AssetSpec(raw_key(table), group_name="ingest", kinds={"duckdb"})
        for table in raw_tables().values()
    ],
)
def landing(context: dg.AssetExecutionContext) -> Iterator[dg.MaterializeResult]:
    """Land new files. A refused file is a warning: the others landed, it is tried again."""
    warehouse = Warehouse()
    report = land(list(warehouse.sources), warehouse.landing, warehouse.folder)
    for message in (*report.warnings, *report.refusals):
        context.log.warning(message)
    for raw_name, table in raw_tables().items():
        counts = report.tables[raw_name]
        yield dg.MaterializeResult(
            raw_key(table),
            metadata={
                "dagster/row_count": counts.rows_landed,
                "landed_files": counts.landed_files,
                "refused_files": counts.refused_files,
                "rejected_rows": counts.rows_rejected,
            },
        )
