"""Answers to the owner's questions, computed once more in plain Python from raw rows."""

import statistics
from collections import Counter, defaultdict
from datetime import date, timedelta
from decimal import Decimal

import pytest
from logistics_reference import Warehouses, hours
from questions_pages import answer
from questions_reference import Books, ratio, seed
from test_marts_recomputed import order_id_of, shop_of

CENT = Decimal("0.01")


@pytest.fixture(scope="module")
def books(sample_brand) -> Books:
    return Books(sample_brand)


def test_1_net_sales_of_four_weeks_by_shop(sample_brand, books):
    sums: dict[tuple, list[Decimal]] = defaultdict(lambda: [Decimal(0)] * 3)

    def add(shop: tuple, day: date, sold: Decimal, back: Decimal) -> None:
        weeks = (books.today - day).days
        if weeks < 28:
            sums[shop][0] += sold
            sums[shop][1] += back
        elif weeks < 56:
            sums[shop][2] += sold - back

    for key, day in books.days.items():
        add(shop_of(books.recomputed.order_rows[key]), day, books.sold(key), Decimal(0))
    for row, day, amount in books.refunds():
        add(shop_of(row), day, Decimal(0), amount)
    names = {shop: row["name"] for shop, row in books.raw.shops.items()}
    actual = {row["shop_name"]: row for row in answer(sample_brand.query, 1)}
    for shop, (sold, back, before) in sums.items():
        row = actual.pop(names[shop])
        assert abs(row["sold_base_amount"] - sold) < CENT
        assert abs(row["refunded_base_amount"] - back) < CENT
        assert abs(row["net_base_amount"] - (sold - back)) < CENT
        assert abs(row["previous_net_base_amount"] - before) < CENT
        if before:
            assert row["growth_rate"] == pytest.approx(float((sold - back) / before - 1), abs=1e-4)
        else:
            assert row["growth_rate"] is None
    assert not actual


def test_2_revenue_per_buyer_and_per_order(sample_brand, books):
    months = defaultdict(list)
    for key, day in books.days.items():
        # An order without lines has no known amount.
        if books.recomputed.orders[key].lines:
            months[day.replace(day=1)].append(key)
    actual = {row["month_start_date"]: row for row in answer(sample_brand.query, 2)}
    assert actual.keys() == set(sorted(months)[-13:])
    for month in actual:
        keys = months[month]
        amounts = [books.sold(key) for key in keys]
        buyers = len({books.people[key] for key in keys})
        row = actual[month]
        assert (row["buyer_count"], row["order_count"]) == (buyers, len(keys))
        assert abs(row["revenue_base_amount"] - sum(amounts)) < CENT
        assert row["revenue_per_buyer_base_amount"] == pytest.approx(
            float(sum(amounts)) / buyers, abs=0.01
        )
        assert row["revenue_per_order_base_amount"] == pytest.approx(
            float(sum(amounts)) / len(keys), abs=0.01
        )
        assert abs(row["median_order_base_amount"] - statistics.median(amounts)) < CENT
        assert buyers < len(keys)


def test_3_paid_orders_of_those_placed(sample_brand, books):
    raw = books.raw
    failed = {
        order_id_of(p) for p in raw.latest("payments", "payment_id") if p["status"] == "failed"
    }
    counts: dict[str, Counter] = defaultdict(Counter)
    for key, row in books.recomputed.order_rows.items():
        placed = raw.day(row, raw.instant(row, "created_at"))
        if row["is_test"] or not books.ago(104) <= placed <= books.ago(14):
            continue
        counts[row["platform"]].update(
            placed=1, valid=int(key in books.days), failed=int(key in failed)
        )
    actual = {
        row["platform_code"]: (
            row["placed_orders"],
            row["valid_orders"],
            row["orders_with_failed_payment"],
            row["paid_rate"],
        )
        for row in answer(sample_brand.query, 3)
    }
    assert actual == {
        platform: (c["placed"], c["valid"], c["failed"], ratio(c["valid"], c["placed"]))
        for platform, c in counts.items()
    }


def test_4_reasons_of_refunds(sample_brand, books):
    counts: Counter = Counter()
    sums: dict[tuple, Decimal] = defaultdict(Decimal)
    for row, day, amount in books.refunds():
        if row["kind"] != "exchange" and books.ago(89) <= day <= books.today:
            counts[row["stage"], row["reason"]] += 1
            sums[row["stage"], row["reason"]] += amount
    sold = sum(books.sold(key) for key, day in books.days.items() if day >= books.ago(89))
    actual = answer(sample_brand.query, 4)
    assert len(actual) == min(10, len(counts))
    for row in actual:
        reason = row["refund_stage"], row["refund_reason"]
        assert row["refund_count"] == counts[reason]
        assert abs(row["refunded_base_amount"] - sums[reason]) < CENT
        assert row["refund_share"] == pytest.approx(
            float(sums[reason] / sum(sums.values())), abs=1e-4
        )
        assert row["revenue_rate"] == pytest.approx(float(sums[reason] / sold), abs=1e-4)
    largest = sorted(sums.values(), reverse=True)[: len(actual)]
    assert sum(largest) == pytest.approx(sum(row["refunded_base_amount"] for row in actual))


def test_7_points_owed(sample_brand, books):
    balances: Counter = Counter()
    earned: Counter = Counter()
    for row in books.raw.latest("point_movements", "movement_id"):
        balances[*shop_of(row), row["account_id"]] += row["points"]
        if row["points"] > 0 and row["reason"] != "reversed":
            earned[row["platform"]] += row["points"]
    sums: dict[str, Counter] = defaultdict(Counter)
    for row in answer(sample_brand.query, 7):
        sums[row["platform_code"]].update(
            owed=row["points_owed"], earned=row["points_earned"], below=row["accounts_below_zero"]
        )
    assert sums.keys() == earned.keys()
    for platform, found in sums.items():
        points = [left for (name, *_), left in balances.items() if name == platform]
        assert found["owed"] == sum(max(left, 0) for left in points)
        assert found["earned"] == earned[platform]
        assert found["below"] == sum(left < 0 for left in points)


def test_8_and_9_who_buys_again(sample_brand, books):
    occasions = defaultdict(set)
    for key, day in books.days.items():
        occasions[books.people[key]].add(day)
    for row in answer(sample_brand.query, 8):
        days = None if row["window_name"] == "ever" else int(row["window_name"].split()[0])
        inside = [
            bought
            for all_days in occasions.values()
            if (bought := [d for d in all_days if days is None or d > books.ago(days)])
        ]
        again = sum(len(bought) > 1 for bought in inside)
        assert (row["buyers"], row["repeat_buyers"]) == (len(inside), again)
        assert float(row["repurchase_rate"]) == pytest.approx(again / len(inside), abs=1e-6)
    gaps = [(b - a).days for a, b, *_ in (sorted(o) for o in occasions.values() if len(o) > 1)]
    assert {row["median_days_to_second"] for row in answer(sample_brand.query, 8)} == {
        statistics.median(gaps)
    }
    cohorts = defaultdict(list)
    for all_days in occasions.values():
        cohorts[min(all_days).replace(day=1)].append({d.replace(day=1) for d in all_days})
    shown = answer(sample_brand.query, 9)
    assert {row["cohort_month"] for row in shown} == set(sorted(cohorts)[-13:])
    for row in shown:
        members = cohorts[row["cohort_month"]]
        assert row["cohort_customers"] == len(members)
        month = (row["cohort_month"] + timedelta(days=31)).replace(day=1)
        is_over = (month + timedelta(days=31)).replace(day=1) - timedelta(days=1) <= books.today
        came = sum(month in months for months in members) / len(members)
        rate = row["retention_rate_month_1"]
        assert (rate is None) is not is_over
        assert rate is None or float(rate) == pytest.approx(came, abs=1e-6)


def test_14_what_sells_best(sample_brand, books):
    units: Counter = Counter()
    sums: dict[str, Decimal] = defaultdict(Decimal)
    for key, raw_lines in books.raw.whole_orders().items():
        if not (day := books.days.get(key)) or day < books.ago(89):
            continue
        order = books.recomputed.orders[key]
        currency = books.recomputed.currency(books.recomputed.order_rows[key])
        by_number = {line.number: line for line in order.lines}
        for row in raw_lines:
            line = by_number[row["line_no"]]
            units[row["sku_id"]] += 0 if row["is_gift"] else row["quantity"]
            sold = line.paid + line.settled(order.platform)
            sums[row["sku_id"]] += books.yuan(sold, currency, day)
    best = sorted(sums, key=lambda sku: -sums[sku])[:10]
    actual = answer(sample_brand.query, 14)
    assert [row["sku_id"] for row in actual] == best
    total, seen = sum(sums.values()), Decimal(0)
    for row in actual:
        seen += sums[row["sku_id"]]
        assert row["units"] == units[row["sku_id"]]
        assert abs(row["sold_base_amount"] - sums[row["sku_id"]]) < CENT
        assert row["cumulative_share"] == pytest.approx(float(seen / total), abs=1e-4)


def test_15_active_skus_that_sold(sample_brand, books):
    lines = books.raw.whole_orders()
    moved = {
        row["sku_id"]
        for key, day in books.days.items()
        if day >= books.ago(29)
        for row in lines.get(key, [])
        if not row["is_gift"]
    }
    range_of = defaultdict(set)
    for row in books.raw.latest("products", "sku_id"):
        launched = row["launched_at"]
        if row["status"] == "active" and (not launched or launched <= books.ago(30)):
            range_of[row["category_2"]].add(row["sku_id"])
    assert {
        row["category_2"]: (row["active_skus"], row["moving_skus"], row["moving_rate"])
        for row in answer(sample_brand.query, 15)
    } == {
        category: (len(skus), len(skus & moved), ratio(len(skus & moved), len(skus)))
        for category, skus in range_of.items()
    }


def test_18_late_parcels_of_each_carrier(sample_brand, books):
    codes = {row["match_name"].upper(): row["carrier_code"] for row in seed("carrier_names")}
    names = {row["carrier_code"]: row["carrier_name"] for row in seed("carriers")}
    counts: dict[str, Counter] = defaultdict(Counter)
    transits = defaultdict(list)
    for row in books.raw.latest("shipments", "shipment_id"):
        shipped, delivered, promised = (
            books.raw.instant(row, name) for name in ("shipped_at", "delivered_at", "deliver_by_at")
        )
        day = books.raw.day(row, shipped)
        if row["direction"] != "outbound" or not day or not books.ago(59) <= day <= books.ago(7):
            continue
        carrier = names[codes[row["carrier"].strip().upper()]]
        counts[carrier].update(parcels=1, delivered=bool(delivered))
        if delivered:
            transits[carrier].append(hours(shipped, delivered))
            if promised:
                counts[carrier].update(judged=1, late=delivered > promised)
    actual = answer(sample_brand.query, 18)
    assert {
        row["carrier_name"]: (row["parcels"], row["delivered_parcels"], row["late_rate"])
        for row in actual
    } == {
        carrier: (c["parcels"], c["delivered"], ratio(c["late"], c["judged"]))
        for carrier, c in counts.items()
    }
    for row in actual:
        middle = statistics.median(transits[row["carrier_name"]])
        assert abs(row["median_transit_hours"] - middle) <= CENT
    assert any(c["late"] for c in counts.values())


def test_21_lost_parcels(sample_brand, books):
    known = Warehouses(sample_brand)
    moved: dict[str, Counter] = defaultdict(Counter)
    for (warehouse, _), movements in known.movements.items():
        for row in movements:
            if books.ago(55) <= row["day"] <= books.today:
                moved[warehouse][row["kind"]] += row["quantity"]
    assert {
        row["warehouse_id"]: (row["damaged_units"], row["adjusted_units"])
        for row in answer(sample_brand.query, 21)
    } == {warehouse: (-c["damage"], c["adjustment"]) for warehouse, c in moved.items()}


def test_22_supplier_punctuality(sample_brand, books):
    known = Warehouses(sample_brand)
    suppliers = {r["supplier_id"]: r["name"] for r in books.raw.latest("suppliers", "supplier_id")}
    counts: dict[str, Counter] = defaultdict(Counter)
    for row in known.purchases:
        if row["status"] not in ("received", "closed"):
            continue
        is_whole = row["received_quantity"] >= row["quantity"]
        day = known.day(row["warehouse_id"], known.instant(row, "received_at"))
        counts[suppliers[row["supplier_id"]]].update(
            lines=1, whole=is_whole, on_time=is_whole and day <= row["expected_on"]
        )
    assert {
        row["supplier_name"]: (row["finished_lines"], row["on_time_rate"], row["in_full_rate"])
        for row in answer(sample_brand.query, 22)
    } == {
        name: (c["lines"], ratio(c["on_time"], c["lines"]), ratio(c["whole"], c["lines"]))
        for name, c in counts.items()
    }


def test_23_to_25_replies_topics_and_the_bot(sample_brand, books):
    raw = books.raw
    messages = defaultdict(list)
    for row in raw.latest("ticket_messages", "message_id"):
        messages[row["ticket_id"]].append(row)
    waits, groups = defaultdict(list), defaultdict(Counter)
    topics: dict[str, Counter] = defaultdict(Counter)
    bots: dict[str, Counter] = defaultdict(Counter)
    for ticket in raw.latest("tickets", "ticket_id"):
        senders = {row["sender"] for row in messages[ticket["ticket_id"]]}
        opened = raw.instant(ticket, "opened_at")
        if ticket["closed_at"]:
            by_bot = "bot" in senders and "agent" not in senders
            bots[ticket["topic"]].update(closed=1, bot="bot" in senders, solved=by_bot)
        if not books.ago(59) <= raw.day(ticket, opened) <= books.today:
            continue
        replies = [
            (raw.instant(row, "sent_at", ticket) - opened).total_seconds()
            for row in messages[ticket["ticket_id"]]
            if row["sender"] == "agent" and raw.instant(row, "sent_at", ticket) >= opened
        ]
        groups[ticket["group_id"]]["tickets"] += 1
        if replies:
            waits[ticket["group_id"]].append(min(replies) / 60)
        score = ticket["csat"]
        topics[ticket["topic"]].update(
            tickets=1,
            open=not ticket["closed_at"],
            scored=score is not None,
            content=score is not None and score >= 4,
        )
    for row in answer(sample_brand.query, 23):
        group = row["agent_group_id"]
        unheard = row["tickets"] - row["bot_resolved_tickets"] - row["unanswered_tickets"]
        assert row["tickets"] == groups[group]["tickets"]
        assert unheard == len(waits[group])
        assert float(row["median_first_reply_minutes"]) == pytest.approx(
            statistics.median(waits[group]), abs=0.01
        )
    orders = sum(day >= books.ago(59) for day in books.days.values())
    assert {
        row["topic"]: (
            row["tickets"],
            row["open_tickets"],
            row["scored_tickets"],
            row["satisfied_rate"],
            row["tickets_per_100_orders"],
        )
        for row in answer(sample_brand.query, 24)
    } == {
        topic: (
            c["tickets"],
            c["open"],
            c["scored"],
            ratio(c["content"], c["scored"]),
            round(100 * c["tickets"] / orders, 2),
        )
        for topic, c in topics.items()
    }
    assert {
        row["topic"]: (row["closed_tickets"], row["tickets_with_bot"], row["bot_resolved_rate"])
        for row in answer(sample_brand.query, 25)
    } == {topic: (c["closed"], c["bot"], ratio(c["solved"], c["bot"])) for topic, c in bots.items()}


def test_26_cost_of_late_parcels(sample_brand, books):
    raw = books.raw
    contacted = {order_id_of(ticket) for ticket in raw.latest("tickets", "ticket_id")}
    ratings = defaultdict(list)
    for review in raw.latest("reviews", "review_id", "shop_id", "order_id"):
        ratings[order_id_of(review)].append(review["rating"])
    groups = defaultdict(list)
    for key in books.days:
        parcels = [p for p in books.recomputed.shipments[key] if p["direction"] == "outbound"]
        if not parcels or not all(parcel["delivered_at"] for parcel in parcels):
            continue
        arrived = [raw.instant(parcel, "delivered_at") for parcel in parcels]
        judged = [
            came > promised
            for parcel, came in zip(parcels, arrived, strict=True)
            if (promised := raw.instant(parcel, "deliver_by_at"))
        ]
        if judged and max(raw.day(parcels[0], came) for came in arrived) <= books.ago(14):
            groups[any(judged)].append(key)
    actual = {row["is_late"]: row for row in answer(sample_brand.query, 26)}
    assert actual.keys() == groups.keys()
    for is_late, keys in groups.items():
        row, stars = actual[is_late], [statistics.mean(ratings[k]) for k in keys if ratings[k]]
        assert row["orders"] == len(keys)
        assert row["contact_rate"] == ratio(sum(key in contacted for key in keys), len(keys))
        assert row["poor_review_rate"] == ratio(sum(star <= 2 for star in stars), len(stars))
        assert row["average_rating"] == pytest.approx(statistics.mean(stars), abs=0.01)
        back = sum(books.gave_back(key) for key in keys) / sum(books.sold(key) for key in keys)
        assert row["refund_rate"] == pytest.approx(float(back), abs=1e-4)
    # Someone whose parcel is late writes more often and rates worse: the sample's story.
    assert actual[True]["contact_rate"] > 2 * actual[False]["contact_rate"]
