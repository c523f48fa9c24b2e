"""What customers cost and leave, what shops offer, how fast stock is sold: from the facts' rows."""

from collections import defaultdict
from datetime import date, timedelta
from decimal import Decimal

import pytest
from pipeline_brand import Brand

FEES = ("freight", "packing", "insurance", "commission", "service_fee", "payment_fee")


def facts(brand: Brand, query: str) -> list[dict]:
    names = [name for name, *_ in brand.query(f"describe {query}")]
    return [dict(zip(names, row, strict=True)) for row in brand.query(query)]


def month_of(day: date) -> date:
    return day.replace(day=1)


@pytest.fixture(scope="module")
def orders(sample_brand) -> dict[str, dict]:
    """Valid orders by key, with their customer."""
    rows = facts(
        sample_brand,
        "select o.*, b.customer_key from subject.fct_orders as o"
        " left join subject.bridge_account_customer as b using (account_key) where o.is_valid",
    )
    return {row["order_key"]: row for row in rows}


@pytest.fixture(scope="module")
def first_days(orders) -> dict[str, date]:
    days: dict[str, date] = {}
    for order in orders.values():
        customer, day = order["customer_key"], order["purchase_date"]
        days[customer] = min(day, days.get(customer, day))
    return days


def test_margins_of_new_and_returning_customers(sample_brand, orders, first_days):
    sums = defaultdict(lambda: defaultdict(Decimal))
    people, placed = defaultdict(set), defaultdict(set)
    for line in facts(
        sample_brand,
        "select m.*, l.order_key from thematic.margin_lines as m"
        " inner join subject.fct_order_lines as l using (order_line_key)",
    ):
        order = orders[line["order_key"]]
        customer = order["customer_key"]
        is_new = customer and order["purchase_date"] == first_days[customer]
        kind = "unknown" if customer is None else "new" if is_new else "returning"
        key = (month_of(order["purchase_date"]), line["currency_code"], kind)
        people[key] |= {customer} - {None}
        placed[key].add(line["order_key"])
        sums[key]["net"] += line["revenue_amount"] - line["refund_amount"]
        sums[key]["cost"] += line["cost_amount"] or 0
        sums[key]["uncosted"] += line["cost_amount"] is None
        sums[key]["fees"] += sum(line[f"{fee}_amount"] for fee in FEES)
    found = {
        (row["month_date"], row["currency_code"], row["buyer_kind"]): row
        for row in facts(sample_brand, "from thematic.customer_margin_months")
    }
    assert found.keys() == sums.keys()
    assert {kind for *_, kind in found} >= {"new", "returning"}
    for key, told in sums.items():
        row = found[key]
        assert (row["customer_count"], row["order_count"]) == (len(people[key]), len(placed[key]))
        assert row["net_revenue_amount"] == told["net"]
        cm1 = None if told["uncosted"] else told["net"] - told["cost"]
        assert row["cm1_amount"] == cm1
        assert row["cm2_amount"] == (None if cm1 is None else cm1 - told["fees"])


def test_what_new_customers_cost_and_bring_back(sample_brand, orders, first_days):
    first_platform: dict[str, str] = {}
    for order in orders.values():
        customer = order["customer_key"]
        if customer and order["purchase_date"] == first_days[customer]:
            platform = order["platform_code"]
            first_platform[customer] = min(platform, first_platform.get(customer, platform))
    spent: dict[tuple, list] = defaultdict(list)
    for row in facts(sample_brand, "from subject.fct_ad_spend"):
        spent[row["platform_code"], month_of(row["spend_date"])].append(row["cost_base_amount"])
    rates = defaultdict(lambda: (Decimal(0), Decimal(0)))
    for key, order in orders.items():
        base, own = order["revenue_base_amount"], order["revenue_amount"]
        if base is not None:
            rates[key] = (base, own)
            day = (order["currency_code"], order["purchase_date"])
            rates[day] = (rates[day][0] + base, rates[day][1] + own)
    earned = defaultdict(lambda: defaultdict(Decimal))
    for order in orders.values():
        customer = order["customer_key"]
        day = (order["currency_code"], order["purchase_date"])
        base, own = rates[day] if not order["revenue_amount"] else rates[order["order_key"]]
        if customer and order["contribution_amount"] is not None and own:
            rate = (base / own).quantize(Decimal("0.000001"), "ROUND_HALF_UP")
            start = month_of(first_days[customer])
            months = (order["purchase_date"].year - start.year) * 12
            months += order["purchase_date"].month - start.month
            earned[first_platform[customer], start][months] += order["contribution_amount"] * rate
    found = facts(sample_brand, "from thematic.clv_payback")
    people = defaultdict(int)
    for customer, platform in first_platform.items():
        people[platform, month_of(first_days[customer])] += 1
    assert {(row["platform_code"], row["cohort_month"]) for row in found} == set(people)
    for row in found:
        key = (row["platform_code"], row["cohort_month"])
        assert row["customer_count"] == people[key]
        costs = spent.get(key)
        spend = None if not costs or None in costs else sum(costs)
        assert row["spend_amount"] == spend
        total = sum(earned[key].values())
        assert abs(row["contribution_amount"] - total) < Decimal("0.05")
        if spend is None:
            assert (row["payback_months"], row["missing_reason"]) == (None, "no_spending")
            continue
        assert row["acquisition_cost_amount"] == pytest.approx(
            spend / people[key], abs=Decimal("0.0001")
        )
        so_far, back = Decimal(0), None
        for months, amount in sorted(earned[key].items()):
            so_far += amount
            back = months if back is None and so_far >= spend else back
        assert row["payback_months"] == back
        assert row["missing_reason"] == (None if back is not None else "not_yet")
    assert {row["missing_reason"] for row in found} >= {None, "no_spending"}


def test_what_shops_offer_and_sell(sample_brand, orders):
    (today,) = sample_brand.query("select as_of_date from subject.dim_as_of_date")[0]
    sold, units = defaultdict(set), defaultdict(int)
    placed = defaultdict(set)
    for line in facts(sample_brand, "from subject.fct_order_lines"):
        if line["is_valid"] and not line["is_gift"] and line["quantity"] > 0:
            key = (line["shop_key"], month_of(line["purchase_date"]))
            sold[key] |= {line["product_key"]} - {None}
            units[key] += line["quantity"]
            placed[key].add(line["order_key"])
    offered = defaultdict(set)
    for price in facts(
        sample_brand, "select * from subject.dim_product_prices where price_kind = 'listing'"
    ):
        if price["product_key"] is None:
            continue
        until = min(price["valid_to_at"].date() if price["valid_to_at"] else today, today)
        month = month_of(price["valid_from_date"])
        while month <= until:
            offered[price["shop_key"], month].add(price["product_key"])
            month = month_of(month + timedelta(31))
    found = {
        (row["shop_key"], row["month_date"]): row
        for row in facts(sample_brand, "from thematic.product_assortment_months")
    }
    assert found.keys() == {*placed, *offered}
    for key, row in found.items():
        assert (row["order_count"], row["unit_count"]) == (len(placed[key]), units[key])
        assert row["sold_product_count"] == len(sold[key])
        if key in offered:
            assert row["offered_product_count"] == len(offered[key])
            assert row["moving_product_count"] == len(offered[key] & sold[key])
        else:
            assert row["moving_rate"] is None
    assert any(0 < row["moving_rate"] < 1 for row in found.values() if row["moving_rate"])


def test_how_fast_stock_is_sold(sample_brand):
    days, at = defaultdict(list), {}
    for row in facts(sample_brand, "from subject.fct_stock_daily"):
        if row["product_key"]:
            days[row["product_key"], month_of(row["date_day"])].append(row)
            at[row["product_key"], row["warehouse_id"], row["date_day"]] = row
    closing = {key: row["closing_quantity"] for key, row in at.items()}
    found = {
        (row["product_key"], row["month_date"]): row
        for row in facts(sample_brand, "from thematic.product_stock_months")
    }
    assert found.keys() == days.keys()
    for key, kept in days.items():
        row, opening = found[key], 0
        for warehouse in {day["warehouse_id"] for day in kept}:
            first = min(day["date_day"] for day in kept if day["warehouse_id"] == warehouse)
            before = closing.get((key[0], warehouse, first - timedelta(1)))
            if before is None:
                day = at[key[0], warehouse, first]
                before = day["closing_quantity"] + day["sold_quantity"]
                before -= day["received_quantity"] + day["returned_quantity"]
            opening += before
        sold = sum(day["sold_quantity"] for day in kept)
        received = sum(day["received_quantity"] for day in kept)
        with_stock = {
            day["date_day"]
            for day in kept
            if day["closing_quantity"] > 0 or day["sold_quantity"] > 0
        }
        assert (row["opening_quantity"], row["sold_quantity"]) == (opening, sold)
        assert row["in_stock_day_count"] == len(with_stock)
        if opening + received > 0:
            share = Decimal(sold) / (opening + received)
            assert row["sell_through_rate"] == pytest.approx(share, abs=Decimal("0.000001"))
        if with_stock:
            assert row["units_per_day"] == pytest.approx(
                Decimal(sold) / len(with_stock), abs=Decimal("0.000001")
            )
