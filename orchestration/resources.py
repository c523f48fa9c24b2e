"""dbt for Dagster: the project, its manifest and the command line."""

import json
import os
import subprocess

from dagster_dbt import DbtCliResource, DbtProject

from orchestration.project import PROFILES_DIR, PROJECT_DIR, Warehouse, dbt_executable

# Paths and sources of this location for every dbt that Dagster starts, also for the parse below.
os.environ.update(Warehouse().environment())

dbt_project = DbtProject(
    project_dir=PROJECT_DIR, profiles_dir=PROFILES_DIR, target_path=Warehouse().dbt_target
)
LAYERS = {"reference": 1, "staging": 2, "intermediate": 3, "subject": 4, "thematic": 5}
dbt_cli = DbtCliResource(project_dir=dbt_project, dbt_executable=dbt_executable())


def write_manifest() -> None:
    """Parse the project into the manifest that the assets are made of.

    Always, not only under `dagster dev`: the manifest depends on which sources are on. By dbt
    itself: Dagster's resource asks dbt for its version first, and makes an adapter.
    Raises RuntimeError with dbt's words when the project cannot be parsed.
    """
    Warehouse().build.mkdir(parents=True, exist_ok=True)
    parsed = subprocess.run(
        [dbt_executable(), "--quiet", "--no-use-colors", "parse"],
        cwd=PROJECT_DIR,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    if parsed.returncode:
        raise RuntimeError(parsed.stdout)


def read_manifest() -> dict:
    """The manifest, each singular test attached to a table, so that Dagster shows it as a check.

    One that reads several tables belongs to the last layer that it reads: its result is known
    only when that layer is built.
    """
    path = dbt_project.project_dir / dbt_project.target_path / "manifest.json"
    manifest = json.loads(path.read_text(encoding="utf-8"))
    for node in manifest["nodes"].values():
        if node["resource_type"] == "test" and not node.get("attached_node"):
            read = [name for name in node["depends_on"]["nodes"] if name in manifest["nodes"]]
            node["attached_node"] = max(
                read,
                key=lambda name: LAYERS.get(manifest["nodes"][name]["schema"], 0),
                default=None,
            )
    return manifest


write_manifest()
