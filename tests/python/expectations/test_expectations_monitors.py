"""Monitors of a shop: its holidays, its time zone, and accepted findings."""

from pathlib import Path

import duckdb
import pytest

from expectations.__main__ import main
from expectations.runner import run

# Five weeks of two shops; the last day of all is Friday 27 December 2024.
CHRISTMAS = "2024-12-25"
SALES = """
create schema subject; create schema reference; create schema thematic;
create table reference.holidays as select * from (values
    (date '2024-12-25', 'US', false), (date '2024-12-24', 'CN', false)
) as t(holiday_date, country_code, is_working_day);
create table reference.festivals (starts_on date, ends_on date, country_code varchar);
create table subject.dim_platforms as select * from (values
    ('amazon', 'US', 'America/Los_Angeles'), ('tmall', 'CN', 'Asia/Shanghai'),
    ('own', null, null)
) as t(platform_code, country_code, time_zone);
create table subject.dim_shops as select * from (values
    ('a', 'amazon', 'us1', 'America/Los_Angeles'), ('t', 'tmall', null, 'Asia/Shanghai')
) as t(shop_key, platform_code, shop_id, time_zone);
create table subject.fct_sales_daily as
select
    shop_key, if(shop_key = 't', 'CNY', 'USD') as currency_code, day as date_day,
    100 as order_count, 5000 as revenue_amount, 0 as refund_amount
from (values ('a'), ('t')) as shops(shop_key), range(40) as days(ago),
    lateral (select date '2024-12-27' - ago::int as day);
"""


@pytest.fixture
def warehouse(tmp_path: Path) -> Path:
    """A warehouse folder with sales of two shops."""
    (tmp_path / "build").mkdir()
    change(tmp_path, SALES)
    return tmp_path


def change(folder: Path, sql: str) -> None:
    with duckdb.connect(str(folder / "build" / "warehouse.duckdb")) as con:
        con.execute(sql)


def no_sales(folder: Path, shop: str, *days: str, orders: int = 0) -> None:
    listed = ", ".join(f"date '{day}'" for day in days)
    change(
        folder,
        f"update subject.fct_sales_daily set order_count = {orders}, revenue_amount = {orders * 50}"
        f" where shop_key = '{shop}' and date_day in ({listed})",
    )


def blocking(folder: Path) -> list[tuple[str, str, str]]:
    """Rule, day and shop of the findings that block publication."""
    return [
        (outcome.rule, str(finding.day), finding.scope)
        for outcome in run("marts", folder / "build" / "warehouse.duckdb")
        if not outcome.passed and outcome.blocks
        for finding in outcome.faults
    ]


def accept(folder: Path, *arguments: str) -> int:
    return main(
        ["accept", "fct_sales_daily", *arguments, "--warehouse-dir", str(folder), "--reason", "so"]
    )


def test_a_shop_is_closed_on_the_holidays_of_its_own_country(warehouse):
    no_sales(warehouse, "a", CHRISTMAS)
    assert blocking(warehouse) == []
    no_sales(warehouse, "t", CHRISTMAS)
    assert blocking(warehouse) == [("orders_lost", CHRISTMAS, "tmall in CNY")]
    no_sales(warehouse, "a", "2024-12-24")
    assert ("orders_lost", "2024-12-24", "amazon/us1 in USD") in blocking(warehouse)


@pytest.mark.parametrize(
    ("platform", "zone", "is_open"),
    [
        ("own", "'America/Chicago'", False),
        ("own", "'UTC'", True),
        ("own", "null", True),
        ("amazon", "null", False),
        ("amazon", "'Etc/UTC'", False),
        # A shop outside its platform's country has the holidays of its own country.
        ("amazon", "'Asia/Shanghai'", True),
        ("tmall", "'America/New_York'", False),
        ("amazon", "'Asia/Tokyo'", True),
        ("unheard_of", "'America/New_York'", False),
    ],
)
def test_the_zone_gives_the_country_if_the_platform_does_not(warehouse, platform, zone, is_open):
    change(
        warehouse,
        f"update subject.dim_shops set platform_code = '{platform}', time_zone = {zone}"
        " where shop_key = 'a'",
    )
    no_sales(warehouse, "a", CHRISTMAS)
    expected = [("orders_lost", CHRISTMAS, f"{platform}/us1 in USD")] if is_open else []
    assert blocking(warehouse) == expected


def test_small_shops_are_judged_together_by_country(warehouse):
    change(
        warehouse,
        "update subject.fct_sales_daily set order_count = 25, revenue_amount = 1250"
        " where shop_key = 'a';"
        "insert into subject.dim_shops values ('b', 'amazon', 'us2', 'America/Los_Angeles');"
        "insert into subject.fct_sales_daily by name"
        " select * replace ('b' as shop_key) from subject.fct_sales_daily where shop_key = 'a';",
    )
    no_sales(warehouse, "a", "2024-12-23")
    assert blocking(warehouse) == []
    no_sales(warehouse, "b", "2024-12-23", CHRISTMAS)
    no_sales(warehouse, "a", CHRISTMAS)
    assert blocking(warehouse) == [("orders_lost", "2024-12-23", "smaller shops of US in USD")]


def test_an_open_day_of_a_shop_blocks_nothing(warehouse):
    no_sales(warehouse, "a", "2024-12-26", "2024-12-27")
    assert blocking(warehouse) == []
    no_sales(warehouse, "a", "2024-12-23", "2024-12-24", CHRISTMAS)
    # Two days are allowed to be late: Wednesday is a holiday, the days before are missing.
    assert [day for _, day, _ in blocking(warehouse)] == ["2024-12-24", "2024-12-23"]


def test_the_message_names_day_shop_numbers_and_the_command_that_accepts(warehouse, capsys):
    no_sales(warehouse, "t", CHRISTMAS, orders=4)
    folder = ["--warehouse-dir", str(warehouse)]
    assert main(["marts", *folder]) == 1
    said = capsys.readouterr().err
    assert (
        "failed: subject.fct_sales_daily: No recent day lacks nearly all of its weekday's orders.\n"
        "  2024-12-25, tmall in CNY: 4 orders, at least 5 are expected: 100 are usual on a"
        " Wednesday\n"
    ) in said
    command = (
        "python -m expectations accept fct_sales_daily 2024-12-25 --shop 'tmall in CNY'"
        " --rule orders_lost --reason …"
    )
    assert command in said

    arguments = ["2024-12-25", "--shop", "tmall in CNY", "--rule", "orders_lost"]
    assert accept(warehouse, *arguments) == 0
    capsys.readouterr()
    assert main(["marts", *folder]) == 0
    # The rule that only warns was not accepted.
    assert "weekday's orders" in capsys.readouterr().err
    assert main(["list", *folder]) == 0
    listed = capsys.readouterr().out
    assert "fct_sales_daily 2024-12-25, tmall in CNY (orders_lost): so" in listed


def test_accepting_one_day_does_not_accept_another_day_or_shop(warehouse, capsys):
    no_sales(warehouse, "t", "2024-12-23", CHRISTMAS)
    no_sales(warehouse, "a", "2024-12-23")
    assert accept(warehouse, "2024-12-23", "--shop", "tmall") == 0
    assert blocking(warehouse) == [
        ("orders_lost", CHRISTMAS, "tmall in CNY"),
        ("orders_lost", "2024-12-23", "amazon/us1 in USD"),
    ]
    assert accept(warehouse, "2024-12-22") == 2
    said = capsys.readouterr().err
    assert "fct_sales_daily has no such finding; its findings are:" in said
    assert "orders_lost: 2024-12-25, tmall in CNY: 0 orders" in said
    assert accept(warehouse, "2024-12-23") == 0
    assert blocking(warehouse) == [("orders_lost", CHRISTMAS, "tmall in CNY")]


def test_a_shop_that_stays_closed_is_accepted_for_days_ahead(warehouse):
    no_sales(warehouse, "t", "2024-12-21", "2024-12-22")
    assert accept(warehouse, "2024-12-21", "--shop", "tmall", "--until", "2024-12-24") == 0
    assert blocking(warehouse) == []
    no_sales(warehouse, "t", "2024-12-23", "2024-12-24", CHRISTMAS)
    assert blocking(warehouse) == [("orders_lost", CHRISTMAS, "tmall in CNY")]


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["fct_sales_daily", "yesterday"], "write a day as 2024-12-25"),
        (["orders", "2024-12-25"], "a raw table is accepted by the number of a batch"),
        (["orders"], "a raw table is accepted by the number of a batch"),
    ],
)
def test_what_cannot_be_accepted_is_said(warehouse, capsys, arguments, words):
    given = ["accept", *arguments, "--reason", "so", "--warehouse-dir", str(warehouse)]
    assert main(given) == 2
    assert words in capsys.readouterr().err
