"""Goals of the sample brand: what is reached, expected and projected, from the facts' rows."""

import calendar
import csv
from collections import defaultdict
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

import pytest
from pipeline_brand import PROJECT
from questions_pages import answer
from test_marts_questions_money import month_before, today
from test_marts_value import facts

GOALS = PROJECT / "seeds" / "goals.csv"
FOURTH = Decimal("0.0001")


def rounded(value: Decimal, step: Decimal = FOURTH) -> Decimal:
    return Decimal(value).quantize(step, ROUND_HALF_UP)


def month_days(day: date) -> int:
    return calendar.monthrange(day.year, day.month)[1]


@pytest.fixture(scope="module")
def days(sample_brand) -> dict[str, dict]:
    """Metric → (platform, shop id, day) → amount, from orders, refunds and first purchases."""
    last = today(sample_brand)
    shops = {
        row["shop_key"]: (row["platform_code"], row["shop_id"])
        for row in facts(sample_brand, "select * from subject.dim_shops")
    }
    sums: dict[str, dict] = defaultdict(lambda: defaultdict(Decimal))
    bought: dict[str, list] = defaultdict(list)
    for order in facts(
        sample_brand,
        "select o.*, b.customer_key from subject.fct_orders as o"
        " left join subject.bridge_account_customer as b using (account_key) where o.is_valid",
    ):
        day, shop = order["purchase_date"], shops[order["shop_key"]]
        if day > last:
            continue
        sums["revenue"][(*shop, day)] += order["revenue_base_amount"] or 0
        sums["orders"][(*shop, day)] += 1
        if order["customer_key"]:
            bought[order["customer_key"]].append((day, shop[0], order["shop_key"], shop[1]))
    for first in map(min, bought.values()):
        day, platform, _, shop_id = first
        sums["new_customers"][(platform, shop_id, day)] += 1
    for refund in facts(sample_brand, "select * from subject.fct_refunds where is_completed"):
        if refund["booked_date"] and refund["booked_date"] <= last:
            shop = shops.get(refund["shop_key"], (None, None))
            sums["refunds"][(*shop, refund["booked_date"])] += refund["refund_base_amount"]
    return sums


def summed(days: dict, row: dict, month: date, part: tuple[int, int] = (1, 1)) -> Decimal:
    """The scope's sum over the days of a month up to the same part of it."""
    passed, whole = part
    return sum(
        (
            amount
            for (platform, shop_id, day), amount in days.items()
            if day.replace(day=1) == month
            and row["platform_code"] in (None, platform)
            and row["shop_id"] in (None, shop_id)
            and day.day * whole <= passed * month_days(day)
        ),
        Decimal(0),
    )


def test_every_goal_of_the_file_has_its_row_and_the_brand_every_metric(sample_brand):
    with GOALS.open() as file:
        given = {
            (row["month_date"], row["platform_code"], row["shop_id"], row["metric_code"])
            for row in csv.DictReader(file)
        }
    told = facts(sample_brand, "select * from thematic.goal_tracking")
    keys = [
        (
            str(row["month_date"]),
            row["platform_code"] or "",
            row["shop_id"] or "",
            row["metric_code"],
        )
        for row in told
    ]
    month = today(sample_brand).replace(day=1).isoformat()
    metrics = ("revenue", "orders", "new_customers", "refund_rate")
    assert set(keys) == given | {(month, "", "", metric) for metric in metrics}
    assert len(keys) == len(set(keys))


def test_goals_are_as_far_as_the_orders_say(sample_brand, days):
    last = today(sample_brand)
    begun = [
        row
        for row in facts(sample_brand, "select * from thematic.goal_tracking")
        if row["month_date"] <= last and row["status_reason"] in (None, "no_goal")
    ]
    assert {row["metric_code"] for row in begun} == {
        *("revenue", "orders", "new_customers", "refund_rate")
    }
    for row in begun:
        month = row["month_date"]
        whole = month_days(month)
        passed = min((last - month).days + 1, whole)
        assert (row["passed_days"], row["is_over"]) == (passed, passed == whole)
        goal = row["goal_value"]
        if row["metric_code"] == "refund_rate":
            refunds = summed(days["refunds"], row, month)
            revenue = summed(days["revenue"], row, month)
            assert row["actual_value"] == rounded(refunds / revenue, Decimal("0.000001"))
            assert row["projected_value"] == row["actual_value"]
            words = ("met", "missed") if row["is_over"] else ("on_track", "behind")
            within = goal is not None and refunds <= goal * revenue
            assert row["status"] == ("no_goal" if goal is None else words[0 if within else 1])
            continue
        of_metric = days[row["metric_code"]]
        actual = summed(of_metric, row, month)
        assert row["actual_value"] == actual
        before = [month_before(month)]
        before += [month_before(before[0])]
        before += [month_before(before[1])]
        first = min(
            day
            for platform, shop_id, day in days["orders"]
            if row["platform_code"] in (None, platform) and row["shop_id"] in (None, shop_id)
        )
        # The sample brand's tests know seventy days: no month a year ago, not three before.
        assert first > before[-1]
        share = rounded(Decimal(passed) / whole)
        assert (row["expected_basis"], row["expected_share"]) == ("days_passed", share)
        at_end = actual if passed == whole else rounded(actual / share)
        assert row["projected_value"] == at_end
        if goal is None:
            assert row["status"] == "no_goal"
            continue
        assert row["expected_value"] == rounded(goal * share)
        assert abs(row["goal_share"] - actual / goal) <= Decimal("0.000001")
        late = "missed" if row["is_over"] else "behind"
        near = "on_track" if actual >= goal * share and not row["is_over"] else late
        assert row["status"] == ("met" if actual >= goal else near)


def test_shops_add_up_to_the_brand(sample_brand, days):
    for name, column in {"orders": "order_count", "new_customers": "new_customer_count"}.items():
        (total,) = sample_brand.query(f"select sum({column}) from thematic.goal_days")[0]
        assert total == sum(days[name].values()) > 0


def test_51_goals_of_the_month(sample_brand):
    month = today(sample_brand).replace(day=1)
    told = [
        row
        for row in facts(sample_brand, "select * from thematic.goal_tracking")
        if row["month_date"] == month
    ]
    found = answer(sample_brand.query, 51)
    assert len(found) == min(13, len(told)) > 4
    rows = {(row["metric_code"], row["platform_code"], row["shop_id"]): row for row in told}
    for row in found:
        of_mart = rows[row["metric_code"], row["platform_code"], row["shop_id"]]
        assert row["goal_value"] == of_mart["goal_value"]
        assert row["status"] == (of_mart["status_reason"] or of_mart["status"])
        for name in ("actual_value", "goal_share", "expected_value", "projected_value"):
            value = of_mart[name]
            assert row[name] == (None if value is None else rounded(value)), name
