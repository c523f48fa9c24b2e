"""Columns of service and logistics facts of the sample brand, tied to its raw rows.

DuckDB only hands over the raw rows; versions, clocks, ways of parcels and waits are plain Python.
"""

import statistics
from collections import defaultdict
from datetime import timedelta

import pytest
from logistics_reference import Warehouses, hours, md5, utc
from pipeline_brand import Brand
from test_marts_recomputed import Row
from test_marts_service import SENDERS, Service, ShiftClock, middle, minutes, target

WAY = ["picked_up", "in_transit", "out_for_delivery"]
PLACES = ("province", "city", "facility")


@pytest.fixture(scope="module")
def warehouses(sample_brand: Brand) -> Warehouses:
    return Warehouses(sample_brand)


@pytest.fixture(scope="module")
def service(warehouses: Warehouses) -> Service:
    return Service(warehouses.raw)


@pytest.fixture(scope="module")
def ways(warehouses: Warehouses) -> dict[str, list[Row]]:
    """The scans of each tracking number in their order, with instants by the parcel's shop."""
    raw = warehouses.raw
    parcels = {row["tracking_no"]: row for row in warehouses.shipments.values()}
    ways = defaultdict(list)
    for row in raw.latest("parcel_scans", "tracking_no", "scanned_at", "scan_code"):
        row["at"] = raw.instant(row, "scanned_at", parcels[row["tracking_no"]])
        ways[row["tracking_no"]].append(row)
    for way in ways.values():
        way.sort(key=lambda row: (row["at"], [*WAY, row["scan_code"]].index(row["scan_code"])))
    return ways


def keyed(rows: list[tuple], width: int) -> dict[tuple, tuple]:
    """Rows by their first columns, none of them twice."""
    found = {row[:width]: row[width:] for row in rows}
    assert len(found) == len(rows) > 0
    return found


def test_shifts_of_agents_and_when_they_were_last_seen(sample_brand, service):
    shifts, seen = defaultdict(list), defaultdict(list)
    for row in service.raw.latest("agent_shifts", "agent_id", "starts_at"):
        starts = ShiftClock._at_home(row, "starts_at")
        shifts[row["agent_id"]].append(starts)
        seen[row["agent_id"]].append((starts, "shift"))
    for row in service.tickets.values():
        seen[row["agent_id"]].append((row["opened"], "ticket"))
    for rows in service.messages.values():
        for row in rows:
            seen[row["agent_id"]].append((row["sent"], "message"))
    seen.pop(None, None)
    expected = {
        (agent,): (
            min(shifts[agent], default=None),
            max(shifts[agent], default=None),
            max(moments)[0],
        )
        for agent, moments in seen.items()
    }
    actual = keyed(
        sample_brand.query(
            "select agent_id, first_shift_at, last_shift_at, last_seen_at from subject.dim_agents"
        ),
        1,
    )
    assert {agent: tuple(map(utc, row)) for agent, row in actual.items()} == expected
    assert {row[0] is None for row in expected.values()} == {True, False}
    assert {max(moments)[1] for moments in seen.values()} >= {"shift", "message"}


def test_places_before_and_after_a_scan(sample_brand, warehouses, ways):
    nowhere = dict.fromkeys(PLACES)
    expected = {}
    for row in warehouses.shipments.values():
        way = [nowhere, *ways.get(row["tracking_no"], []), nowhere]
        for number, (before, after) in enumerate(zip(way, way[2:], strict=False), start=1):
            expected[row["shipment_id"], number] = (
                *(before[place] for place in PLACES),
                *(after[place] for place in PLACES),
            )
    actual = keyed(
        sample_brand.query(
            "select s.shipment_id, p.scan_number, p.from_province, p.from_city, p.from_facility,"
            " p.to_province, p.to_city, p.to_facility from subject.fct_parcel_scans as p"
            " join subject.fct_shipments as s using (shipment_key)"
        ),
        2,
    )
    assert actual == expected
    for place in range(len(PLACES)):
        differ = [row for row in expected.values() if row[place] != row[place + len(PLACES)]]
        assert any(None not in row for row in differ), "a way that goes on elsewhere"


def test_scans_weight_and_freight_of_a_parcel(sample_brand, warehouses, ways):
    expected = {}
    for row in warehouses.shipments.values():
        way = ways.get(row["tracking_no"], [])
        expected[row["shipment_id"],] = (
            len(way),
            max((scan["at"] for scan in way), default=None),
            row["weight"],
            row["freight_cost"],
        )
    actual = {
        key: (count, utc(last), *rest)
        for key, (count, last, *rest) in keyed(
            sample_brand.query(
                "select shipment_id, scan_count, last_scanned_at, weight_kg, freight_cost_amount"
                " from subject.fct_shipments"
            ),
            1,
        ).items()
    }
    assert actual == expected
    assert {row[0] for row in expected.values()} >= {0, 1, 4}
    offsets = {scan["scanned_at_offset_minutes"] for way in ways.values() for scan in way}
    assert offsets > {None}, "by the shop's clock and by an offset"


def test_receipt_and_cost_of_a_purchased_line(sample_brand, warehouses):
    expected = {}
    for row in warehouses.purchases:
        came = warehouses.day(row["warehouse_id"], warehouses.instant(row, "received_at"))
        is_settled = row["status"] in ("received", "closed")
        expected[row["purchase_order_id"], row["line_no"]] = (
            row["expected_on"],
            came,
            (came - row["expected_on"]) // timedelta(days=1) if came else None,
            row["quantity"] * row["unit_cost"],
            row["received_quantity"] >= row["quantity"] if is_settled else None,
        )
    actual = keyed(
        sample_brand.query(
            "select purchase_order_id, line_number, expected_date, received_date, days_late,"
            " ordered_amount, is_in_full from subject.fct_purchase_orders"
        ),
        2,
    )
    assert actual == expected
    assert {row[4] for row in expected.values()} == {True, False, None}
    assert {(row[2] or 0) > 0 for row in expected.values()} == {True, False}
    assert any((row[2] or 0) < 0 for row in expected.values())


def test_hours_to_the_reply_to_a_review(sample_brand, service):
    raw = service.raw
    expected = {}
    for row in raw.latest("reviews", "review_id", "shop_id", "order_id"):
        written, replied = (raw.instant(row, name) for name in ("created_at", "replied_at"))
        names = (row[name] or "" for name in ("platform", "shop_id", "review_id", "order_id"))
        expected[md5(*names),] = (hours(written, replied),)
    actual = keyed(sample_brand.query("select review_key, reply_hours from subject.fct_reviews"), 1)
    assert actual == expected
    assert {row[0] is None for row in expected.values()} == {True, False}


def test_messages_and_satisfaction_of_a_ticket(sample_brand, service):
    expected = {
        (ticket_id,): (
            *(
                sum(row["sender"] == sender for row in service.messages[ticket_id])
                for sender in SENDERS
            ),
            ticket["csat"],
            ticket["reopened"],
        )
        for ticket_id, ticket in service.tickets.items()
    }
    actual = keyed(
        sample_brand.query(
            "select ticket_id, customer_message_count, bot_message_count, agent_message_count,"
            " csat_score, is_reopened from subject.fct_tickets"
        ),
        1,
    )
    assert actual == expected
    assert {row[3] for row in expected.values()} == {None, 1, 2, 3, 4, 5}
    assert {row[4] for row in expected.values()} == {True, False}


def test_waits_for_the_bot_and_for_later_replies(sample_brand, service):
    expected = {}
    for ticket_id, ticket in service.tickets.items():
        opened, rows = ticket["opened"], service.messages[ticket_id]
        bot = [r["sent"] for r in rows if r["sender"] == "bot" and r["sent"] >= opened]
        later = [row for row in rows if row["kind"] == "next"]
        expected[ticket_id,] = (
            minutes((min(bot) - opened).total_seconds()) if bot else None,
            middle(statistics.median, [row["minutes"] for row in later]),
            middle(statistics.mean, [row["shift"] for row in later]),
            max((row["shift"] for row in later), default=None),
        )
    actual = keyed(
        sample_brand.query(
            "select ticket_id, first_bot_reply_minutes, median_next_reply_minutes,"
            " average_next_reply_shift_minutes, longest_next_reply_shift_minutes"
            " from subject.fct_tickets"
        ),
        1,
    )
    assert actual == expected
    assert {row[0] is None for row in expected.values()} == {True, False}
    assert any(row[2] is not None and row[2] < row[3] for row in expected.values())
    assert any(row[3] is not None and row[3] < row[1] for row in expected.values())


def test_the_promised_times_of_a_ticket(sample_brand, service):
    expected = {}
    for ticket_id, ticket in service.tickets.items():
        promised = target(ticket)
        expected[ticket_id,] = (
            int(promised["first_reply_minutes"]),
            int(promised["next_reply_minutes"]),
            int(promised["resolution_minutes"]),
            promised["clock"],
        )
    actual = keyed(
        sample_brand.query(
            "select ticket_id, first_reply_target_minutes, next_reply_target_minutes,"
            " resolution_target_minutes, target_clock from subject.fct_tickets"
        ),
        1,
    )
    assert actual == expected
    assert len(set(expected.values())) == 5, "each row of the promises is somebody's"
