"""dbt's models as assets, its tests as checks."""

from collections.abc import Iterator, Mapping
from datetime import timedelta
from typing import Any

import dagster as dg
from dagster_dbt import DagsterDbtCliRuntimeError, DagsterDbtTranslator, DbtCliResource, dbt_assets

from ingest.working_file import connect
from orchestration.partitions import PARTITIONED
from orchestration.project import Warehouse
from orchestration.publication import SCHEMAS
from orchestration.resources import dbt_project
from orchestration.steps import DBT_BUILD
from orchestration.writer import WRITES, on_working_file

# Published every night: a day and two hours is late, a day and a half is a night that failed.
FRESH = dg.FreshnessPolicy.time_window(
    warn_window=timedelta(hours=26), fail_window=timedelta(hours=36)
)
SHOWN_NODES = 20
FAILED = ("error", "fail", "runtime error")


class FoldersAndOwners(DagsterDbtTranslator):
    """Groups and owners are those of dbt: its groups follow the folders, each has its owner."""

    def get_asset_spec(self, manifest: Mapping[str, Any], unique_id: str, project) -> dg.AssetSpec:
        """A mart that readers see has to be fresh."""
        spec = super().get_asset_spec(manifest, unique_id, project)
        if spec.key.path[0] not in SCHEMAS:
            return spec
        return spec.replace_attributes(freshness_policy=FRESH)

    def get_group_name(self, dbt_resource_props: Mapping[str, Any]) -> str | None:
        """Seeds have no group in dbt; they are named as their schema is."""
        if dbt_resource_props["resource_type"] == "seed":
            return "reference"
        return super().get_group_name(dbt_resource_props)

    def get_owners(self, dbt_resource_props: Mapping[str, Any]) -> list[str] | None:
        """The owner of the group as a team: its address if it has one, else its name."""
        if dbt_resource_props["resource_type"] == "seed":
            return ["team:data-platform"]
        addresses = super().get_owners(dbt_resource_props)
        if addresses:
            return list(addresses)
        group = dbt_resource_props.get("group")
        name = group["owner"]["name"] if isinstance(group, dict) else None
        return [f"team:{name.lower().replace(' ', '-')}"] if name else None


class BuildConfig(dg.Config):
    """What the launchpad may change."""

    # Rebuild every model from all of raw: after a source was reset.
    full_refresh: bool = False


@dbt_assets(
    manifest=dbt_project.manifest_path,
    name="dbt_build",
    dagster_dbt_translator=FoldersAndOwners(),
    **PARTITIONED,
    **WRITES,
)
def dbt_models(
    context: dg.AssetExecutionContext, dbt: DbtCliResource, config: BuildConfig
) -> Iterator:
    """Build and test what the run selects. A node that failed is not tried again: it stays so."""
    warehouse = Warehouse()
    arguments = [*DBT_BUILD, *(["--full-refresh"] if config.full_refresh else [])]
    with on_working_file(warehouse):
        invocation = dbt.cli(arguments, context=context)
        events, failure = [], None
        # All events first: rows are counted when dbt has let go of the file, and a check that came
        # before its table would count for the table of the day before.
        try:
            for event in invocation.stream():
                events.append(event)
        except DagsterDbtCliRuntimeError as error:
            failure = dg.Failure(failed_nodes(invocation), allow_retries=False)
            failure.__cause__ = error
        rows = mart_rows(warehouse)
    for event in events:
        yield _with_rows(event, rows, context)
    if failure:
        raise failure


def mart_rows(warehouse: Warehouse) -> dict[tuple[str, str], int]:
    """Rows of every table that dbt has built, by schema and name."""
    with connect(warehouse.working_file, read_only=True) as con:
        tables = con.execute(
            "select schema_name, table_name from duckdb_tables()"
            " where schema_name not in ('raw', 'operations')"
        ).fetchall()
        return {
            (schema, table): con.execute(f'select count(*) from {schema}."{table}"').fetchone()[0]
            for schema, table in tables
        }


def _with_rows(event: Any, rows: dict[tuple[str, str], int], context: dg.AssetExecutionContext):
    if isinstance(event, dg.Output):
        key = context.asset_key_for_output(event.output_name)
    elif isinstance(event, dg.AssetMaterialization):
        key = event.asset_key
    else:
        return event
    count = rows.get((key.path[0], key.path[-1]))
    if count is None:
        return event
    return event.with_metadata({**event.metadata, "dagster/row_count": count})


def failed_nodes(invocation) -> str:
    """Which nodes failed, with rows for tests; what the engine said stays in the log.

    An engine that cannot take a value repeats the value, and this text goes into alerts.
    """
    try:
        results = invocation.get_artifact("run_results.json")["results"]
    except FileNotFoundError:
        return "dbt stopped before it built anything: see its log"
    failed = [result for result in results if result["status"] in FAILED]
    lines = [f"{len(failed)} of dbt's {len(results)} nodes failed:"]
    for result in failed[:SHOWN_NODES]:
        kind, _, *name = result["unique_id"].split(".")
        rows = f", {result['failures']:,} rows" if result.get("failures") else ""
        lines.append(f"  {kind} {name[0]}: {result['status']}{rows}")
    if len(failed) > SHOWN_NODES:
        lines.append(f"  … and {len(failed) - SHOWN_NODES} more")
    return "\n".join(lines)
