"""The published file as an asset: every mart is upstream of it."""

import dagster as dg

from orchestration.defs.transform.assets import dbt_models
from orchestration.project import Warehouse
from orchestration.publication import SCHEMAS, publish

MARTS = [spec.key for spec in dbt_models.specs if spec.key.path[0] in SCHEMAS]


@dg.asset(name="publication", deps=MARTS, group_name="publish", kinds={"duckdb", "parquet"})
def publication() -> dg.MaterializeResult:
    """Swap the build in: the DuckDB file and the Parquet folder at once."""
    published = publish(Warehouse())
    return dg.MaterializeResult(
        metadata={
            "as_of_date": published.as_of_date or "",
            "tables": len(published.tables),
            "rows": sum(table.rows for table in published.tables),
            "seconds": published.seconds,
            "file": dg.MetadataValue.path(str(Warehouse().published_file)),
        }
    )
