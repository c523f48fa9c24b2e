"""Whole warehouses, built the way that `make build` builds them, in temporary folders."""

from pathlib import Path

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


@pytest.fixture
def two_file_brand(tmp_path: Path) -> Brand:
    """A brand that has orders and order lines and nothing else."""
    brand = Brand(tmp_path, "oms", tmp_path / "landing")
    brand.write(
        "oms/orders.csv",
        "platform,order_id,account_id,created_at,paid_at,status",
        "own_shop,1,ann,2024-01-01 10:00:00,2024-01-01 10:05:00,completed",
        "own_shop,2,ann,2024-01-01 18:00:00,2024-01-01 18:05:00,completed",
        "own_shop,3,ann,2024-02-15 10:00:00,2024-02-15 10:05:00,completed",
        "own_shop,4,bob,2024-01-31 23:59:00,2024-02-01 00:01:00,completed",
        "own_shop,5,cat,2024-06-30 10:00:00,2024-06-30 10:05:00,paid",
        "own_shop,6,dan,2024-06-30 11:00:00,,closed",
    )
    brand.write(
        "oms/order_lines.csv",
        "platform,order_id,line_no,sku_id,quantity,unit_price",
        "own_shop,1,1,A,2,10.50",
        "own_shop,1,2,B,1,5",
        "own_shop,2,1,A,1,10.50",
        "own_shop,3,1,C,3,0.333",
        "own_shop,4,1,A,1,10.50",
        "own_shop,5,1,B,4,5",
        "own_shop,6,1,A,1,10.50",
    )
    return brand
