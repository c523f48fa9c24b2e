"""dbt for Dagster: the project, its manifest and the command line."""

import os

from dagster_dbt import DbtCliResource, DbtProject

from orchestration.project import PROFILES_DIR, PROJECT_DIR, Warehouse, dbt_executable

# Paths and sources of this location for every dbt that Dagster starts, the parse below included.
os.environ.update(Warehouse().environment())

dbt_project = DbtProject(
    project_dir=PROJECT_DIR, profiles_dir=PROFILES_DIR, target_path=Warehouse().dbt_target
)
dbt_cli = DbtCliResource(project_dir=dbt_project, dbt_executable=dbt_executable())


def write_manifest() -> None:
    """Parse the project into the manifest that the assets are made of.

    Always, not only under `dagster dev`: the manifest depends on which sources are on.
    """
    Warehouse().build.mkdir(parents=True, exist_ok=True)
    dbt_cli.cli(["parse"], target_path=dbt_project.project_dir / dbt_project.target_path).wait()


write_manifest()
