"""Each metric equals its mart, computed by hand, however it is split."""

import shutil
from datetime import date
from decimal import Decimal

import duckdb
import pytest
from metrics_reference import FIGURES, MARGINS, RUNNING, Figure

from orchestration.metric_definitions import MetricError, metrics
from orchestration.metrics import answer

SHOP = "shop"
SHOPS = """
    left join (
        select
            shop_key,
            platform_code as shop_platform,
            coalesce(shop_name || ' (' || shop_id || ')', shop_id) as shop
        from subject.dim_shops
    ) as shops using (shop_key)
"""


def figures_by_group(rows: list[tuple]) -> dict:
    """Group → figure, without groups of which nothing is counted; a group must not come twice."""
    figures = {row[:-1]: row[-1] for row in rows}
    assert len(figures) == len(rows)
    return {group: figure for group, figure in figures.items() if figure not in (None, 0)}


def equals(asked: dict, expected: dict, unit: str) -> bool:
    """To the cent and the piece; ratios to the sixth decimal."""
    if unit in ("money", "count"):
        return asked == expected
    return {group: float(figure) for group, figure in asked.items()} == pytest.approx(
        {group: float(figure) for group, figure in expected.items()}, rel=0, abs=1e-6
    )


def by_hand(con: duckdb.DuckDBPyConnection, figure: Figure, groups: list[str]) -> dict:
    """The figure by groups."""
    columns = ", ".join([*groups, f"{figure.sql} as figure"])
    rows = con.sql(f"""
        select {columns}
        from {figure.mart} as mart
        {SHOPS if {SHOP, "shop_platform"} & set(groups) else ""}
        where {figure.counted} and {figure.day} <= (select as_of_date from subject.dim_as_of_date)
        group by all
    """).fetchall()
    return figures_by_group(rows)


def test_every_metric_is_computed_by_hand():
    assert {*FIGURES, *RUNNING} == set(metrics())


@pytest.mark.parametrize("name", FIGURES)
def test_a_metric_equals_its_mart(published, warehouse, name):
    figure = FIGURES[name]
    currency = ["currency_code"] if figure.mart == MARGINS[0] else []
    splits: list[tuple[list[str], list[str]]] = [([], [])]
    splits.append((["month"], [f"cast(date_trunc('month', {figure.day}) as date)"]))
    if any(each.name == "shop" for each in metrics()[name].dimensions):
        splits.append((["shop"], [SHOP]))
        splits.append(
            (
                ["shop__platform_code", "week"],
                ["shop_platform", f"cast(date_trunc('week', {figure.day}) as date)"],
            )
        )
    if figure.split:
        splits.append(([figure.split], [figure.split]))
    for by, groups in splits:
        rows = answer(published, warehouse, [name], by + currency).fetchall()
        expected = by_hand(published, figure, [*groups, *currency])
        assert expected
        assert equals(figures_by_group(rows), expected, metrics()[name].unit), by


@pytest.mark.parametrize("name", RUNNING)
def test_a_running_total_is_that_of_the_last_day(published, warehouse, name, as_of_date):
    base, restarts = RUNNING[name]
    figure = FIGURES[base]
    months = answer(published, warehouse, [name], ["month"]).fetchall()
    assert months
    for month, total in months:
        last = f"least(last_day(date '{month}'), date '{as_of_date}')"
        first = f"and {figure.day} >= date '{month}'" if restarts else ""
        expected = published.sql(
            f"select {figure.sql} from {figure.mart} where {figure.day} <= {last} {first}"
        ).fetchone()[0]
        assert total == expected, month


def test_rare_groups_are_told(published, warehouse):
    figures = answer(
        published,
        warehouse,
        ["revenue", "orders", "refunds_booked", "refund_rate_booked"],
        ["shop"],
    )
    rows = {row[0]: row[1:] for row in figures.fetchall()}
    assert rows[None] == (0, 0, Decimal("12.3456"), None)
    assert rows["e01"] == (0, 0, 5, None)


def test_amounts_of_currencies_are_never_added_up(published, warehouse):
    columns = answer(published, warehouse, ["gross_margin"]).columns
    assert columns == ["currency_code", "gross_margin"]


def test_a_condition_filters_before_adding_up(published, warehouse):
    for where, sql in (
        (
            "shop_id = 'tm01' or platform_code = 'jd'",
            "shop_id = 'tm01' or shops.platform_code = 'jd'",
        ),
        ("metric_time >= '2026-06-01'", "date_day >= date '2026-06-01'"),
        ("{{ Dimension('shop__shop_id') }} = 'tm01'", "shop_id = 'tm01'"),
        ("shop_name = 'shop_name or ''month'' '", "false"),
    ):
        asked = answer(published, warehouse, ["orders"], [], where).fetchone()
        expected = published.sql(f"""
            select sum(order_count) from subject.fct_sales_daily
            left join subject.dim_shops as shops using (shop_key)
            where ({sql}) and date_day <= (select as_of_date from subject.dim_as_of_date)
        """).fetchone()
        assert asked == expected


def test_groups_are_in_order_and_dates_are_dates(published, warehouse):
    days = [row[0] for row in answer(published, warehouse, ["orders"], ["day"]).fetchall()]
    assert days == sorted(days)
    assert all(type(day) is date for day in days)


def test_marts_without_rows_answer_with_nothing(warehouse, tmp_path):
    path = tmp_path / "warehouse.duckdb"
    shutil.copy(warehouse.published_file, path)
    path.chmod(0o644)
    with duckdb.connect(str(path)) as con:
        for table in ("subject.fct_tickets", "subject.fct_ad_spend"):
            con.execute(f"delete from {table}")
        asked = ["tickets", "csat", "roas", "orders"]
        assert answer(con, warehouse, asked[:3]).fetchall() == [(None, None, None)]
        assert answer(con, warehouse, asked[:3], ["shop"]).fetchall() == []
        rows = answer(con, warehouse, asked, ["shop"]).fetchall()
        assert rows and all(row[1:4] == (None, None, None) for row in rows)
        con.execute("update subject.dim_as_of_date set as_of_date = null")
        with pytest.raises(MetricError, match="no order has landed"):
            answer(con, warehouse, ["orders"])
