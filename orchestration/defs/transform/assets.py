"""dbt's models as assets, its tests as checks."""

from collections.abc import Iterator

import dagster as dg
from dagster_dbt import DbtCliResource, dbt_assets

from orchestration.resources import dbt_project
from orchestration.steps import DBT_BUILD


@dbt_assets(manifest=dbt_project.manifest_path, name="dbt_build")
def dbt_models(context: dg.AssetExecutionContext, dbt: DbtCliResource) -> Iterator:
    """Build and test what the run selects."""
    yield from dbt.cli(list(DBT_BUILD), context=context).stream()
