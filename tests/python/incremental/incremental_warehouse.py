"""A warehouse that grows by steps, and the same raw rows built anew, side by side."""

import os
import shutil
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path

import duckdb
from dbt.adapters.duckdb.connections import DuckDBConnectionManager
from dbt.cli.main import dbtRunner
from dbt.contracts.graph.manifest import Manifest
from dbt.contracts.graph.nodes import ModelNode
from file_differences import differences
from warm.dbt_shortcuts import compile_templates, take_shortcuts

from ingest.landing import land

PROJECT = Path(__file__).resolve().parents[3]
SCHEMAS = ("staging", "intermediate", "subject", "thematic")
# Threads of one Python take turns: with one, a tiny build takes less of the machine.
ONE_THREAD = ("--threads", "1")
take_shortcuts()


@dataclass(frozen=True)
class GrowingWarehouse:
    """A warehouse folder, its landing folder, its sources and further settings."""

    folder: Path
    sources: str
    landing: Path
    settings: dict[str, str] = field(default_factory=dict)

    @property
    def working_file(self) -> Path:
        return self.folder / "build" / "warehouse.duckdb"

    def copy_to(self, folder: Path) -> "GrowingWarehouse":
        """The same warehouse in another folder, with the same landing folder."""
        shutil.copytree(self.folder / "build", folder / "build")
        return replace(self, folder=folder)

    def with_settings(self, **settings: str | None) -> "GrowingWarehouse":
        """The same warehouse under these settings; none: the setting is not given."""
        given = {name: value for name, value in settings.items() if value is not None}
        return replace(self, settings=given)

    def land(self) -> None:
        """Land what is new; no file may be refused."""
        report = land(self.sources.split(","), self.landing, self.folder)
        assert not report.refusals, report.refusals

    def dbt(self, *arguments: str) -> None:
        """Run dbt in this process: starting and parsing anew take longer than a small build."""
        with environment(PROJECT, self.folder, self.sources, self.settings):
            try:
                runner = dbtRunner(manifest=_manifest(self.sources))
                result = runner.invoke(["--quiet", "--no-write-json", *arguments, *ONE_THREAD])
            finally:
                # The adapter would keep the file, and its lock, open.
                DuckDBConnectionManager.close_all_connections()
        failed = [
            f"{node.node.unique_id}: {node.message}"
            for node in getattr(result.result, "results", [])
            if node.status not in ("success", "pass", "warn", "skipped")
        ]
        assert result.success, "\n".join(failed) or str(result.exception)

    def warnings_of(self, *tests: str) -> list[str]:
        """What these tests say in warnings, as a run prints it."""
        lines: list[str] = []
        with environment(PROJECT, self.folder, self.sources, self.settings):
            try:
                said = dbtRunner(
                    manifest=_manifest(self.sources),
                    callbacks=[lambda event: lines.append(event.info.msg)],
                )
                result = said.invoke(["--no-write-json", "test", "--select", *tests, *ONE_THREAD])
            finally:
                DuckDBConnectionManager.close_all_connections()
        assert result.success, result.exception
        return [line for line in lines if line.startswith("Warning: ")]

    def differences_to_full_refresh(self, folder: Path) -> list[str]:
        """Tables that building the same raw rows anew makes otherwise, and by how many rows."""
        other = self.copy_to(folder)
        try:
            other.dbt("run", "--full-refresh")
            return differences(self.working_file, other.working_file, SCHEMAS)
        finally:
            shutil.rmtree(folder)

    def models(self) -> list[ModelNode]:
        """The models of its sources, by name."""
        with environment(PROJECT, self.folder, self.sources, self.settings):
            nodes = _manifest(self.sources).nodes.values()
        found = [node for node in nodes if isinstance(node, ModelNode)]
        return sorted(found, key=lambda node: node.name)

    def rebuilt(self) -> set[str]:
        """The incremental models that the last run built anew."""
        with duckdb.connect(str(self.working_file), read_only=True) as con:
            rows = con.execute(
                "select model from operations.model_runs where is_rebuilt"
                " and run_number = (select max(run_number) from operations.model_runs)"
            ).fetchall()
        return {model for (model,) in rows}


def rows_without_key(warehouse: GrowingWarehouse) -> list[str]:
    """Incremental tables with rows that have no touched key: nothing could ever change them."""
    found = []
    with duckdb.connect(str(warehouse.working_file), read_only=True) as con:
        for node in warehouse.models():
            if node.config.materialized == "incremental":
                key = node.config.meta["touched_key"]
                (rows,) = con.execute(
                    f'select count(*) from "{node.schema}"."{node.name}" where {key} is null'
                ).fetchone()
                if rows:
                    found.append(f"{node.name}: {rows} rows without {key}")
    return found


@cache
def _manifest(sources: str) -> Manifest:
    """The parsed project; it names no folder, so that all warehouses of these sources share it."""
    parsed = dbtRunner().invoke(["--quiet", "parse"])
    assert parsed.success, parsed.exception
    compile_templates(parsed.result)
    return parsed.result


@contextmanager
def environment(project: Path, folder: Path, sources: str, settings: dict[str, str]):
    """The environment of a warehouse folder, for as long as dbt runs in this process."""
    kept = dict(os.environ)
    for name in ("AS_OF_DATE", "SCALE", "LANDING_DIR", "REPORTING_CURRENCY", "IDENTITY_KEY"):
        os.environ.pop(name, None)
    os.environ |= {
        "WAREHOUSE_DIR": str(folder),
        "SOURCES": sources,
        "DBT_PROJECT_DIR": str(project),
        "DBT_PROFILES_DIR": str(PROJECT / "profiles"),
        "DBT_TARGET_PATH": str(folder / "build" / "target"),
        "DBT_LOG_PATH": str(folder / "build" / "logs"),
        "DBT_LOG_LEVEL_FILE": "none",
        "DBT_SEND_ANONYMOUS_USAGE_STATS": "false",
        **settings,
    }
    try:
        yield
    finally:
        os.environ.clear()
        os.environ |= kept
