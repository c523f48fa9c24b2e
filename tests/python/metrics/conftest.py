"""A published file with what is rare: days without a shop, a shop without orders, odd days."""

import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import duckdb
import pytest
from pipeline_brand import Brand

from orchestration.project import Warehouse

RARE = """
    -- A refund of which no shop is known, and no order.
    insert into subject.fct_sales_daily by name
    select
        'no shop' as sales_day_key, currency_code, date_day, 0 as order_count, 0 as buyer_count,
        0 as unit_count, 0 as revenue_amount, 0 as revenue_base_amount, 1 as refund_count,
        12.3456 as refund_base_amount, -12.3456 as net_revenue_base_amount
    from subject.fct_sales_daily
    where order_count > 0
    order by sales_day_key
    limit 1;
    -- A shop that never sold, with a day and a refund, and no name.
    insert into subject.dim_shops by name
    select 'empty' as shop_key, platform_code, 'e01' as shop_id, currency_code, true as is_online
    from subject.dim_shops order by shop_key limit 1;
    insert into subject.fct_sales_daily by name
    select
        'empty' as sales_day_key, 'empty' as shop_key, currency_code, date_day, 0 as order_count,
        0 as buyer_count, 0 as unit_count, 0 as revenue_amount, 0 as revenue_base_amount,
        1 as refund_count, 5 as refund_base_amount, -5 as net_revenue_base_amount
    from subject.fct_sales_daily
    where order_count > 0
    order by sales_day_key
    limit 1;
    -- What comes after the as-of date counts nowhere.
    insert into subject.fct_sales_daily by name
    select * replace ('later' as sales_day_key, date_day + 400 as date_day)
    from subject.fct_sales_daily
    where order_count > 0
    order by sales_day_key
    limit 1;
    -- A conversation without shop, topic or score, and a test order.
    insert into subject.fct_tickets by name
    select * replace ('odd' as ticket_key, null as shop_key, null as topic, null as csat_score,
        null as first_reply_minutes)
    from subject.fct_tickets order by ticket_key limit 1;
    insert into subject.fct_orders by name
    select * replace ('test' as order_key, true as is_test, false as is_valid,
        'cancelled' as order_status, null as purchase_date)
    from subject.fct_orders order by order_key limit 1;
"""


@pytest.fixture(scope="session")
def warehouse(sample_brand: Brand, tmp_path_factory: pytest.TempPathFactory) -> Warehouse:
    """The sample brand's published file, with rare rows added to a copy."""
    folder = tmp_path_factory.mktemp("metrics")
    (folder / "published").mkdir()
    made = Warehouse(folder, folder / "landing", tuple(sample_brand.sources.split(",")))
    shutil.copy(sample_brand.published_file, made.published_file)
    made.published_file.chmod(0o644)
    with duckdb.connect(str(made.published_file)) as con:
        con.execute(RARE)
    made.published_file.chmod(0o444)
    return made


@pytest.fixture(scope="session")
def published(warehouse: Warehouse) -> Iterator[duckdb.DuckDBPyConnection]:
    """The file, read-only."""
    with duckdb.connect(str(warehouse.published_file), read_only=True) as con:
        yield con


@pytest.fixture(scope="session")
def as_of_date(published: duckdb.DuckDBPyConnection) -> date:
    return published.sql("select as_of_date from subject.dim_as_of_date").fetchone()[0]


@pytest.fixture
def nothing_published(tmp_path: Path) -> Path:
    """A warehouse folder without a publication."""
    return tmp_path / "nothing"
