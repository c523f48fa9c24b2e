"""A brand's folders in a temporary place, and helpers for tests."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import duckdb
import pytest

from ingest.landing import land
from ingest.report import LandingReport


@dataclass
class Brand:
    """Files to land and the warehouse that they land in."""

    folder: Path
    sources: list[str]

    @property
    def landing_dir(self) -> Path:
        return self.folder / "landing"

    @property
    def warehouse_dir(self) -> Path:
        return self.folder / "warehouse"

    @property
    def working_file(self) -> Path:
        return self.warehouse_dir / "build" / "warehouse.duckdb"

    def write(self, name: str, content: str | bytes) -> Path:
        path = self.landing_dir / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return path

    def land(self) -> LandingReport:
        self.landing_dir.mkdir(parents=True, exist_ok=True)
        return land(self.sources, self.landing_dir, self.warehouse_dir)

    def query(self, sql: str, *parameters) -> list[tuple]:
        with duckdb.connect(str(self.working_file), read_only=True) as con:
            return con.execute(sql, parameters).fetchall()

    def rejected(self) -> list[tuple]:
        """Line number, column, reason and text of the rejected rows, in order."""
        return self.query("""
            select line_number, column_name, reason, line from raw.rejected_rows
            order by _batch_id, line_number
        """)


@pytest.fixture
def brand(tmp_path: Path) -> Brand:
    """A brand with the warehouse system only: few tables, so a run is quick."""
    return Brand(tmp_path, ["wms"])


@pytest.fixture
def order_brand(tmp_path: Path) -> Brand:
    """A brand with the order system only."""
    return Brand(tmp_path, ["oms"])


@pytest.fixture
def land_scans(brand: Brand) -> Callable[[bytes | str], LandingReport]:
    """Land one file of parcel scans."""

    def landed(content: bytes | str, name: str = "wms/parcel_scans.csv") -> LandingReport:
        brand.write(name, content)
        return brand.land()

    return landed
