"""Each expectation on rows that break it, and on the nearest rows that pass."""

from pathlib import Path

import duckdb
import pytest
from sqlalchemy import Engine, event

from expectations.outcome import Outcome
from expectations.runner import mart_suites, run


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "warehouse.duckdb"


NEIGHBOURS = {
    "subject.dim_shops": "shop_key varchar, platform_code varchar, shop_id varchar,"
    " time_zone varchar",
    "subject.dim_platforms": "platform_code varchar, country_code varchar, time_zone varchar",
    "reference.holidays": "holiday_date date, country_code varchar, is_working_day boolean",
    "reference.festivals": "starts_on date, ends_on date, country_code varchar",
    "thematic.rfm_history": "segment_code varchar, valid_from_date date, valid_to_date date",
    "thematic.lifecycle_history": "stage varchar, valid_from_date date, valid_to_date date",
}


SHOPS = {
    "dim_shops": "values ('s', 'amazon', 'us1', 'America/Los_Angeles')",
    "dim_platforms": "values ('amazon', 'US', 'America/Los_Angeles')",
}


def write(file: Path, table: str, select: str, **neighbours: str) -> None:
    """Write a mart; other marts read by its suite are empty unless given."""
    with duckdb.connect(str(file)) as con:
        for schema in ("subject", "thematic", "reference"):
            con.execute(f"create schema if not exists {schema}")
        for name, columns in NEIGHBOURS.items():
            con.execute(f"create or replace table {name} ({columns})")
            rows = (SHOPS | neighbours).get(name.split(".")[1])
            if rows:
                con.execute(f"insert into {name} {rows}")
        con.execute(f"create or replace table {table} as {select}")


FACTS = (
    "select 'oms' as source, 'CNY' as currency_code, false as is_test, i < {valid} as is_valid,"
    " 1 as line_count, {base} as revenue_base_amount, date '2024-06-01' as purchase_date,"
    " 'o' as order_id, 'p' as platform_code, 'created' as order_status, 0 as refund_amount,"
    " false as is_cash_on_delivery,"
    " date '2024-06-01' as ordered_date, 'a' as account_key, 's' as shop_key, 1 as revenue_amount"
    " from range(10) t(i)"
)
# Ten orders, of which the first has this status and is so; the others are paid.
ONE_ODD = (
    "select * exclude (i) replace ("
    "case when i = 0 then {status} else 'paid' end as order_status,"
    " i = 0 and {cash} as is_cash_on_delivery, i > 0 or {valid} as is_valid,"
    " case when i = 0 then {back} else 0 end as refund_amount, i = 0 and {test} as is_test)"
    f" from ({FACTS.format(valid=10, base=1).replace('select ', 'select i, ', 1)})"
)


def one_odd(status: str, valid=False, cash=False, back=0, test=False) -> str:
    """Orders as the source `ONE_ODD` has them."""
    return ONE_ODD.format(status=f"'{status}'", valid=valid, cash=cash, back=back, test=test)


NAMED = (
    "select 'oms' as source, 'refunds' as table_name, 'order' as reference,"
    " 'X' as example_reference, date '2024-06-01' as first_date, date '2024-06-01' as last_date,"
    " {unknown} as table_unmatched_count, {all} as table_reference_count"
)
DAILY = (
    "select 'CNY' as currency_code, 's' as shop_key, date '2024-06-01' + i::int as date_day,"
    " case when i = 0 then {first} else 10 end as revenue_amount,"
    " case when i = 1 then {back} else 0 end as refund_amount, 1 as order_count"
    " from range(30) t(i)"
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
    ("subject.fct_orders", one_odd("closed", valid=True, back=1), None),
    ("subject.fct_orders", one_odd("closed", valid=True), "cancelled or closed"),
    ("subject.fct_orders", one_odd("cancelled", valid=True), "cancelled or closed"),
    ("subject.fct_orders", one_odd("closed"), None),
    ("subject.fct_orders", one_odd("created"), None),
    ("subject.fct_orders", one_odd("paid"), "has a payment time"),
    ("subject.fct_orders", one_odd("completed", cash=True), "has a payment time"),
    ("subject.fct_orders", one_odd("shipped", cash=True), None),
    ("subject.fct_orders", one_odd("paid", test=True), None),
    ("subject.fct_orders", one_odd("paid", valid=True), None),
    (
        "subject.fct_unmatched_references",
        NAMED.format(unknown=200, all=400),
        "All references match",
    ),
    ("subject.fct_sales_daily", DAILY.format(first=1000, back=1290), None),
    ("subject.fct_sales_daily", DAILY.format(first=1001, back=0), "hundred times"),
    ("subject.fct_sales_daily", DAILY.format(first=10, back=301), "gives back more"),
    ("thematic.rfm_customers", RFM.format(days=1, same=190, most=1, customers=200), None),
    ("thematic.rfm_customers", RFM.format(days=2, same=1, most=1, customers=9), "same day"),
    (
        "thematic.rfm_customers",
        RFM.format(days=1, same=191, most=1, customers=200),
        "nearly all customers",
    ),
    ("thematic.rfm_customers", RFM.format(days=1, same=199, most=1, customers=199), None),
    (
        "thematic.rfm_customers",
        RFM.format(days=1, same=100, most=200, customers=200),
        "half of everything",
    ),
    (
        "thematic.lifecycle_customers",
        "select date '2024-06-01' + i::int as as_of_date, 'new' as stage from range(2) t(i)",
        "same day",
    ),
]


# Wednesday 24 April is the last of 36 days that have a hundred orders of 50 each.
RECENT = (
    "select 'CNY' as currency_code, 's' as shop_key, day as date_day, 0 as refund_amount,"
    " case when day = date '{on}' then {orders} else 100 end as order_count,"
    " case when day = date '{on}' then {worth} else 5000 end as revenue_amount"
    " from range(36) t(i), lateral (select date '2024-04-24' - i::int as day)"
)
# Two hundred orders a day, of which some know their account.
KNOWN = (
    "select 'oms' as source, 'CNY' as currency_code, false as is_test, true as is_valid,"
    " 1 as line_count, 1 as revenue_base_amount, 1 as revenue_amount, 's' as shop_key,"
    " 'o' as order_id, 'p' as platform_code, 'paid' as order_status, 0 as refund_amount,"
    " false as is_cash_on_delivery,"
    " day as purchase_date, day as ordered_date,"
    " case when n >= (case when day = date '2024-04-24' then {empty} else {usual} end)"
    " then 'a' end as account_key from range(36) t(i), range(200) u(n),"
    " lateral (select date '2024-04-24' - i::int as day)"
)
DAY = "2024-04-24"
# A holiday of the shop's country, and one of another country.
HOLIDAY = f"values (date '{DAY}', 'US', false)"
ELSEWHERE = f"values (date '{DAY}', 'CN', false)"
WORKED = f"values (date '{DAY}', 'US', true)"
FESTIVAL = f"values (date '{DAY}', date '{DAY}', 'US')"
# A thousand customers, of whom some were elsewhere; spells that end before do not count.
SCORED = (
    "select date '2024-06-15' as as_of_date, 'a' as segment_code, 'a' as stage,"
    " 1 as net_revenue_amount from range({customers}) t(i)"
)
BEFORE = (
    "select case when i < {moved} then 'b' else 'a' end, date '{since}',"
    " null::date from range({customers}) t(i)"
    " union all select 'c', date '2024-01-01', date '2024-04-30' from range(5000)"
)


def daily(orders: int, worth: float, on: str = DAY) -> str:
    return RECENT.format(on=on, orders=orders, worth=worth)


def known(empty: int, usual: int = 0) -> str:
    return KNOWN.format(empty=empty, usual=usual)


MONITORS = [
    ("fct_sales_daily", daily(100, 5000), {}, []),
    ("fct_sales_daily", daily(30, 1500), {}, []),
    ("fct_sales_daily", daily(30, 1499), {}, ["weekday's revenue"]),
    ("fct_sales_daily", daily(500, 25000), {}, []),
    ("fct_sales_daily", daily(501, 25000), {}, ["weekday's orders"]),
    ("fct_sales_daily", daily(500, 25001), {}, ["weekday's revenue"]),
    ("fct_sales_daily", daily(501, 25001), {"festivals": FESTIVAL}, []),
    ("fct_sales_daily", daily(29, 1450), {"holidays": HOLIDAY}, []),
    ("fct_sales_daily", daily(30, 1499), {"holidays": ELSEWHERE}, ["weekday's revenue"]),
    ("fct_sales_daily", daily(30, 1499), {"holidays": WORKED}, ["weekday's revenue"]),
    # A gap with five and four orders; the last days are no gap, nor are days before the week.
    ("fct_sales_daily", daily(5, 1500, "2024-04-23"), {}, ["weekday's orders"]),
    (
        "fct_sales_daily",
        daily(4, 1500, "2024-04-23"),
        {},
        ["nearly all", "weekday's orders"],
    ),
    ("fct_sales_daily", daily(4, 200), {}, []),
    ("fct_sales_daily", daily(4, 200, "2024-04-17"), {}, []),
    ("fct_sales_daily", daily(100, 24_999), {}, []),
    ("fct_sales_daily", daily(100, 50_000), {}, ["weekday's revenue"]),
    ("fct_sales_daily", daily(100, 50_001), {}, ["weekday's revenue", "usual amount"]),
    ("fct_orders", known(100), {}, []),
    ("fct_orders", known(101), {}, ["about as usual"]),
    ("fct_orders", known(190), {}, ["about as usual"]),
    ("fct_orders", known(191), {}, ["is lost", "about as usual"]),
    ("fct_orders", known(200, usual=21), {}, ["about as usual"]),
    # Half of the customers moved, then four fifths; fewer than two hundred are not checked.
    ("rfm_customers", (1000, 500, 1000), {}, ["nearly all customers"]),
    ("rfm_customers", (1000, 501, 1000), {}, ["nearly all customers", "Half"]),
    ("rfm_customers", (1000, 800, 1000), {}, ["nearly all customers", "Half"]),
    ("rfm_customers", (1000, 801, 1000), {}, ["nearly all customers", "not all", "Half"]),
    ("rfm_customers", (1000, 199, 199), {}, ["nearly all customers"]),
    ("rfm_customers", (199, 1000, 1000), {}, []),
    ("lifecycle_customers", (1000, 500, 1000), {}, []),
    ("lifecycle_customers", (1000, 501, 1000), {}, ["Half"]),
    ("lifecycle_customers", (1000, 801, 1000), {}, ["not all", "Half"]),
    ("lifecycle_customers", (200, 200, 200), {}, ["not all", "Half"]),
    ("lifecycle_customers", (200, 199, 199), {}, []),
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


@pytest.mark.parametrize(("name", "given", "neighbours", "words"), MONITORS)
def test_a_monitor_holds_up_to_its_limit(file, name, given, neighbours, words):
    schema, select = "subject", given
    if name in ("rfm_customers", "lifecycle_customers"):
        schema = "thematic"
        customers, moved, past = given
        select = SCORED.format(customers=customers)
        # The month-end before, and four weeks before, each the last day that counts.
        since = "2024-05-31" if name == "rfm_customers" else "2024-05-18"
        past_rows = BEFORE.format(moved=moved, customers=past, since=since)
        history = "rfm_history" if name == "rfm_customers" else "lifecycle_history"
        neighbours = {history: past_rows}
    write(file, f"{schema}.{name}", select, **neighbours)
    failed = failures(file)
    assert [outcome.error for outcome in failed] == [None] * len(failed)
    missing = [word for word in words if not any(word in one.sentence for one in failed)]
    assert (missing, len(failed)) == ([], len(words)), [one.sentence for one in failed]


def test_mostly_unmatched_references_stop_the_marts(file):
    """One more than half, and at least two hundred; below that it is only a warning."""
    for unknown, named, severities in ((201, 400, 2), (199, 200, 1), (200, 400, 1)):
        write(
            file,
            "subject.fct_unmatched_references",
            NAMED.format(unknown=unknown, all=named),
        )
        assert len(failures(file)) == severities, (unknown, named)


def test_every_expectation_has_a_case_that_breaks_it():
    sentences = [
        expectation.description for suite in mart_suites() for expectation in suite.expectations
    ]
    broken = [words for _, _, words in CASES if words]
    broken += [word for _, _, _, words in MONITORS for word in words]
    broken += ["Most references match"]
    assert [text for text in sentences if not any(words in text for words in broken)] == []


def test_a_message_gives_day_found_and_expected_values(file):
    write(file, "subject.fct_sales_daily", DAILY.format(first=1001, back=0))
    (failed,) = failures(file)
    assert failed.message() == (
        "warning: subject.fct_sales_daily: No day sells a hundred times the median day.\n"
        "  2024-06-01, CNY: 1,001.00 of revenue, at most 1,000.00 are expected"
    )


def test_orders_without_a_rate_say_where_the_rate_belongs(file):
    write(file, "subject.fct_orders", FACTS.format(valid=3, base="null::decimal"))
    (failed,) = failures(file)
    (_, line) = failed.message().splitlines()
    assert line.startswith("  2024-06-01, CNY: 3 paid orders until 2024-06-01 count as 0 wherever")
    assert "such as o, 0 are expected; add the currency's rates of these days" in line
    assert "to seeds/fx_rates.csv" in line


def test_an_empty_table_is_skipped(file):
    write(file, "subject.fct_orders", FACTS.format(valid=3, base=1) + " where false")
    assert run("marts", file) == []


def test_the_file_is_not_locked_afterwards(file):
    """A connection left in a pool would block dbt."""
    write(file, "subject.fct_orders", FACTS.format(valid=3, base=1))
    assert run("marts", file)
    with duckdb.connect(str(file)) as con:
        con.execute("create table more (i int)")


def test_python_never_reads_a_whole_table(file):
    write(
        file,
        "thematic.rfm_customers",
        RFM.format(days=1, same=100, most=1, customers=200),
    )
    asked = []

    def note(_connection, _cursor, statement, *_):
        asked.append(statement)

    event.listen(Engine, "after_cursor_execute", note)
    try:
        run("marts", file)
    finally:
        event.remove(Engine, "after_cursor_execute", note)
    assert any("segment_code as scope" in statement for statement in asked)
    assert 'select * from thematic."rfm_customers"' not in asked
