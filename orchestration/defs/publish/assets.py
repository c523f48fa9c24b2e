"""The published file as an asset: every mart is upstream of it."""

import dagster as dg

from orchestration.defs.transform.assets import FRESH, dbt_models
from orchestration.marts_copy import SCHEMAS
from orchestration.partitions import PARTITIONED
from orchestration.project import Warehouse
from orchestration.publication import publish
from orchestration.writer import WRITES, on_working_file
from reports.render import renderer

MARTS = [spec.key for spec in dbt_models.specs if spec.key.path[0] in SCHEMAS]


@dg.asset(
    name="publication",
    deps=MARTS,
    group_name="publish",
    kinds={"duckdb", "parquet"},
    owners=["team:data-platform"],
    freshness_policy=FRESH,
    **PARTITIONED,
    **WRITES,
)
def publication() -> dg.MaterializeResult:
    """Publish the build: DuckDB file, Parquet folder and pages at once."""
    warehouse = Warehouse()
    with on_working_file(warehouse):
        published = publish(warehouse, renderer())
    rows = sum(table.rows for table in published.tables)
    return dg.MaterializeResult(
        metadata={
            "dagster/row_count": rows,
            "as_of_date": published.as_of_date or "",
            "tables": len(published.tables),
            "rows": dg.MetadataValue.table(
                [
                    dg.TableRecord(
                        {"schema": table.schema, "table": table.name, "rows": table.rows}
                    )
                    for table in published.tables
                ]
            ),
            "seconds": published.seconds,
            "file": dg.MetadataValue.path(str(warehouse.published_file)),
        }
    )
