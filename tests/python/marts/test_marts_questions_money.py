"""Answers about money, from the marts' rows in plain Python.

What these rows have to be, tests/python/money recomputes from raw rows.
"""

from collections import defaultdict
from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise

import pytest
from questions_pages import ago, answer, on_tiny_warehouses

STEPS = ["ordered", "paid", "settled", "wallet", "bank"]
CAUSES = {
    "not_paid_amount": ("not_paid",),
    "refunded_amount": ("refunded",),
    "fee_amount": ("fee",),
    "later_amount": ("not_due", "other_period"),
    "other_amount": ("subsidy", "moved"),
    "unknown_amount": ("unmatched", "unexplained"),
}


def rows(brand, table: str) -> list[dict]:
    names = [name for name, *_ in brand.query(f"describe thematic.{table}")]
    return [dict(zip(names, row, strict=True)) for row in brand.query(f"from thematic.{table}")]


def today(brand) -> date:
    return brand.query("select as_of_date from subject.dim_as_of_date")[0][0]


def month_before(day: date) -> date:
    return (day.replace(day=1) - timedelta(days=1)).replace(day=1)


def names_of(brand, kind: str) -> dict[str, str]:
    return dict(brand.query(f"select {kind}_key, {kind}_name from subject.dim_{kind}s"))


def test_34_every_step_of_the_bridge_and_its_causes(sample_brand):
    bridge = rows(sample_brand, "money_bridge")
    this_month = today(sample_brand).replace(day=1)
    last = max(r["month_date"] for r in bridge if r["month_date"] < month_before(this_month))
    sums = defaultdict(lambda: defaultdict(Decimal))
    for row in bridge:
        if row["month_date"] == last and row["amount"] is not None:
            of_step = sums[row["currency_code"], row["step_code"]]
            of_step["amount"] += row["amount"]
            for name, causes in CAUSES.items():
                of_step[name] += sum(row[f"{cause}_amount"] for cause in causes)
    found = answer(sample_brand.query, 34)
    keys = [(row["currency_code"], row["step_code"]) for row in found]
    assert keys == sorted(sums, key=lambda key: (key[0], STEPS.index(key[1])))
    for key, row in zip(keys, found, strict=True):
        assert {name: row[name] for name in ("amount", *CAUSES)} == dict(sums[key])
    # A step is the one before and what explains the difference.
    for before, row in pairwise(found):
        if before["currency_code"] == row["currency_code"]:
            assert row["amount"] == before["amount"] + sum(row[name] for name in CAUSES)


def waterfall(brand) -> list[dict]:
    """Of the last three full months."""
    until = today(brand).replace(day=1)
    since = month_before(month_before(month_before(until)))
    return [r for r in rows(brand, "margin_waterfall") if since <= r["month_date"] < until]


def test_35_what_each_shop_keeps(sample_brand):
    shops, sums = names_of(sample_brand, "shop"), defaultdict(lambda: defaultdict(Decimal))
    for row in waterfall(sample_brand):
        of_shop = sums[shops[row["shop_key"]], row["currency_code"]]
        for name in ("net_revenue", "cm1", "cm2", "cm3"):
            of_shop[name] += row[f"{name}_amount"]
        of_shop["lines"] += row["line_count"]
        of_shop["uncosted"] += row["uncosted_line_count"]
    found = answer(sample_brand.query, 35)
    assert {(row["shop_name"], row["currency_code"]) for row in found} == set(sums)
    for row in found:
        told = sums[row["shop_name"], row["currency_code"]]
        assert row["net_revenue_amount"] == told["net_revenue"]
        for name in ("cm1", "cm2", "cm3"):
            share = float(told[name] / told["net_revenue"])
            assert row[f"{name}_rate"] == pytest.approx(share, abs=0.0001)
        uncosted = float(told["uncosted"] / told["lines"])
        assert row["uncosted_rate"] == pytest.approx(uncosted, abs=0.0001)
    rates = [row["cm3_rate"] for row in found]
    assert rates == sorted(rates)


def test_35_goods_without_a_cost_are_in_no_rate(sample_brand):
    ask = on_tiny_warehouses(sample_brand)
    rows = [(100, 40, 25, 20, 2, 0), (900, None, None, None, 6, 6), (0, 0, -5, -10, 0, 0)]
    (row,) = ask(
        35,
        subject__dim_shops=[{"shop_key": "s", "shop_name": "S"}],
        thematic__margin_waterfall=[
            {
                "shop_key": "s",
                "currency_code": "CNY",
                "month_date": ago(40),
                "net_revenue_amount": net,
                "cost_amount": None if cm1 is None else net - cm1,
                "cm1_amount": cm1,
                "cm2_amount": cm2,
                "cm3_amount": cm3,
                "line_count": lines,
                "uncosted_line_count": uncosted,
            }
            for net, cm1, cm2, cm3, lines, uncosted in rows
        ],
    )
    assert row["net_revenue_amount"] == 1000
    assert (row["cm1_rate"], row["cm2_rate"], row["cm3_rate"]) == (0.4, 0.2, 0.1)
    assert row["uncosted_rate"] == 0.75


def test_36_the_products_that_earn_least(sample_brand):
    sums = defaultdict(lambda: defaultdict(Decimal))
    for row in waterfall(sample_brand):
        if row["product_key"] is not None:
            of_product = sums[row["currency_code"], row["product_key"]]
            of_product["units"] += row["unit_count"]
            for name in ("net_revenue_amount", "refund_amount", "cm1_amount", "cm2_amount"):
                of_product[name] += row[name]
    products, wanted = names_of(sample_brand, "product"), []
    for currency in sorted({currency for currency, _ in sums}):
        keys = [key for key in sums if key[0] == currency and key[1] in products]
        keys.sort(key=lambda key: (sums[key]["cm2_amount"], key[1]))
        wanted += [
            {"product_name": products[key[1]], "currency_code": currency} | dict(sums[key])
            for key in keys[:5]
        ]
    assert answer(sample_brand.query, 36) == wanted


def test_37_the_files_of_months_that_are_open(sample_brand):
    shops, waiting = names_of(sample_brand, "shop"), defaultdict(list)
    for row in rows(sample_brand, "month_close"):
        if not row["is_closed"]:
            waiting[row["month_date"], row["file_kind"], row["file_status"]].append(row)
    found = answer(sample_brand.query, 37)
    assert len(found) == min(len(waiting), 12)
    for row in found:
        told = waiting[row["month_date"], row["file_kind"], row["file_status"]]
        assert row["shops"] == len(told)
        assert row["shop_names"] == ", ".join(sorted({shops[one["shop_key"]] for one in told}))
        assert row["due_date"] == min(one["due_date"] for one in told)
    months = [row["month_date"] for row in found]
    assert months == sorted(months, reverse=True)


def test_38_what_is_owed_by_week(sample_brand):
    sums = defaultdict(lambda: [0, Decimal(0), Decimal(0)])
    for row in rows(sample_brand, "cash_expected"):
        monday = row["expected_date"] - timedelta(days=row["expected_date"].weekday())
        of_week = sums[row["currency_code"], monday]
        of_week[0] += row["order_count"]
        of_week[1] += row["owed_amount"]
        of_week[2] += row["overdue_amount"]
    found = {
        (row["currency_code"], row["week_start_date"]): list(row.values())[2:]
        for row in answer(sample_brand.query, 38)
    }
    assert found == dict(sorted(sums.items())[:12])
