"""What dbt, dbt-colibri and dbterd say of the project, as files."""

import json
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb

from orchestration.project import PROJECT_DIR, Warehouse, dbt_executable
from orchestration.run_lock import run_lock
from reports.site.errors import SiteError

BIN = Path(sys.prefix) / "bin"
# dbt-colibri goes on after a model that it cannot read, and exits with 0.
COLIBRI_FAILED = "[ERROR]"
NOT_BUILT = "nothing has been built yet: run `make build` first"


@dataclass(frozen=True)
class Artifacts:
    """The manifest, edges of columns, edges of tables; and two pages that stand by themselves."""

    manifest: dict[str, Any]
    column_lineage: dict[str, Any]
    relations: dict[str, Any]
    dbt_docs_page: Path
    lineage_page: Path


def built_sources(warehouse: Warehouse) -> tuple[str, ...]:
    """The sources that the last build read: those whose staging models the working file has.

    Raises SiteError when nothing has been built, or the file cannot be read.
    """
    if not warehouse.working_file.exists():
        raise SiteError(NOT_BUILT)
    try:
        with duckdb.connect(str(warehouse.working_file), read_only=True) as con:
            found = con.execute("""
                select distinct regexp_extract(table_name, '^stg_(.+?)__', 1) as source
                from information_schema.tables
                where table_schema = 'staging' and table_name like 'stg!_%!_!_%' escape '!'
                order by source
            """).fetchall()
    except duckdb.Error as error:
        raise SiteError(f"cannot read {warehouse.working_file}: {error}") from None
    return tuple(source for (source,) in found)


def make_artifacts(warehouse: Warehouse) -> Artifacts:
    """Run the three tools over the working file; raises SiteError when one of them fails.

    They write to a folder of their own: dbt's last build keeps its artifacts.
    """
    if not warehouse.working_file.exists():
        raise SiteError(NOT_BUILT)
    folder = warehouse.build / "site"
    folder.mkdir(parents=True, exist_ok=True)
    parsed = warehouse.dbt_target / "partial_parse.msgpack"
    if parsed.exists():
        shutil.copy(parsed, folder)
    # An option of the environment may switch off the very files that are read here.
    environment = warehouse.environment() | {
        "DBT_TARGET_PATH": str(folder),
        "DBT_WRITE_JSON": "true",
    }
    with run_lock(warehouse):
        _run([dbt_executable(), "--quiet", "docs", "generate", "--static"], environment)
    said = _run(
        [
            *(str(BIN / "colibri"), "generate", "--light", "--disable-telemetry"),
            *("--manifest", str(folder / "manifest.json")),
            *("--catalog", str(folder / "catalog.json")),
            *("--output-dir", str(folder / "lineage")),
        ],
        environment,
    )
    if COLIBRI_FAILED in said:
        failed = [line for line in said.splitlines() if COLIBRI_FAILED in line]
        raise SiteError(f"dbt-colibri cannot read {len(failed)} columns, first: {failed[0]}")
    _run(
        [
            *(str(BIN / "dbterd"), "run", "-t", "json", "-enf", "table"),
            *("-s", "schema:subject", "-s", "schema:thematic"),
            *("-ad", str(folder), "-o", str(folder), "-ofn", "relations.json"),
        ],
        environment,
    )
    return Artifacts(
        manifest=json.loads((folder / "manifest.json").read_text()),
        column_lineage=json.loads((folder / "lineage" / "colibri-manifest.json").read_text()),
        relations=json.loads((folder / "relations.json").read_text()),
        dbt_docs_page=folder / "static_index.html",
        lineage_page=folder / "lineage" / "index.html",
    )


def _run(command: list[str], environment: dict[str, str]) -> str:
    finished = subprocess.run(
        command,
        cwd=PROJECT_DIR,
        env=environment,
        text=True,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        check=False,
    )
    if finished.returncode:
        raise SiteError(f"{Path(command[0]).name} failed: {finished.stdout.strip()[-2000:]}")
    return finished.stdout
