"""Seconds and memory of the suites on ten million rows: `python -m benchmarks.expectations`.

Order lines and orders of four weeks and a day are generated in a temporary working file; only the
last day is new in the second run, as in a nightly run.
"""

import argparse
import logging
import resource
import tempfile
import time
from pathlib import Path

import duckdb

from ingest.declarations import load_sources
from ingest.raw_tables import create_raw_tables

DAYS = 29
FIRST_DAY = "date '2024-04-01'"
MEMORY_LIMIT = "8GB"
COLUMNS = {
    "order_lines": "'own_shop' as platform, 's' as shop_id, 'o' || (i // 3) as order_id,"
    " (i % 3)::int as line_no, 'sku' || (i % 5000) as sku_id, 1 + (i % 4)::int as quantity,"
    " (10 + i % 190)::decimal(18, 4) as unit_price, false as is_gift",
    "orders": "'own_shop' as platform, 's' as shop_id, 'o' || i as order_id,"
    " 'a' || (i % 500000) as account_id, 'completed' as status, 'normal' as order_type,"
    " day + interval 9 hour as created_at, day + interval 10 hour as paid_at, 'CNY' as currency,"
    " (30 + i % 500)::decimal(18, 4) as payable_amount",
}
MARTS = """
create schema subject;
create table subject.dim_dates (date_day date, is_holiday boolean, festival_code varchar);
create table subject.fct_orders as
select
    'oms' as source, 'CNY' as currency_code, false as is_test, true as is_valid, 2 as line_count,
    account_id as account_key, shop_id as shop_key, payable_amount as revenue_amount,
    payable_amount as revenue_base_amount, cast(paid_at as date) as purchase_date,
    cast(created_at as date) as ordered_date
from raw.orders;
"""


def main() -> int:
    """Generate the rows, check them, and print time and memory."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.expectations", description=__doc__)
    parser.add_argument("--rows", type=int, default=10_000_000, help="lines and orders together")
    parsed = parser.parse_args()
    logging.disable(logging.WARNING)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "warehouse.duckdb"
        _make(path, parsed.rows)
        started = time.monotonic()
        from expectations.runner import run

        print(f"importing Great Expectations: {time.monotonic() - started:.1f} s")
        _report("raw, four weeks at once", lambda: run("raw", path, ["oms"]))
        _land(path, DAYS - 1, DAYS, parsed.rows)
        _report("raw, one more day", lambda: run("raw", path, ["oms"]))
        with duckdb.connect(str(path), config={"memory_limit": MEMORY_LIMIT}) as con:
            con.execute(MARTS)
        _report("subject.fct_orders", lambda: run("marts", path))
    return 0


def _make(path: Path, rows: int) -> None:
    tables = [table for table in load_sources(["oms"])[0].tables if table.raw_name in COLUMNS]
    with duckdb.connect(str(path), config={"memory_limit": MEMORY_LIMIT}) as con:
        create_raw_tables(con, tables)
    started = time.monotonic()
    _land(path, 0, DAYS - 1, rows)
    print(f"{rows:,} rows in {DAYS} days: made in {time.monotonic() - started:.1f} s")


def _land(path: Path, first: int, last: int, rows: int) -> None:
    """Land the days from first up to, not including, last."""
    with duckdb.connect(str(path), config={"memory_limit": MEMORY_LIMIT}) as con:
        for table, share in (("order_lines", 3), ("orders", 1)):
            per_day = rows * share // 4 // DAYS
            for number in range(first, last):
                values = {"day": f"{FIRST_DAY} + {number}", "batch": 2 * number + share // 3 + 1}
                con.execute(f"""
                    insert into raw.{table} by name
                    select {COLUMNS[table]}, day + interval 11 hour as updated_at,
                        {values["batch"]} as _batch_id, timestamp '2024-06-01' as _loaded_at,
                        '{table}/' || day || '.csv' as _source_file, i + 2 as _source_row
                    from range({per_day}) as numbers(i), (select {values["day"]} as day)
                """)
                con.execute(f"""
                    insert into raw.load_log by name
                    select {values["batch"]} as _batch_id, 'oms' as source,
                        '{table}' as table_name,
                        '{table}/' || ({values["day"]}) || '.csv' as source_file,
                        'landed' as status, {per_day} as rows_read, {per_day} as rows_landed,
                        0 as rows_rejected
                """)


def _report(title: str, judge) -> None:
    started = time.monotonic()
    outcomes = judge()
    seconds = time.monotonic() - started
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024 / 1024
    failed = sum(not outcome.passed for outcome in outcomes)
    print(
        f"{title}: {len(outcomes)} expectations, {failed} did not hold, {seconds:.1f} s,"
        f" {peak:.1f} GB at most so far"
    )


if __name__ == "__main__":
    raise SystemExit(main())
