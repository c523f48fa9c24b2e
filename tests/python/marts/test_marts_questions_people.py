"""Answers about people, from the marts' rows in plain Python; the rows: test_marts_customers."""

from collections import Counter, defaultdict
from decimal import Decimal

from questions_pages import answer
from test_marts_questions_money import rows
from test_marts_questions_products import rounded


def test_47_tiers_and_festivals(sample_brand):
    told = defaultdict(lambda: [0, Decimal(0), 0, 0])
    for row in rows(sample_brand, "customer_tiers"):
        of_tier = told[row["tier"]]
        of_tier[0] += 1
        of_tier[1] += row["festival_revenue_amount"] + row["everyday_revenue_amount"]
        of_tier[2] += row["festival_purchase_days"]
        of_tier[3] += row["purchase_days"]
    people, money = (sum(row[place] for row in told.values()) for place in (0, 1))
    found = {row["tier"]: tuple(row.values())[1:] for row in answer(sample_brand.query, 47)}
    assert found.keys() == told.keys()
    for tier, (count, revenue, festive, days) in told.items():
        customers, share, amount, of_money, rate = found[tier]
        assert (customers, amount) == (count, revenue)
        assert abs(share - count / people) < 1e-4
        assert abs(of_money - float(revenue / money)) < 1e-4
        assert (rate is None) == (days == 0)
        assert rate is None or abs(rate - festive / days) < 1e-4


def test_48_the_ten_largest_key_accounts(sample_brand):
    told = sorted(
        rows(sample_brand, "key_accounts"), key=lambda row: (row["place"], row["customer_key"])
    )
    names = ("customer_key", "year_revenue_amount", "year_unit_count", "median_days")
    names += ("spread_days", "expected_next_date", "days_past_due")
    found = answer(sample_brand.query, 48)
    assert [{name: row[name] for name in names} for row in found] == [
        {name: row[name] for name in names} for row in told[:10]
    ]
    for row, of_mart in zip(found, told, strict=False):
        assert row["revenue_share"] == rounded(of_mart["revenue_share"], 4)


def test_49_the_list_of_tomorrow_by_what_it_is_about(sample_brand):
    worth = {
        row["customer_key"]: row["net_revenue_amount"]
        for row in rows(sample_brand, "rfm_customers")
    }
    told = defaultdict(list)
    for row in rows(sample_brand, "customer_actions"):
        told[row["action_name"], row["contact_kind"]].append(row)
    found = answer(sample_brand.query, 49)
    assert len(found) == min(12, len(told))
    for row in found:
        of_kind = told[row["action_name"], row["contact_kind"]]
        amounts = [worth[one["customer_key"]] for one in of_kind if one["customer_key"] in worth]
        assert row["customers"] == len(of_kind)
        assert (row["net_revenue_amount"] or 0) == sum(amounts)
        assert row["first_place"] == min(one["place"] for one in of_kind)
        assert row["until_date"] == max(one["until_date"] for one in of_kind)


def test_50_customers_by_tag(sample_brand):
    people = {row["customer_key"]: row for row in rows(sample_brand, "customer_360")}
    counts, worth, core = Counter(), Counter(), Counter()
    for row in rows(sample_brand, "customer_tags"):
        tag, customer = row["tag_name"], people[row["customer_key"]]
        counts[tag] += 1
        worth[tag] += customer["observed_net_revenue_amount"] or 0
        core[tag] += customer["tier"] == "core"
    found = answer(sample_brand.query, 50)
    assert [row["tag_name"] for row in found] == sorted(
        counts, key=lambda tag: (-counts[tag], tag)
    )[:13]
    for row in found:
        tag = row["tag_name"]
        told = (row["customers"], row["observed_net_revenue_amount"] or 0, row["core_customers"])
        assert told == (counts[tag], worth[tag], core[tag])
