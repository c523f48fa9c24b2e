"""Tiers, key accounts, tags and what to do about whom, from the facts' rows in plain Python."""

from collections import Counter, defaultdict
from datetime import UTC, timedelta
from decimal import Decimal
from itertools import pairwise
from math import ceil
from zoneinfo import ZoneInfo

import pytest
from test_marts_value import facts

YEAR, QUARTER, MONTH = timedelta(365), timedelta(90), timedelta(30)


@pytest.fixture(scope="module")
def today(sample_brand):
    return sample_brand.query("select as_of_date from subject.dim_as_of_date")[0][0]


@pytest.fixture(scope="module")
def occasions(sample_brand) -> dict[str, dict]:
    """Customer → day → revenue of the day."""
    found = defaultdict(lambda: defaultdict(Decimal))
    for row in facts(
        sample_brand,
        "select b.customer_key, o.purchase_date, o.revenue_base_amount from subject.fct_orders as o"
        " inner join subject.bridge_account_customer as b using (account_key) where o.is_valid",
    ):
        day = row["purchase_date"]
        found[row["customer_key"]][day] += row["revenue_base_amount"] or 0
    return found


def by_customer(brand, mart: str) -> dict[str, dict]:
    return {row["customer_key"]: row for row in facts(brand, f"from thematic.{mart}")}


def test_every_customer_has_the_tier_of_what_was_bought_or_wished(sample_brand, today, occasions):
    festivals = {
        day
        for (day,) in sample_brand.query(
            "select date_day from subject.dim_dates where festival_phase in ('presale', 'sale')"
        )
    }
    wished = Counter(
        customer
        for (customer,) in sample_brand.query(
            "select b.customer_key from subject.fct_web_events as e"
            " inner join subject.bridge_account_customer as b using (account_key)"
            " where e.event_kind in ('cart', 'favourite')"
        )
    )
    found = by_customer(sample_brand, "customer_tiers")
    everybody = {
        key
        for key, seen_at in sample_brand.query(
            "select customer_key, first_seen_at from subject.dim_customers"
        )
        if key in occasions or seen_at is None or seen_at.date() <= today
    }
    assert found.keys() == everybody
    for customer, row in found.items():
        days = occasions.get(customer, {})
        year = sum(day > today - YEAR for day in days)
        tier = "core" if year >= 3 else "occasional" if days else "visitor"
        if not days and wished[customer]:
            tier = "cart_or_favourite"
        assert row["tier"] == tier
        festive = [amount for day, amount in days.items() if day in festivals]
        assert (row["purchase_days"], row["festival_purchase_days"]) == (len(days), len(festive))
        assert row["festival_revenue_amount"] == sum(festive)
        assert row["everyday_revenue_amount"] == sum(days.values()) - sum(festive)
        assert row["wish_count"] == wished[customer]
    assert set(Counter(row["tier"] for row in found.values())) == {
        *("core", "occasional", "cart_or_favourite", "visitor")
    }


def test_key_accounts_are_the_largest_and_due_by_their_own_intervals(
    sample_brand, today, occasions
):
    spent = {
        customer: sum(amount for day, amount in days.items() if day > today - YEAR)
        for customer, days in occasions.items()
    }
    buyers = {customer: amount for customer, amount in spent.items() if amount > 0}
    most = ceil(0.01 * len(buyers))
    places = {
        customer: 1 + sum(other > amount for other in buyers.values())
        for customer, amount in buyers.items()
    }
    expected = {
        customer
        for customer, place in places.items()
        if place <= most and len(occasions[customer]) >= 3
    }
    found = by_customer(sample_brand, "key_accounts")
    assert found.keys() == expected
    assert found
    for customer, row in found.items():
        days = sorted(occasions[customer])
        waits = sorted((b - a).days for a, b in pairwise(days))
        middle = len(waits) / 2
        median = (waits[int(middle - 0.5)] + waits[int(middle)]) / 2
        assert (row["place"], row["median_days"]) == (places[customer], median)
        assert row["year_revenue_amount"] == spent[customer]
        due = days[-1] + timedelta(int(median + 0.5))
        assert row["expected_next_date"] == due
        assert row["days_past_due"] == (today - due).days
    lines = defaultdict(Counter)
    for customer, product, quantity in sample_brand.query(
        "select b.customer_key, l.product_key, l.quantity from subject.fct_order_lines as l"
        " inner join subject.fct_orders as o using (order_key)"
        " inner join subject.bridge_account_customer as b using (account_key)"
        " where o.is_valid and not l.is_gift and l.quantity > 0 and l.product_key is not null"
    ):
        lines[customer][product] += quantity
    for customer, row in found.items():
        top = min(lines[customer], key=lambda product: (-lines[customer][product], product))
        assert row["top_product_key"] == top
        assert row["year_unit_count"] == lines[customer].total()


def test_tags_of_service_refunds_and_birthdays(sample_brand, today):
    tags = defaultdict(dict)
    for row in facts(sample_brand, "from thematic.customer_tags"):
        assert row["measured_value"] >= row["limit_value"]
        tags[row["tag_code"]][row["customer_key"]] = row["measured_value"]
    people = dict(
        sample_brand.query("select account_key, customer_key from subject.bridge_account_customer")
    )
    worst, waiting = {}, Counter()
    zones = dict(sample_brand.query("select shop_key, time_zone from subject.dim_shops"))
    for ticket in facts(sample_brand, "from subject.fct_tickets where account_key is not null"):
        customer, score = people[ticket["account_key"]], ticket["csat_score"]
        closed = ticket["closed_at"]
        zone = ZoneInfo(zones.get(ticket["shop_key"], "Asia/Shanghai"))
        is_later = closed and closed.replace(tzinfo=UTC).astimezone(zone).date() > today
        waiting[customer] += is_later or closed is None
        if score is not None and not is_later and ticket["opened_date"] > today - QUARTER:
            worst[customer] = min(score, worst.get(customer, 5))
    assert tags["unhappy"] == {who: 5 - score for who, score in worst.items() if score <= 2}
    assert tags["waiting"] == {who: count for who, count in waiting.items() if count}
    orders, back = Counter(), Counter()
    for account, refunded in sample_brand.query(
        "select account_key, refund_amount > 0 from subject.fct_orders"
        " where is_valid and account_key is not null"
    ):
        orders[people[account]] += 1
        back[people[account]] += refunded
    assert set(tags["returns_often"]) == {
        who
        for who, count in orders.items()
        if count >= 3 and Decimal(back[who]) / count >= Decimal("0.3")
    }
    born = {
        who
        for who, month in sample_brand.query(
            "select customer_key, birth_month from subject.dim_customers"
        )
        if month == (today + timedelta(1)).month
    } & set(by_customer(sample_brand, "customer_tiers"))
    assert set(tags["birthday_month"]) == born
    due = {
        who: row["days_past_due"]
        for who, row in by_customer(sample_brand, "key_accounts").items()
        if row["days_past_due"] is not None and row["days_past_due"] >= -7
    }
    assert tags["key_account_due"] == due
    for code in ("high_value", "core", "key_account", "overdue", "multi_platform"):
        assert tags[code], code


def test_the_most_urgent_action_of_who_may_be_written_to(sample_brand, today):
    tags = defaultdict(set)
    for customer, code in sample_brand.query(
        "select customer_key, tag_code from thematic.customer_tags"
    ):
        tags[customer].add(code)
    people = dict(
        sample_brand.query("select account_key, customer_key from subject.bridge_account_customer")
    )
    refused = {
        who
        for (who,) in sample_brand.query(
            "select customer_key from subject.dim_accounts where accepts_marketing = false"
        )
    }
    sent, last = Counter(), {}
    for account, purpose, day in sample_brand.query(
        "select account_key, purpose, sent_date from subject.fct_outreach"
        " where account_key is not null and sent_date <= (select as_of_date from"
        " subject.dim_as_of_date)"
    ):
        who = people[account]
        sent[who] += day > today - MONTH
        last[who, purpose] = max(day, last.get((who, purpose), day))
    rules = (
        (1, "answer_now", {"waiting"}, None),
        (2, "make_good", {"unhappy"}, None),
        (3, "call_key_account", {"key_account_due"}, ("", 0)),
        (4, "win_back", {"slipping", "high_value"}, ("win_back", 30)),
        (5, "remind", {"overdue"}, ("reminder", 30)),
        (6, "birthday", {"birthday_month"}, ("birthday", 31)),
        (7, "welcome", {"new"}, ("welcome", 30)),
    )
    expected = {}
    for customer, own in tags.items():
        for priority, code, needed, rest in rules:
            may = rest is None or (customer not in refused and sent[customer] < 4)
            if rest and (customer, rest[0]) in last:
                may = may and today - last[customer, rest[0]] >= timedelta(rest[1])
            if needed <= own and may:
                expected[customer] = (priority, code)
                break
    found = by_customer(sample_brand, "customer_actions")
    assert {who: (row["priority"], row["action_code"]) for who, row in found.items()} == expected
    assert refused & {who for who, own in tags.items() if own} - set(found)
    greeted = {who for who, purpose in last if purpose == "birthday"}
    assert any("birthday_month" in tags[who] and who not in found for who in greeted)
    assert len({row["action_code"] for row in found.values()}) >= 5
    in_order = sorted(found.values(), key=lambda row: row["place"])
    assert [row["place"] for row in in_order] == list(range(1, len(found) + 1))
    assert [row["priority"] for row in in_order] == sorted(row["priority"] for row in in_order)


def test_a_customer_on_one_row_is_what_the_marts_say(sample_brand):
    found = by_customer(sample_brand, "customer_360")
    marts = {
        name: by_customer(sample_brand, name)
        for name in ("customer_tiers", "rfm_customers", "clv_customers", "customer_actions")
    }
    tags = defaultdict(list)
    for customer, code in sample_brand.query(
        "select customer_key, tag_code from thematic.customer_tags order by tag_code"
    ):
        tags[customer].append(code)
    assert found.keys() == marts["customer_tiers"].keys()
    for customer, row in found.items():
        rfm = marts["rfm_customers"].get(customer, {})
        assert row["observed_net_revenue_amount"] == rfm.get("net_revenue_amount")
        assert row["segment_code"] == rfm.get("segment_code")
        assert row["tier"] == marts["customer_tiers"][customer]["tier"]
        clv = marts["clv_customers"].get(customer, {})
        assert row["expected_revenue_amount"] == clv.get("expected_revenue_amount")
        assert row["missing_reason"] == (clv["missing_reason"] if clv else "no_purchase")
        assert row["monetary_score"] == rfm.get("monetary_score")
        assert row["action_code"] == marts["customer_actions"].get(customer, {}).get("action_code")
        assert row["tag_codes"] == (", ".join(tags[customer]) or None)
