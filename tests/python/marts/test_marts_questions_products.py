"""Answers about products, from the marts' rows in plain Python.

What these rows have to be, tests/python/thematic/test_thematic_products.py computes once more;
of competitors, the last test does.
"""

from collections import defaultdict
from decimal import ROUND_HALF_UP, Decimal
from statistics import median

from questions_pages import answer
from test_marts_questions_money import names_of, rows, today


def rounded(value: Decimal | None, digits: int) -> Decimal | None:
    return None if value is None else value.quantize(Decimal(1).scaleb(-digits), ROUND_HALF_UP)


def test_39_stages_of_the_last_month(sample_brand):
    stages = rows(sample_brand, "lifecycle_products")
    last = max(row["month_date"] for row in stages)
    products = names_of(sample_brand, "product")
    found = answer(sample_brand.query, 39)
    told = {
        (products[row["product_key"]], row["line_count"]): (
            row["stage"] or row["missing_reason"],
            rounded(row["share_ratio"], 2),
            rounded(row["refunded_rate"], 4),
            rounded(row["average_rating"], 2),
            row["is_refunded_often"] or row["is_rated_low"] or row["is_asked_often"],
        )
        for row in stages
        if row["month_date"] == last and row["product_key"] in products
    }
    assert len(found) == min(10, len(told))
    for row in found:
        name, stage, lines, *rest = row.values()
        assert told[name, lines] == (stage, *rest)


def test_40_shares_that_are_larger_than_the_others(sample_brand):
    products = names_of(sample_brand, "product")
    told = [
        row
        for row in rows(sample_brand, "product_audience")
        if row["order_count"] >= 5 and row["dimension_value"] != "unknown"
    ]
    told.sort(
        key=lambda row: (
            -row["affinity_low"],
            row["product_key"],
            row["dimension_code"],
            row["dimension_value"],
        )
    )
    names = ("order_share", "other_order_share"), ("affinity", "affinity_low")
    assert answer(sample_brand.query, 40) == [
        {
            "product_name": products[row["product_key"]],
            **{key: row[key] for key in ("dimension_code", "dimension_value", "order_count")},
            **{name: rounded(row[name], 4) for name in names[0]},
            **{name: rounded(row[name], 2) for name in names[1]},
        }
        for row in told[:10]
    ]


def test_41_what_is_said_more_often(sample_brand):
    told = {
        (row["product_key"], row["feedback_kind"], row["feedback_value"]): row
        for row in rows(sample_brand, "product_feedback")
        if row["feedback_count"] >= 5 and row["feedback_value"] not in ("4", "5", "unknown")
    }
    keys = {name: key for key, name in names_of(sample_brand, "product").items()}
    found = answer(sample_brand.query, 41)
    assert len(found) == min(10, len(told))
    for row in found:
        of_mart = told[keys[row["product_name"]], row["feedback_kind"], row["feedback_value"]]
        assert row["feedback_count"] == of_mart["feedback_count"]
        assert row["rate"] == rounded(of_mart["rate"], 4)
        assert row["is_more_than_chance"] == of_mart["is_more_than_chance"]
    unusual = sum(row["is_more_than_chance"] for row in told.values())
    assert sum(row["is_more_than_chance"] for row in found) == min(10, unusual)


def test_42_our_units_and_prices_beside_competitors(sample_brand):
    sold, seen = defaultdict(lambda: [0, Decimal(0)]), defaultdict(dict)
    for platform, *categories, day, units, revenue in sample_brand.query(
        "select l.platform_code, p.category_1, p.category_2, p.category_3, l.purchase_date,"
        " l.quantity, l.revenue_amount from subject.fct_order_lines as l"
        " inner join subject.dim_products as p using (product_key)"
        " where l.is_valid and not l.is_gift and l.quantity > 0"
    ):
        for category in set(categories):
            of_month = sold[platform, category, day.replace(day=1)]
            of_month[0] += units
            of_month[1] += revenue
    listings = sample_brand.query(
        "select platform_code, category, listing_id, observed_date, price_amount, sales_count"
        " from subject.fct_market_listings where category is not null order by observed_date"
    )
    for platform, category, listing, day, price, count in listings:
        seen[platform, category, day.replace(day=1)][listing] = (price, count)
    this_month = today(sample_brand).replace(day=1)
    expected = {}
    for platform, category, month in sorted(seen):
        before = max((key[2] for key in seen if key[2] < month), default=None)
        earlier = seen.get((platform, category, before), {})
        now = seen[platform, category, month]
        gained = [
            count - earlier[listing][1]
            for listing, (_, count) in now.items()
            if listing in earlier and count >= earlier[listing][1]
        ]
        if gained and month < this_month:
            units, revenue = sold[platform, category, month]
            middle = median(price for price, _ in now.values())
            share = rounded(Decimal(units) / (units + sum(gained)), 4)
            ratio = rounded(revenue / (middle * units), 4) if units else None
            expected[platform, category] = (month, units, sum(gained), share, ratio)
    found = {
        tuple(row.values())[:2]: tuple(row.values())[2:] for row in answer(sample_brand.query, 42)
    }
    assert found.keys() == expected.keys()
    for key, row in found.items():
        assert row[:4] == expected[key][:4]
        assert row[4] is None or abs(row[4] - expected[key][4]) <= Decimal("0.0001")
