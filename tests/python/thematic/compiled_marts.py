"""The SQL of thematic marts as dbt compiles it, to run on tables of a test."""

import os
import subprocess
from pathlib import Path

import warm

PROJECT = Path(__file__).resolve().parents[3]


def compile_marts(folder: Path, themes: dict[str, str]) -> dict[str, str]:
    """Mart → its SQL; `themes`: mart → folder of models/thematic."""
    (folder / "build").mkdir()
    paths = ["--target-path", str(folder / "target"), "--log-path", str(folder / "logs")]
    done = subprocess.run(
        [warm.dbt(), "compile", "--select", *themes, *paths],
        cwd=PROJECT,
        env=os.environ
        | {"WAREHOUSE_DIR": str(folder), "DBT_PROFILES_DIR": str(PROJECT / "profiles")},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout[-3000:]
    models = folder / "target/compiled/commerce_warehouse/models/thematic"
    return {name: (models / theme / f"{name}.sql").read_text() for name, theme in themes.items()}
