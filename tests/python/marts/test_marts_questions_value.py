"""Answers about worth, from the marts' rows in plain Python; the rows: test_marts_value."""

from collections import defaultdict
from decimal import Decimal

from questions_pages import answer
from test_marts_questions_money import month_before, names_of, rows, today
from test_marts_questions_products import rounded


def test_43_cost_and_payback_of_the_youngest_cohorts(sample_brand):
    told = [row for row in rows(sample_brand, "clv_payback") if row["spend_amount"] is not None]
    told.sort(key=lambda row: (-row["cohort_month"].toordinal(), row["platform_code"]))
    exact = ("platform_code", "cohort_month", "customer_count", "payback_months")
    near = ("acquisition_cost_amount", "observed_ltv_to_cac", "expected_ltv_to_cac")
    assert answer(sample_brand.query, 43) == [
        {name: row[name] for name in exact} | {name: rounded(row[name], 2) for name in near}
        for row in told[:12]
    ]


def test_44_shares_of_new_and_returning_customers(sample_brand):
    first = today(sample_brand).replace(day=1)
    since = month_before(month_before(first))
    told = [
        row for row in rows(sample_brand, "customer_margin_months") if row["month_date"] >= since
    ]
    totals = defaultdict(Decimal)
    for row in told:
        totals[row["month_date"], row["currency_code"]] += row["net_revenue_amount"]
    found = answer(sample_brand.query, 44)
    assert len(found) == min(12, len(told))
    marts = {(row["month_date"], row["currency_code"], row["buyer_kind"]): row for row in told}
    for row in found:
        of_mart = marts[row["month_date"], row["currency_code"], row["buyer_kind"]]
        total = totals[row["month_date"], row["currency_code"]]
        share = rounded(of_mart["net_revenue_amount"] / total, 4)
        assert abs(Decimal(str(row["revenue_share"])) - share) <= Decimal("0.0001")
        assert row["cm2_rate"] == rounded(of_mart["cm2_rate"], 4)


def test_45_what_moves_in_each_shop(sample_brand):
    shops, told = names_of(sample_brand, "shop"), rows(sample_brand, "product_assortment_months")
    last = max(row["month_date"] for row in told if row["is_finished"])
    expected = {
        shops[row["shop_key"]]: (
            row["order_count"],
            rounded(row["units_per_order"], 2),
            row["offered_product_count"],
            row["moving_product_count"],
            rounded(row["moving_rate"], 4),
        )
        for row in told
        if row["month_date"] == last
    }
    found = answer(sample_brand.query, 45)
    assert {row["shop_name"]: tuple(row.values())[1:] for row in found} == expected
    rates = [row["moving_rate"] for row in found if row["moving_rate"] is not None]
    assert rates == sorted(rates)


def test_46_the_slowest_products(sample_brand):
    products, told = names_of(sample_brand, "product"), rows(sample_brand, "product_stock_months")
    last = max(row["month_date"] for row in told)
    slowest = sorted(
        (row for row in told if row["month_date"] == last),
        key=lambda row: (
            row["sell_through_rate"] is None,
            row["sell_through_rate"],
            row["product_key"],
        ),
    )[:10]
    assert answer(sample_brand.query, 46) == [
        {"product_name": products[row["product_key"]]}
        | {f"{name}_quantity": row[f"{name}_quantity"] for name in ("opening", "received", "sold")}
        | {"sell_through_rate": rounded(row["sell_through_rate"], 4)}
        | {"units_per_day": rounded(row["units_per_day"], 2)}
        for row in slowest
    ]
