"""A small sample brand, generated and landed once for all tests of its contents."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import duckdb
import pytest

from ingest import settings
from ingest.landing import land
from ingest.report import LandingReport
from ingest.sample_brand import Options, Outcome, generate
from ingest.sample_brand.tables import TABLES


@dataclass(frozen=True)
class Sample:
    """The sample, its landing report, and a connection to the raw tables."""

    options: Options
    outcome: Outcome
    report: LandingReport
    con: duckdb.DuckDBPyConnection

    def rows(self, query: str) -> list[tuple]:
        return self.con.execute(query).fetchall()

    def value(self, query: str) -> object:
        return self.rows(query)[0][0]


@pytest.fixture(scope="session")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Sample]:
    """Five months around Double 11, at about 3,700 orders."""
    warehouse = tmp_path_factory.mktemp("sample")
    options = Options(
        landing_dir=warehouse / "landing",
        warehouse_dir=warehouse,
        scale=0.3,
        first_day=date(2024, 9, 1),
        days=150,
    )
    outcome = generate(options, say=lambda _: None)
    report = land(None, options.landing_dir, warehouse)
    with duckdb.connect() as con:
        con.execute(f"attach '{settings.working_file(warehouse)}' as landed (read_only)")
        con.execute("use landed")
        for table in TABLES:
            keys = ", ".join(table.key)
            con.execute(
                f"""
                create table memory.main.{table.name} as
                select * from raw.{table.name}
                qualify row_number() over (
                    partition by {keys} order by updated_at desc, _batch_id desc, _source_row desc
                ) = 1
                """
            )
        con.execute("use memory.main")
        for table in TABLES:
            con.execute(f"delete from {table.name} where is_deleted")
        # Lines that the order's latest version no longer has are gone.
        con.execute(
            """
            delete from order_lines as line
            where not exists (
                select 1 from orders
                where (platform, shop_id, order_id, updated_at)
                    = (line.platform, line.shop_id, line.order_id, line.updated_at)
            )
            """
        )
        yield Sample(options, outcome, report, con)


@pytest.fixture
def tiny(tmp_path: Path) -> Options:
    """Options of a sample that takes two seconds."""
    return Options(
        landing_dir=tmp_path / "landing", warehouse_dir=tmp_path, scale=0.02, days=60, seed=7
    )
