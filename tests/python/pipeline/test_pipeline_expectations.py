"""Each expectation on rows that break it, and on the nearest that do not."""

from pathlib import Path

import duckdb
import pytest

from expectations.runner import Outcome, run, suites

DAY = "timestamp '2024-06-01'"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "warehouse.duckdb"


def write(file: Path, table: str, select: str) -> None:
    with duckdb.connect(str(file)) as con:
        con.execute(f"create schema if not exists {table.split('.')[0]}")
        con.execute(f"create or replace table {table} as {select}")
        if table.startswith("raw."):
            landed_in(con, table, file_name="f", batch_id=1)


def landed_in(con: duckdb.DuckDBPyConnection, table: str, file_name: str, batch_id: int) -> None:
    """Say of the rows that do not say yet which file and batch they landed in."""
    con.execute(f"alter table {table} add column if not exists _source_file varchar")
    con.execute(f"alter table {table} add column if not exists _batch_id bigint")
    con.execute(f"update {table} set _source_file = '{file_name}' where _source_file is null")
    con.execute(f"update {table} set _batch_id = {batch_id} where _batch_id is null")


ORDERS = (
    "select 'a' as account_id, {created} as created_at, {paid} as paid_at,"
    " timestamp '2024-06-01 12:00:00' as _loaded_at"
)
LINES = "select {quantity} as quantity, {price}::decimal(18, 4) as unit_price from range(100) t(i)"
REFUNDS = (
    "select {amount} as amount, 0 as freight_amount, {done} as completed_at, {asked} as applied_at"
)
RETAIL = (
    "select '{invoice}' as invoice_no, {quantity} as quantity, 'f' as _source_file,"
    " {day} as invoice_date"
)
REPORT = (
    "select {paid} as paid_at, 10 as total_amount, {net} as net_paid_amount,"
    " {back} as refund_amount"
)
FACTS = (
    "select 'oms' as source, 'CNY' as currency_code, false as is_test, i < {valid} as is_valid,"
    " 1 as line_count, {base} as revenue_base_amount, date '2024-06-01' as purchase_date"
    " from range(10) t(i)"
)
DAILY = (
    "select 'CNY' as currency_code, date '2024-06-01' + i::int as date_day,"
    " case when i = 0 then {first} else 10 end as revenue_amount,"
    " case when i = 1 then {back} else 0 end as refund_amount from range(30) t(i)"
)
RFM = (
    "select date '2024-06-01' + (i % {days})::int as as_of_date,"
    " case when i < {same} then 'a' else 'b' end as segment_code,"
    " case when i = 0 then {most} else 1 end as net_revenue_amount from range({customers}) t(i)"
)
FUTURE = "timestamp '2024-06-02 12:00:0{}'"

CASES = [
    ("raw.orders", ORDERS.format(created=FUTURE.format(0), paid="null::timestamp"), None),
    (
        "raw.orders",
        ORDERS.format(created=FUTURE.format(1), paid="null::timestamp"),
        "after it landed",
    ),
    ("raw.orders", ORDERS.format(created=DAY, paid=DAY), None),
    ("raw.orders", ORDERS.format(created=DAY, paid="timestamp '2024-05-31'"), "paid after"),
    ("raw.order_lines", LINES.format(quantity=1, price="i % 2"), None),
    (
        "raw.order_lines",
        LINES.format(quantity=1, price="case when i < 51 then 0 else 1 end"),
        "price",
    ),
    ("raw.order_lines", LINES.format(quantity=1, price="1 - 2 * (i = 0)::int"), "negative price"),
    ("raw.order_lines", LINES.format(quantity="i", price="1"), "sells nothing"),
    ("raw.refunds", REFUNDS.format(amount=0, done=DAY, asked=DAY), None),
    ("raw.refunds", REFUNDS.format(amount=-1, done=DAY, asked=DAY), "takes money"),
    (
        "raw.refunds",
        REFUNDS.format(amount=1, done="timestamp '2024-05-31'", asked=DAY),
        "asked for",
    ),
    ("raw.online_retail_invoices", RETAIL.format(invoice="C1", quantity=-1, day=DAY), None),
    ("raw.online_retail_invoices", RETAIL.format(invoice="C1", quantity=1, day=DAY), "negative"),
    (
        "raw.online_retail_invoices",
        RETAIL.format(invoice="1", quantity=1, day=DAY)
        + " union all "
        + RETAIL.format(invoice="1", quantity=1, day="timestamp '2024-06-02'"),
        "its day only",
    ),
    (
        "raw.olist_orders",
        f"select {DAY} as order_approved_at, {DAY} as order_purchase_timestamp",
        None,
    ),
    (
        "raw.olist_orders",
        f"select {DAY} as order_approved_at, timestamp '2024-06-02' as order_purchase_timestamp",
        "approved after",
    ),
    ("raw.tmall_order_report", REPORT.format(paid=DAY, net=7, back=3), None),
    ("raw.tmall_order_report", REPORT.format(paid=DAY, net=7, back=2), "adds up"),
    ("raw.tmall_order_report", REPORT.format(paid="null::timestamp", net=0, back=3), "never paid"),
    ("subject.fct_orders", FACTS.format(valid=3, base=1), None),
    ("subject.fct_orders", FACTS.format(valid=2, base=1), "plausible share"),
    ("subject.fct_orders", FACTS.format(valid=3, base="null::decimal"), "reporting currency"),
    ("subject.fct_sales_daily", DAILY.format(first=1000, back=1290), None),
    ("subject.fct_sales_daily", DAILY.format(first=1001, back=0), "hundred times"),
    ("subject.fct_sales_daily", DAILY.format(first=10, back=301), "gives back more"),
    ("thematic.rfm_customers", RFM.format(days=1, same=190, most=1, customers=200), None),
    ("thematic.rfm_customers", RFM.format(days=2, same=1, most=1, customers=9), "same day"),
    (
        "thematic.rfm_customers",
        RFM.format(days=1, same=191, most=1, customers=200),
        "nearly everybody",
    ),
    ("thematic.rfm_customers", RFM.format(days=1, same=199, most=1, customers=199), None),
    (
        "thematic.rfm_customers",
        RFM.format(days=1, same=100, most=200, customers=200),
        "half of everything",
    ),
    (
        "thematic.lifecycle_customers",
        "select date '2024-06-01' + i::int as as_of_date from range(2) t(i)",
        "same day",
    ),
]


def failures(file: Path, table: str) -> list[Outcome]:
    layer = "raw" if table.startswith("raw.") else "marts"
    return [outcome for outcome in run(layer, file) if not outcome.passed]


@pytest.mark.parametrize(("table", "select", "words"), CASES)
def test_an_expectation_holds_up_to_its_limit(file, table, select, words):
    write(file, table, select)
    failed = failures(file, table)
    if words is None:
        assert not failed, failed[0].message()
    else:
        assert [words in outcome.sentence for outcome in failed] == [True], failed
        assert failed[0].error is None


def test_every_expectation_has_a_case_that_breaks_it():
    sentences = [
        expectation.description
        for layer in ("raw", "marts")
        for suite in suites(layer)
        for expectation in suite.expectations
    ]
    broken = [words for _, _, words in CASES if words]
    without = [sentence for sentence in sentences if not any(words in sentence for words in broken)]
    # Too few accounts is a share over many rows: the next test.
    assert without == ["Most orders name their account."]


def test_most_orders_name_their_account(file):
    orders = (
        "select case when i < {known} then 'a' end as account_id,"
        " timestamp '2024-06-01' as created_at, null::timestamp as paid_at,"
        " timestamp '2024-06-01' as _loaded_at from range(10) t(i)"
    )
    write(file, "raw.orders", orders.format(known=5))
    assert not failures(file, "raw.orders")
    write(file, "raw.orders", orders.format(known=4))
    (failed,) = failures(file, "raw.orders")
    assert failed.unexpected_rows == 6


def test_a_message_says_which_table_which_rule_how_many_and_how_to_see_them(file):
    write(file, "raw.order_lines", LINES.format(quantity=-1, price=1))
    (failed,) = failures(file, "raw.order_lines")
    assert failed.message() == (
        "failed: raw.order_lines: No line sells nothing or less.\n"
        "  100 row(s) say otherwise\n"
        "  show them: select * from raw.order_lines where quantity <= 0\n"
        "  correct them in the files that _source_file names, and run again"
    )


def test_a_file_is_judged_by_what_it_held_last(file):
    """Raw forgets nothing: what was corrected since would fail for ever."""
    write(file, "raw.order_lines", LINES.format(quantity=-1, price=1))
    correction = LINES.format(quantity=1, price=1)
    for file_name, batch_id, failed in (("g", 2, 1), ("f", 3, 0)):
        with duckdb.connect(str(file)) as con:
            con.execute(f"insert into raw.order_lines by name {correction}")
            landed_in(con, "raw.order_lines", file_name, batch_id)
        assert len(failures(file, "raw.order_lines")) == failed


def test_a_table_without_rows_is_passed_over(file):
    write(file, "raw.orders", ORDERS.format(created=DAY, paid=DAY) + " where false")
    assert run("raw", file) == []


def test_the_file_is_free_afterwards(file):
    """A connection left in a pool would block dbt."""
    write(file, "raw.order_lines", LINES.format(quantity=1, price=1))
    assert run("raw", file)
    with duckdb.connect(str(file)) as con:
        con.execute("create table raw.more (i int)")
