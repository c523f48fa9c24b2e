"""The second engine from its start to its end: the same marts as DuckDB, row for row.

Takes minutes: on a small brand Spark plans longer than it counts.
"""

import os
import subprocess
from pathlib import Path

import pytest
from pipeline_brand import PROJECT, Brand

from orchestration.project import SettingError
from orchestration.spark import layout

PYTHON = PROJECT / ".venv" / "spark" / "bin" / "python"
SOURCES = "oms,wms,helpdesk,marketing"


@pytest.fixture(scope="module")
def brand(tmp_path_factory: pytest.TempPathFactory) -> Brand:
    """A twentieth of the sample brand, built by DuckDB; skips without Java 17 or pyspark."""
    try:
        layout.java()
    except SettingError as error:
        pytest.skip(str(error))
    if not PYTHON.exists():
        pytest.skip("Spark's environment is missing: make spark-env")
    folder = tmp_path_factory.mktemp("spark")
    brand = Brand(folder, SOURCES, folder / "landing", {"LANDING_PARQUET": "1"})
    made = brand.run("ingest.sample_brand", "--scale", "0.05")
    assert made.returncode == 0, made.stdout
    brand.build()
    return brand


@pytest.fixture(scope="module")
def spark(brand: Brand):
    """A function that runs a command of the second engine; in the end nothing of it runs."""

    def run(*arguments: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [str(PYTHON), "-m", "orchestration.spark", *arguments],
            cwd=PROJECT,
            env=brand.environment(),
            text=True,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            check=False,
        )

    started = run("up")
    assert started.returncode == 0, started.stdout
    yield run
    stopped = run("down")
    assert stopped.stdout == "stopped: master, worker, thrift server\n"
    assert processes_below(brand.folder / "spark") == []


def processes_below(folder: Path) -> list[str]:
    """The command lines of processes that work in a folder."""
    found = []
    for process in Path("/proc").iterdir():
        try:
            if process.name.isdigit() and Path(os.readlink(process / "cwd")).is_relative_to(folder):
                found.append((process / "cmdline").read_text())
        except OSError:
            continue
    return found


def test_both_engines_make_the_same_tables(brand, spark):
    built = spark("build", "--", "--exclude-resource-type", "test", "unit_test")
    assert built.returncode == 0, built.stdout[-8000:]
    compared = spark("parity")
    assert compared.returncode == 0, compared.stdout[-8000:]
    assert " tables are equal" in compared.stdout


def test_a_row_that_spark_lost_is_found(brand, spark):
    """Runs after the build above: one table of it loses its files."""
    folder = brand.folder / "spark" / "tables" / "subject.db" / "dim_dates"
    for path in folder.glob("*.parquet"):
        path.unlink()
    compared = spark("parity", "--marts")
    assert compared.returncode == 1
    assert "subject.dim_dates" in compared.stdout
