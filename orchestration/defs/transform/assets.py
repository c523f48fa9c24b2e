"""dbt's models as assets, its tests as checks."""

from collections.abc import Iterator, Mapping
from datetime import timedelta
from typing import Any

import dagster as dg
from dagster_dbt import (
    DagsterDbtCliRuntimeError,
    DagsterDbtTranslator,
    DbtCliInvocation,
    DbtCliResource,
    dbt_assets,
)

from orchestration.dbt_results import failed_nodes, table_rows
from orchestration.marts_copy import SCHEMAS
from orchestration.partitions import PARTITIONED
from orchestration.project import Warehouse
from orchestration.resources import read_manifest
from orchestration.steps import DBT_BUILD
from orchestration.writer import WRITES, on_working_file

# Published every night: after 26 hours it is late, after 36 hours a night has failed.
FRESH = dg.FreshnessPolicy.time_window(
    warn_window=timedelta(hours=26), fail_window=timedelta(hours=36)
)


class FoldersAndOwners(DagsterDbtTranslator):
    """Groups and owners are those of dbt: its groups follow the folders, each has its owner."""

    def get_asset_spec(self, manifest: Mapping[str, Any], unique_id: str, project) -> dg.AssetSpec:
        """Published marts must be fresh."""
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
    """The options in the launchpad."""

    # Rebuild every model from all of raw: after a source was reset.
    full_refresh: bool = False


@dbt_assets(
    manifest=read_manifest(),
    name="dbt_build",
    dagster_dbt_translator=FoldersAndOwners(),
    **PARTITIONED,
    **WRITES,
)
def dbt_models(
    context: dg.AssetExecutionContext, dbt: DbtCliResource, config: BuildConfig
) -> Iterator:
    """Build and test what the run selects. A failed node is not retried: it would fail again."""
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
            failure = _failure(invocation)
            failure.__cause__ = error
        rows = table_rows(warehouse)
    for event in events:
        yield _with_rows(event, rows, context)
    if failure:
        raise failure


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


def _failure(invocation: DbtCliInvocation) -> dg.Failure:
    """The alert's text for a failed dbt run: a retry would not help."""
    try:
        text = failed_nodes(invocation.get_artifact("run_results.json")["results"])
    except FileNotFoundError:
        text = "dbt stopped before it built anything: see its log"
    return dg.Failure(text, allow_retries=False)
