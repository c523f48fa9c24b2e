"""Whole warehouses, built the way that `make build` builds them, in temporary folders."""

from pathlib import Path

import pytest
from pipeline_brand import Brand, write_two_files


@pytest.fixture
def two_file_brand(tmp_path: Path) -> Brand:
    """A brand with orders and order lines only."""
    brand = Brand(tmp_path, "oms", tmp_path / "landing")
    write_two_files(brand)
    return brand
