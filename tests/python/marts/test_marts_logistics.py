"""Parcels, purchases and stock of the sample brand, recomputed from its raw rows in plain Python.

Costs are exact fractions, rounded only where the marts state a rounding.
"""

from collections import Counter, defaultdict
from datetime import date, datetime, timedelta
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise

import pytest
from logistics_reference import Warehouses, hours, md5, rounded, utc
from test_marts_recomputed import order_id_of

KINDS = ("receipt", "sale", "return", "transfer", "adjustment", "damage")
STAGES = {"picked_up": 1, "in_transit": 2, "out_for_delivery": 3}


@pytest.fixture(scope="module")
def warehouses(sample_brand) -> Warehouses:
    return Warehouses(sample_brand)


def reserved_changes(known: Warehouses) -> dict[tuple, Counter]:
    """Warehouse (none: no parcel yet) and SKU → day → change in units paid and not shipped."""
    raw, recomputed = known.raw, known.recomputed
    stocked = {sku for _, sku in known.movements} | {row["sku_id"] for row in known.counts}
    lines = raw.whole_orders()
    packed = defaultdict(list)
    for line in known.shipment_lines:
        shipment = known.shipments.get(line["shipment_id"])
        if shipment and shipment["direction"] == "outbound":
            packed[order_id_of(shipment)].append((shipment, line["sku_id"], line["quantity"]))
    changes: dict[tuple, Counter] = defaultdict(Counter)
    for key, order in recomputed.order_rows.items():
        # Cash on delivery is paid after the parcel left.
        if not recomputed.purchase_dates[key] or order["payment_on_delivery"]:
            continue
        paid = order if order["paid_at"] else recomputed.first_paid[key]
        valid_at = raw.instant(paid, "paid_at")
        ends = order["status"] in ("cancelled", "closed")
        closed_at = raw.instant(order, "closed_at") if ends else None
        waiting = []
        rest = Counter()
        for line in lines.get(key, []):
            rest[line["sku_id"]] += line["quantity"]
        for shipment, sku, quantity in packed[key]:
            rest[sku] -= quantity
            shipped_at = raw.instant(shipment, "shipped_at")
            waiting.append((shipment["warehouse_id"], sku, quantity, shipped_at or closed_at))
        if ends or order["status"] == "paid":
            waiting += [(None, sku, n, closed_at) for sku, n in rest.items() if n > 0]
        for warehouse, sku, quantity, until in waiting:
            if sku not in stocked or (until and until <= valid_at):
                continue
            if until is None and order["status"] not in ("paid", "shipped"):
                continue
            changes[warehouse, sku][known.day(warehouse, valid_at)] += quantity
            if until:
                changes[warehouse, sku][known.day(warehouse, until)] -= quantity
    return changes


def ledger_of(key: tuple, known: Warehouses, waits: Counter) -> dict[date, tuple]:
    """One SKU in one warehouse: day → what the ledger says of it."""
    movements = sorted(
        known.movements.get(key, []),
        key=lambda row: (row["at"], -row["quantity"], md5("wms", row["movement_id"])),
    )
    counted = {
        row["counted_on"]: row["on_hand"]
        for row in known.counts
        if (row["warehouse_id"], row["sku_id"]) == key
    }
    stock = 0
    if counted:
        first = min(counted)
        stock = counted[first] - sum(m["quantity"] for m in movements if m["day"] <= first)
    days = [*([min(counted)] if counted else ()), *(m["day"] for m in movements)]
    cost = known.cost_on(key[1], days[0]) if days else None
    average = Fraction(cost) if cost is not None else None
    value = rounded(stock * average, 4) if average is not None else (None if stock else Decimal(0))
    reserved, rows = 0, {}
    days = {m["day"] for m in movements} | set(counted) | {d for d, n in waits.items() if n}
    for day in sorted(days):
        moved, costs = Counter(), {"in": Decimal(0), "out": Decimal(0), "sold": Decimal(0)}
        opening, opening_value = stock, value
        for movement in (m for m in movements if m["day"] == day):
            quantity, unit_cost = movement["quantity"], movement["unit_cost"]
            worth = average and Fraction(rounded(average, 6))
            brings_cost = movement["kind"] in ("receipt", "transfer") and unit_cost is not None
            if quantity > 0 and brings_cost:
                worth = Fraction(unit_cost)
                average = (
                    worth
                    if stock <= 0 or average is None
                    else (stock * average + quantity * worth) / (stock + quantity)
                )
            stock += quantity
            kind = movement["kind"]
            moved[kind, quantity > 0] += abs(quantity)
            assert worth is not None, "every SKU of the sample brand has a cost"
            change = rounded(quantity * worth, 4)
            costs["in" if quantity > 0 else "out"] += abs(change)
            if kind in ("sale", "return"):
                costs["sold"] -= change
        reserved += waits[day]
        shown = rounded(average, 6)
        if stock == 0:
            value = Decimal(0)
        else:
            value = shown if shown is None else rounded(stock * Fraction(shown), 4)
        rows[day] = (
            opening,
            *(moved[kind, True] - moved[kind, False] for kind in KINDS if kind != "transfer"),
            moved["transfer", True],
            moved["transfer", False],
            stock,
            counted.get(day),
            counted[day] - stock if day in counted else None,
            reserved,
            stock - reserved,
            shown,
            opening_value,
            costs["in"],
            costs["out"],
            None
            if value is None or opening_value is None
            else value - opening_value - costs["in"] + costs["out"],
            value,
            costs["sold"],
        )
    return rows


def test_every_day_of_the_stock_ledger(sample_brand, warehouses):
    waits = reserved_changes(warehouses)
    keys = (
        set(warehouses.movements)
        | {(row["warehouse_id"], row["sku_id"]) for row in warehouses.counts}
        | {key for key, days in waits.items() if any(days.values())}
    )
    expected = {}
    for key in keys:
        rows = ledger_of(key, warehouses, waits.get(key, Counter()))
        days = [*sorted(rows), None]
        for day, following in pairwise(days):
            last = following and following - timedelta(days=1)
            expected[*key, day] = (last, *rows[day])
    actual = {
        row[:3]: row[3:]
        for row in sample_brand.query(
            "select warehouse_id, sku_id, valid_from_date, valid_to_date, opening_quantity,"
            " received_quantity, -sold_quantity, returned_quantity, adjusted_quantity,"
            " -damaged_quantity, transferred_in_quantity, transferred_out_quantity,"
            " closing_quantity, counted_quantity, count_difference, reserved_quantity,"
            " available_to_ship_quantity, average_unit_cost, opening_value_amount,"
            " value_in_amount, value_out_amount, revaluation_amount, closing_value_amount,"
            " cost_of_goods_sold_amount from subject.fct_stock_ledger"
        )
    }
    assert actual == expected
    assert any(row[12] for row in expected.values()), "some count differs"
    assert any(key[0] is None for key in expected), "some units are in no parcel yet"


def test_the_view_of_days_spreads_the_ledger(sample_brand):
    ledger = sample_brand.query(
        "select warehouse_id, sku_id, valid_from_date, valid_to_date, closing_quantity,"
        " available_to_ship_quantity, sold_quantity from subject.fct_stock_ledger"
    )
    last_day = max(row[2] for row in ledger)
    expected = {}
    for warehouse, sku, first, last, closing, available, sold in ledger:
        for number in range(((last or last_day) - first).days + 1):
            day = first + timedelta(days=number)
            expected[warehouse, sku, day] = (closing, available, 0 if number else sold)
    actual = {
        row[:3]: row[3:]
        for row in sample_brand.query(
            "select warehouse_id, sku_id, date_day, closing_quantity,"
            " available_to_ship_quantity, sold_quantity from subject.fct_stock_daily"
        )
    }
    assert actual == expected


def test_stock_moves_with_parcels_and_purchases(warehouses):
    """The sample brand books every movement: nothing differs."""
    sold, shipped, booked, received = Counter(), Counter(), Counter(), Counter()
    for key, movements in warehouses.movements.items():
        for row in movements:
            if row["kind"] == "sale":
                sold[*key] -= row["quantity"]
            if row["reference_kind"] == "purchase_order":
                booked[row["reference_id"], row["sku_id"]] += row["quantity"]
    for line in warehouses.shipment_lines:
        shipment = warehouses.shipments[line["shipment_id"]]
        if shipment["direction"] == "outbound" and shipment["shipped_at"]:
            shipped[shipment["warehouse_id"], line["sku_id"]] += line["quantity"]
    for line in warehouses.purchases:
        if line["received_quantity"]:
            received[line["purchase_order_id"], line["sku_id"]] += line["received_quantity"]
    assert sold == shipped
    assert booked == received
    assert sold
    assert booked


def test_every_scan_of_a_parcel(sample_brand, warehouses):
    raw = warehouses.raw
    parcels = {row["tracking_no"]: row for row in warehouses.shipments.values()}
    ways = defaultdict(list)
    for row in raw.latest("parcel_scans", "tracking_no", "scanned_at", "scan_code"):
        parcel = parcels[row["tracking_no"]]
        row["at"] = raw.instant(row, "scanned_at", raw.shops[parcel["platform"], parcel["shop_id"]])
        ways[parcel["shipment_id"]].append(row)
    expected = {}
    for shipment_id, way in ways.items():
        way.sort(key=lambda row: (row["at"], STAGES.get(row["scan_code"], 4)))
        for number, row in enumerate(way):
            before = way[number - 1] if number else None
            after = way[number + 1] if number + 1 < len(way) else None
            expected[shipment_id, number + 1] = (
                row["scan_code"],
                row["at"],
                before and before["city"],
                row["city"],
                after and after["facility"],
                hours(row["at"], after["at"]) if after else None,
            )
    actual = {
        (row[0], row[1]): (row[2], utc(row[3]), *row[4:])
        for row in sample_brand.query(
            "select s.shipment_id, p.scan_number, p.scan_code, p.scanned_at, p.from_city, p.city,"
            " p.to_facility, p.dwell_hours from subject.fct_parcel_scans as p"
            " join subject.fct_shipments as s using (shipment_key)"
        )
    }
    assert actual == expected


def test_every_parcel_has_its_place_in_the_order(sample_brand, warehouses):
    raw = warehouses.raw
    groups = defaultdict(list)
    for row in warehouses.shipments.values():
        left = raw.instant(row, "shipped_at")
        key = (left is None, left or datetime.min, md5("wms", row["shipment_id"]))
        groups[order_id_of(row), row["direction"]].append((key, row))
    expected = {}
    for parcels in groups.values():
        for number, (_, row) in enumerate(sorted(parcels, key=lambda pair: pair[0]), start=1):
            late = hours(raw.instant(row, "deliver_by_at"), raw.instant(row, "delivered_at"))
            place = (number, len(parcels), row["carrier"], late, row["status"] == "returned")
            expected[row["shipment_id"]] = place
    actual = {
        row[0]: row[1:]
        for row in sample_brand.query(
            "select shipment_id, parcel_number, parcel_count, carrier_code, hours_past_deliver_by,"
            " is_returned from subject.fct_shipments"
        )
    }
    assert actual == expected
    assert {place[:2] for place in expected.values()} >= {(1, 1), (1, 2), (2, 2)}


def test_every_line_that_was_purchased(sample_brand, warehouses):
    leads = {
        row["supplier_id"]: row["lead_days"]
        for row in warehouses.raw.latest("suppliers", "supplier_id")
    }
    expected = {}
    for row in warehouses.purchases:
        status, quantity, received = row["status"], row["quantity"], row["received_quantity"]
        ordered, came = (
            warehouses.day(row["warehouse_id"], warehouses.instant(row, name))
            for name in ("ordered_at", "received_at")
        )
        in_full = received >= quantity
        through = status in ("received", "closed", "cancelled")
        on_time = came <= row["expected_on"] if in_full else None
        if status == "closed":
            on_time = False
        expected[row["purchase_order_id"], row["line_no"]] = (
            status,
            0 if through else quantity - received,
            rounded(Fraction(received, quantity), 6),
            (came - ordered).days if came and through else None,
            leads[row["supplier_id"]],
            on_time,
        )
    actual = {
        row[:2]: row[2:]
        for row in sample_brand.query(
            "select purchase_order_id, line_number, purchase_status, open_quantity, received_rate,"
            " lead_days, supplier_lead_days, is_on_time from subject.fct_purchase_orders"
        )
    }
    assert actual == expected
    assert {row[5] for row in expected.values()} == {True, False, None}


def test_every_step_of_an_order(sample_brand, warehouses):
    raw, recomputed = warehouses.raw, warehouses.recomputed
    reviews, refunds = defaultdict(list), defaultdict(list)
    for row in raw.latest("reviews", "review_id", "shop_id", "order_id"):
        reviews[order_id_of(row)].append(raw.instant(row, "created_at"))
    for row in recomputed.refund_rows:
        if row["status"] == "completed":
            refunds[order_id_of(row)].append(raw.instant(row, "completed_at"))
    expected = {}
    for key, order in recomputed.order_rows.items():
        deposits = [
            raw.instant(payment, "paid_at")
            for payment in recomputed.payments[key]
            if payment["stage"] == "deposit" and payment["status"] == "succeeded"
        ]
        parcels = [p for p in recomputed.shipments[key] if p["direction"] == "outbound"]
        shipped, delivered = (
            [raw.instant(parcel, name) for parcel in parcels]
            for name in ("shipped_at", "delivered_at")
        )
        first_shipped, all_delivered = (
            min(filter(None, shipped), default=None),
            max(delivered) if delivered and all(delivered) else None,
        )
        ordered = raw.instant(order, "created_at")
        expected[key] = (
            min(deposits, default=None),
            first_shipped,
            max(shipped) if shipped and all(shipped) else None,
            min(filter(None, delivered), default=None),
            all_delivered,
            min(reviews[key], default=None),
            min(refunds[key], default=None),
            hours(ordered, min(deposits, default=None)),
            hours(ordered, all_delivered),
            hours(all_delivered, min(reviews[key], default=None)),
        )
    actual = {
        row[:3]: (*map(utc, row[3:10]), *row[10:])
        for row in sample_brand.query(
            "select o.platform_code, s.shop_id, o.order_id, t.deposit_paid_at, t.first_shipped_at,"
            " t.all_shipped_at, t.first_delivered_at, t.all_delivered_at, t.first_reviewed_at,"
            " t.first_refunded_at, t.ordered_to_deposit_hours, t.ordered_to_all_delivered_hours,"
            " t.delivered_to_reviewed_hours from subject.fct_order_timeline as t"
            " join subject.fct_orders as o using (order_key)"
            " join subject.dim_shops as s on o.shop_key = s.shop_key"
        )
    }
    assert actual == expected
    # The sample of these days has no pre-sale: the unit tests have one.
    deposits = {0, 7}
    assert all(any(row[step] for row in expected.values()) for step in {*range(10)} - deposits)
