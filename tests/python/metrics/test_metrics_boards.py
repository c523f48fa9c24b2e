"""Where a page shows a metric, both show the same figure."""

from collections import defaultdict
from datetime import date
from decimal import Decimal
from typing import Any

import duckdb
import pytest

from orchestration.metrics import answer
from reports.boards import load_boards

BOARDS = {board.name: board for board in load_boards()}
# Metric → page, query and measure, the page's groups, and the same groups of the metric.
SHOP_MONTH = (("shop_key", "month_date"), ("shop", "month"))
MONTH = (("month_date",), ("month",))
MONTH_CURRENCY = (("month_date", "currency_code"), ("month", "currency_code"))
SHOWN = [
    ("revenue", "overview.months.revenue", *SHOP_MONTH),
    ("net_revenue", "overview.months.net_revenue", *SHOP_MONTH),
    ("refunds_booked", "overview.months.refunds", *SHOP_MONTH),
    ("orders", "overview.months.orders", *SHOP_MONTH),
    ("units_per_order", "trade.months.units_per_order", *SHOP_MONTH),
    ("refund_rate_booked", "trade.months.refund_rate_booked", *SHOP_MONTH),
    ("refund_rate_of_orders", "trade.months.refund_rate_of_orders", *SHOP_MONTH),
    ("net_revenue_of_sales", "trade.margin.net_revenue", *MONTH_CURRENCY),
    ("gross_margin", "trade.margin.cm1", *MONTH_CURRENCY),
    ("net_revenue_with_costs", "trade.margin.costed_revenue", *MONTH_CURRENCY),
    ("gross_margin_rate", "trade.margin.cm1_rate", *MONTH_CURRENCY),
    ("contribution", "trade.margin.cm2", *MONTH_CURRENCY),
    ("contribution_rate", "trade.margin.cm2_rate", *MONTH_CURRENCY),
    ("contribution_after_advertising", "trade.margin.cm3", *MONTH_CURRENCY),
    ("parcels", "logistics.promises.parcels", *SHOP_MONTH),
    ("on_time_rate", "logistics.promises.delivered_rate", *SHOP_MONTH),
    ("transit_hours", "logistics.promises.transit", *SHOP_MONTH),
    ("tickets", "service.months.tickets", ("topic",), ("topic",)),
    ("first_reply_minutes", "service.months.reply", *MONTH),
    ("satisfied_rate", "service.months.satisfied_rate", *MONTH),
    ("ad_cost", "marketing.ads.cost", ("channel",), ("channel",)),
    ("roas", "marketing.ads.return_on_spend", *MONTH),
    ("new_customers", "repurchase.cohort_sizes.cohort_customers", ("cohort_month",), ("month",)),
]


def on_the_page(con: duckdb.DuckDBPyConnection, shown: str, groups: tuple) -> dict[tuple, Any]:
    """The measure as the page adds it up and divides it, by groups."""
    board, name, measure_name = shown.split(".")
    query = BOARDS[board].queries[name]
    measure = query.measures[measure_name]
    result = con.sql(query.sql)
    totals: dict[tuple, list[Decimal]] = defaultdict(lambda: [Decimal(0), Decimal(0)])
    for row in result.fetchall():
        values = dict(zip(result.columns, row, strict=True))
        total = totals[tuple(values[group] for group in groups)]
        for place, column in enumerate((measure.sum, measure.per)):
            total[place] += Decimal(str(values[column] or 0)) if column else 0
    return {
        group: (total / per if per else None) if measure.per else total
        for group, (total, per) in totals.items()
    }


@pytest.mark.parametrize(
    ("name", "shown", "groups", "by"), SHOWN, ids=[f"{each[0]}-{each[1]}" for each in SHOWN]
)
def test_a_metric_equals_the_page(sample_brand, warehouse, name, shown, groups, by):
    with duckdb.connect(str(sample_brand.published_file), read_only=True) as con:
        page = on_the_page(con, shown, groups)
        # Pages name a shop by its key.
        shops = dict(
            con.sql(
                "select shop_name || ' (' || shop_id || ')', shop_key from subject.dim_shops"
            ).fetchall()
        )
        base = con.sql("""
            select any_value(currency_code) from subject.fct_orders
            where revenue_amount = revenue_base_amount and revenue_amount > 0
        """).fetchone()[0]
        foreign = {
            row[0]
            for row in con.sql("select shop_key, currency_code from subject.dim_shops").fetchall()
            if row[1] != base
        }
        rows = answer(con, warehouse, [name], by).fetchall()
    asked = {tuple(shops.get(value, value) for value in row[:-1]): row[-1] for row in rows}
    # Its amounts are in the currency of the shop, those of a metric in the reporting currency.
    left_out = foreign if shown.startswith("trade.months") else set()
    compared = 0
    for group, figure in page.items():
        if left_out.isdisjoint(group) and figure:
            assert float(asked[group]) == pytest.approx(float(figure), rel=1e-9, abs=1e-6), group
            compared += 1
    assert compared


def test_rates_without_groups_equal_the_page_of_repurchase(sample_brand, warehouse):
    with duckdb.connect(str(sample_brand.published_file), read_only=True) as con:
        result = con.sql(BOARDS["repurchase"].queries["rates"].sql).fetchall()
        ever = next(row for row in result if row[0] == "ever")
        asked = answer(con, warehouse, ["buyers"]).fetchone()
        assert asked == (ever[1],)
        assert answer(con, warehouse, ["repurchase_rate"]).fetchone() == (ever[3],)


def test_an_average_order_equals_the_page_of_thirty_days(sample_brand, warehouse, as_of_date):
    first = date.fromordinal(as_of_date.toordinal() - 29)
    with duckdb.connect(str(sample_brand.published_file), read_only=True) as con:
        page = on_the_page(con, "overview.shop_periods.last_30_order_value", ())
        rate = on_the_page(con, "overview.shop_periods.last_30_refund_rate", ())
        asked = answer(
            con,
            warehouse,
            ["revenue_per_order", "refund_rate_booked"],
            [],
            f"metric_time >= date '{first}'",
        ).fetchone()
    assert float(asked[0]) == pytest.approx(float(page[()]), abs=1e-6)
    assert float(asked[1]) == pytest.approx(float(rate[()]), abs=1e-6)
