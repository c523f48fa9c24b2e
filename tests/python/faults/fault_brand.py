"""A brand whose files arrive day by day, and the comparison of two of its warehouses."""

from datetime import date, timedelta
from itertools import pairwise

import duckdb
from pipeline_brand import Brand

from ingest.landing import land
from ingest.report import LandingReport
from orchestration.project import Warehouse
from orchestration.publication import KEPT, KEPT_SECONDS

FIRST_DAY = date(2024, 1, 1)
ORDERS_A_DAY = 25
SKUS = "ABCDE"
# Columns that describe when and in which batch a row came, not its data.
ORIGIN = (
    "_batch_id",
    "_loaded_at",
    "rejected_at",
    "started_at",
    "finished_at",
    "loaded_at",
)
PUBLISHED = ("subject", "thematic")


def write_day(brand: Brand, day_number: int) -> None:
    """Orders and lines of a day, as two files; accounts come back, so that marts have to change.

    One line a day does not fit and is rejected.
    """
    day = FIRST_DAY + timedelta(days=day_number)
    orders = ["platform,order_id,account_id,created_at,paid_at,status,updated_at"]
    lines = ["platform,order_id,line_no,sku_id,quantity,unit_price,updated_at"]
    for number in range(ORDERS_A_DAY):
        key = f"{day_number}-{number}"
        at = f"{day} {8 + number % 12:02}:{number % 60:02}:00"
        account = f"account{(day_number * 7 + number * 3) % 40}"
        orders.append(f"own_shop,{key},{account},{at},{at},completed,{at}")
        lines.extend(
            f"own_shop,{key},{line},{SKUS[(number + line) % 5]},{line},{number}.{line}0,{at}"
            for line in range(1, 2 + number % 3)
        )
    lines.append(f"own_shop,{day_number}-0,9,A,many,1,{day}")
    brand.write(f"oms/orders_{day}.csv", *orders)
    brand.write(f"oms/order_lines_{day}.csv", *lines)


def land_files(brand: Brand) -> LandingReport:
    """Land in this process, which takes a tenth of a new one."""
    return land(brand.sources.split(","), brand.landing, brand.folder)


def write_marts(warehouse: Warehouse, rows: int) -> None:
    """A working file with marts of so many orders, as a good build leaves it."""
    warehouse.build.mkdir(parents=True, exist_ok=True)
    with duckdb.connect(str(warehouse.working_file)) as con:
        con.execute(f"""
            create schema if not exists subject;
            create schema if not exists operations;
            create or replace table subject.fct_orders as
            select sha256(i::varchar) as order_id, true as is_valid, i % 100 as revenue_amount
            from range({rows}) as t(i);
            create or replace table subject.fct_sales_daily as
            select count(*) as order_count, sum(revenue_amount) as revenue_amount
            from subject.fct_orders;
            create or replace table subject.dim_as_of_date as
            select date '2024-01-31' as as_of_date;
            create or replace table operations.dbt_invocations as
            select 'a' as invocation_id, 'build' as command, true as is_complete,
                timestamp '2024-01-01' as started_at, true as has_ended;
            create or replace table operations.dbt_results as
            select 'a' as invocation_id, 'model.a' as unique_id, 'success' as status;
        """)


def left_overs(brand: Brand) -> list[str]:
    """Leftovers of killed runs that were not removed."""
    found = [
        str(path.relative_to(brand.folder))
        for path in (*brand.folder.glob("build/*.tmp"), *brand.folder.glob("publications/*.tmp"))
    ]
    found += [
        f"{schema}.{relation}"
        for schema, relation in brand.working_query(
            "select table_schema, table_name from information_schema.tables"
            " where contains(table_name, '__dbt_')"
        )
    ]
    publications = sorted((brand.folder / "publications").iterdir())
    # Those that the last one found with a reader's time past may not be there.
    left_until = publications[-1].stat().st_mtime - KEPT_SECONDS
    return found + [
        str(old.relative_to(brand.folder))
        for old, following in list(pairwise(publications))[: 1 - KEPT]
        if following.stat().st_mtime < left_until
    ]
