"""A small brand, part of whose files are held back, built once."""

import random
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from incremental_warehouse import PROJECT, GrowingWarehouse
from tiny_project import BUILD, TinyProject

SOURCES = "oms,wms,helpdesk,marketing"
HELD_BACK_SHARE = 0.15


@pytest.fixture(scope="session")
def grown_brand(tmp_path_factory: pytest.TempPathFactory) -> tuple[GrowingWarehouse, Path]:
    """A brand of five weeks without some of its files, and the folder with these files."""
    folder = tmp_path_factory.mktemp("grown")
    landing, held_back = folder / "landing", folder / "held_back"
    subprocess.run(
        [
            *(sys.executable, "-m", "ingest.sample_brand", "--scale", "0.05", "--days", "35"),
            *("--landing-dir", str(landing), "--warehouse-dir", str(folder)),
        ],
        cwd=PROJECT,
        check=True,
        capture_output=True,
    )
    files = sorted(path for path in landing.rglob("*.*") if path.is_file())
    for path in random.Random(7).sample(files, round(len(files) * HELD_BACK_SHARE)):
        if path.name.startswith("."):
            continue
        target = held_back / path.relative_to(landing)
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.move(path, target)
    brand = GrowingWarehouse(folder / "warehouse", SOURCES, landing)
    brand.land()
    brand.dbt("seed")
    brand.dbt("run")
    return brand, held_back


@pytest.fixture(scope="module")
def built_project(tmp_path_factory) -> TinyProject:
    """Two orders of two shops, built and found good."""
    return _built(TinyProject(tmp_path_factory.mktemp("tiny")))


@pytest.fixture(scope="module")
def built_warehouse_project(tmp_path_factory) -> TinyProject:
    """The same with the macros, variables and hooks of the warehouse beside the package."""
    tiny = TinyProject(tmp_path_factory.mktemp("tiny"))
    return _built(tiny, with_macros_of_the_warehouse=True)


def _built(tiny: TinyProject, with_macros_of_the_warehouse: bool = False) -> TinyProject:
    tiny.create()
    if with_macros_of_the_warehouse:
        tiny.add_macros_of_the_warehouse()
    tiny.send("shops", ("a", "Alpha"), ("b", "Beta"))
    tiny.send("orders", (1, "a", "r1", 10), (2, "b", "r2", 20))
    assert tiny.dbt(*BUILD) == set()
    return tiny


@pytest.fixture
def project(built_project, tmp_path) -> TinyProject:
    return built_project.copy_to(tmp_path)


@pytest.fixture
def warehouse_project(built_warehouse_project, tmp_path) -> TinyProject:
    return built_warehouse_project.copy_to(tmp_path)
