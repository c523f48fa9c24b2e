"""Marts of the sample brand, built once: the tests of this folder stay in one worker."""

import pytest
from pipeline_brand import Brand


@pytest.fixture(scope="session")
def sample_brand(tmp_path_factory: pytest.TempPathFactory) -> Brand:
    """Seventy days of the sample brand, two month-ends among them, built once."""
    folder = tmp_path_factory.mktemp("sample")
    brand = Brand(folder, "oms,wms,helpdesk,marketing", folder / "landing")
    made = brand.run("ingest.sample_brand", "--scale", "0.3", "--days", "70")
    assert made.returncode == 0, made.stdout
    brand.build()
    return brand
