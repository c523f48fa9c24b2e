"""Each expectation on rows that break it, and on the nearest that do not."""

from pathlib import Path

import duckdb
import pytest

from expectations.outcome import Outcome
from expectations.runner import mart_suites, run


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "warehouse.duckdb"


def write(file: Path, table: str, select: str) -> None:
    with duckdb.connect(str(file)) as con:
        con.execute(f"create schema if not exists {table.split('.')[0]}")
        con.execute(f"create or replace table {table} as {select}")


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
CASES = [
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


def failures(file: Path) -> list[Outcome]:
    return [outcome for outcome in run("marts", file) if not outcome.passed]


@pytest.mark.parametrize(("table", "select", "words"), CASES)
def test_an_expectation_holds_up_to_its_limit(file, table, select, words):
    write(file, table, select)
    failed = failures(file)
    if words is None:
        assert not failed, failed[0].message()
    else:
        assert [words in outcome.sentence for outcome in failed] == [True], failed
        assert failed[0].error is None


def test_every_expectation_has_a_case_that_breaks_it():
    sentences = [
        expectation.description for suite in mart_suites() for expectation in suite.expectations
    ]
    broken = [words for _, _, words in CASES if words]
    assert [text for text in sentences if not any(words in text for words in broken)] == []


def test_a_message_says_which_table_which_rule_how_many_and_how_to_see_them(file):
    write(file, "subject.fct_sales_daily", DAILY.format(first=1001, back=0))
    (failed,) = failures(file)
    assert failed.message().startswith(
        "warning: subject.fct_sales_daily: No day sells a hundred times the median day.\n"
        "  1 row(s) say otherwise\n"
        "  show them: with days as (select currency_code, date_day,"
    )


def test_a_table_without_rows_is_passed_over(file):
    write(file, "subject.fct_orders", FACTS.format(valid=3, base=1) + " where false")
    assert run("marts", file) == []


def test_the_file_is_free_afterwards(file):
    """A connection left in a pool would block dbt."""
    write(file, "subject.fct_orders", FACTS.format(valid=3, base=1))
    assert run("marts", file)
    with duckdb.connect(str(file)) as con:
        con.execute("create table more (i int)")
