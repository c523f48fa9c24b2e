"""Whole warehouses, built the way that `make build` builds them, in temporary folders."""

from pathlib import Path

import pytest
from pipeline_brand import Brand, write_two_files


@pytest.fixture(scope="session")
def sample_brand(tmp_path_factory: pytest.TempPathFactory) -> Brand:
    """Seventy days of the sample brand, two month-ends among them, built once."""
    folder = tmp_path_factory.mktemp("sample")
    brand = Brand(folder, "oms,wms,helpdesk,marketing", folder / "landing")
    made = brand.run("ingest.sample_brand", "--scale", "0.3", "--days", "70")
    assert made.returncode == 0, made.stdout
    brand.build()
    return brand


@pytest.fixture
def two_file_brand(tmp_path: Path) -> Brand:
    """A brand that has orders and order lines and nothing else."""
    brand = Brand(tmp_path, "oms", tmp_path / "landing")
    write_two_files(brand)
    return brand
