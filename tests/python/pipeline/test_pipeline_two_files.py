"""A brand that has only orders and order lines gets every mart that they can answer."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from pipeline_brand import Brand, write_two_files


@pytest.fixture(scope="module")
def built(tmp_path_factory) -> Brand:
    folder = tmp_path_factory.mktemp("two_files")
    brand = Brand(folder, "oms", folder / "landing")
    write_two_files(brand)
    brand.build()
    return brand


def as_of(brand: Brand, day: str) -> Brand:
    """Models that depend on the as-of date, built and checked for another one, not published."""
    there = replace(brand, settings={"AS_OF_DATE": day})
    selected = ("--select", "dim_as_of_date+", "--exclude-resource-type", "unit_test")
    built = there.dbt("build", *selected)
    assert built.returncode == 0, built.stdout[-4000:]
    checked = there.run("expectations", "marts")
    assert checked.returncode == 0, checked.stdout[-4000:]
    return there


def test_two_plain_files_fill_the_marts_that_they_can(built):
    customers = built.query(
        "select accounts.account_id, recency_days, purchase_occasions, net_revenue_amount,"
        " recency_score, frequency_score, monetary_score"
        " from thematic.rfm_customers join subject.dim_accounts as accounts using (customer_key)"
        " order by 1"
    )
    # Two orders on a day are one occasion; bob paid after midnight; dan never paid.
    assert customers == [
        ("ann", 136, 2, Decimal("37.4990"), 2, 5, 5),
        ("bob", 150, 1, Decimal("10.5000"), 1, 1, 1),
        ("cat", 0, 1, Decimal("20.0000"), 5, 1, 2),
    ]
    assert built.query("select as_of_date from subject.dim_as_of_date") == [(date(2024, 6, 30),)]

    cohorts = built.query(
        "select cohort_month, months_since_first, cohort_customers, active_customers,"
        " retention_rate from thematic.repurchase_cohorts where active_customers > 0 order by 1, 2"
    )
    assert cohorts == [
        (date(2024, 1, 1), 0, 1, 1, Decimal("1.000000")),
        (date(2024, 1, 1), 1, 1, 1, Decimal("1.000000")),
        (date(2024, 2, 1), 0, 1, 1, Decimal("1.000000")),
        (date(2024, 6, 1), 0, 1, 1, Decimal("1.000000")),
    ]

    spells = built.query(
        "select accounts.account_id, stage, valid_from_date, valid_to_date"
        " from thematic.lifecycle_history"
        " join subject.dim_accounts as accounts using (customer_key)"
        " where account_id = 'ann' order by 3"
    )
    assert spells == [
        ("ann", "new", date(2024, 1, 1), date(2024, 1, 31)),
        ("ann", "active", date(2024, 2, 1), date(2024, 5, 15)),
        ("ann", "cooling", date(2024, 5, 16), None),
    ]

    # The rest is there, typed, and empty.
    for table in ("subject.fct_payments", "subject.fct_shipments", "subject.fct_tickets"):
        assert built.query(f"select count(*) from {table}") == [(0,)]

    # What a source lacks is null, never zero.
    assert built.query(
        "select distinct cost_amount, contribution_amount, source_payable_amount"
        " from subject.fct_orders"
    ) == [(None, None, None)]


def test_a_past_as_of_date_ignores_later_rows(built):
    past = as_of(built, "2024-02-01")
    assert past.working_query(
        "select accounts.account_id, recency_days, purchase_occasions, net_revenue_amount"
        " from thematic.rfm_customers join subject.dim_accounts as accounts using (customer_key)"
        " order by 1"
    ) == [("ann", 31, 1, Decimal("36.5000")), ("bob", 0, 1, Decimal("10.5000"))]
    # Facts know no as-of date.
    assert past.working_query("select count(*) from subject.fct_orders") == [(6,)]


@pytest.mark.parametrize(
    "given", ["yesterday", "2024-02-30", "20240201", "9999-12-31", "0001-01-01"]
)
def test_an_invalid_as_of_date_stops_first(two_file_brand, given):
    two_file_brand.settings["AS_OF_DATE"] = given
    said = two_file_brand.build(expected_exit_code=2)
    assert said == (
        f"error: AS_OF_DATE is '{given}'; give a day of 1970 to 2100, such as 2026-01-31,"
        " or nothing for the latest purchase date\n"
    )


def test_an_as_of_date_before_the_data_gives_empty_marts(built):
    before = as_of(built, "1970-01-01")
    assert before.working_query("select count(*) from thematic.rfm_customers") == [(0,)]
    assert before.working_query("select count(*) from subject.fct_orders") == [(6,)]
