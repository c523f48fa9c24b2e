"""Subject marts of the sample brand, recomputed from its raw rows by the written rules.

DuckDB only hands over the raw rows here; versions, validity, days and money are plain Python.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable
from datetime import UTC, date, datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal
from itertools import groupby
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from money_reference import FUNDERS, SETTLED, Line, Order, Refund, money, settle

Row = dict[str, Any]
Shop = tuple[str, str | None]


class RawBrand:
    """The latest versions of a brand's raw rows."""

    def __init__(self, query: Callable[[str], list[tuple]]) -> None:
        self._query = query
        self.shops = {(r["platform"], r["shop_id"]): r for r in self.latest("shops", "shop_id")}

    def rows(self, table: str) -> list[Row]:
        """Every version of a table's rows; platforms in lower case."""
        names = [
            name
            for (name,) in self._query(
                "select column_name from duckdb_columns()"
                f" where schema_name = 'raw' and table_name = '{table}' order by column_index"
            )
        ]
        rows = [dict(zip(names, row, strict=True)) for row in self._query(f"from raw.{table}")]
        for row in rows:
            row["platform"] = (row.get("platform") or "").lower()
        return rows

    def latest(self, table: str, *key: str) -> list[Row]:
        """The latest version by key (`shop_id` brings its platform), without the deleted ones."""
        key = ("platform", *key) if "shop_id" in key else key
        return [
            versions[-1]
            for versions in versions_by(self.rows(table), key)
            if not versions[-1]["is_deleted"]
        ]

    def whole_orders(self) -> dict[tuple, list[Row]]:
        """The lines of each order's latest whole version."""
        lines = {}
        for versions in versions_by(self.rows("order_lines"), ("platform", "shop_id", "order_id")):
            sent = [row for row in versions if not row["is_deleted"]]
            if not sent:
                continue
            last = version(sent[-1])[:2]
            deleted = {
                row["line_no"] for row in versions if row["is_deleted"] and version(row)[:2] > last
            }
            lines[order_id_of(sent[-1])] = list(
                {
                    row["line_no"]: row
                    for row in sent
                    if version(row)[:2] == last and row["line_no"] not in deleted
                }.values()
            )
        return lines

    def instant(self, row: Row, name: str, shop: Row | None = None) -> datetime | None:
        """The UTC instant of a wall clock: by its offset, else by the shop's time zone."""
        wall, offset = row[name], row[f"{name}_offset_minutes"]
        if wall is None:
            return None
        if offset is not None:
            return (wall - timedelta(minutes=offset)).replace(tzinfo=UTC)
        return wall.replace(tzinfo=self.zone(shop or row)).astimezone(UTC)

    def zone(self, row: Row) -> ZoneInfo:
        """The time zone of the row's shop."""
        return ZoneInfo(self.shops[shop_of(row)]["time_zone"])

    def day(self, row: Row, instant: datetime | None) -> date | None:
        """The business day of an instant at the row's shop."""
        return instant and instant.astimezone(self.zone(row)).date()


def version(row: Row) -> tuple:
    """The sort key of a row's versions: time of writing, then batch, then row."""
    written = row["updated_at"]
    if written is not None:
        written -= timedelta(minutes=row["updated_at_offset_minutes"] or 0)
    return (written or datetime.min, row["_batch_id"], row["_source_row"])


def versions_by(rows: Iterable[Row], key: tuple[str, ...]) -> Iterable[list[Row]]:
    """The versions of each key, the latest last."""

    def key_of(row: Row) -> tuple:
        return tuple(row[name] or "" for name in key)

    for _, versions in groupby(sorted(rows, key=key_of), key_of):
        yield sorted(versions, key=version)


def shop_of(row: Row) -> Shop:
    return row["platform"], row["shop_id"]


def order_id_of(row: Row) -> tuple:
    return row["platform"], row["shop_id"], row["order_id"]


def cents(amount: Decimal | None) -> int:
    whole = (amount or Decimal(0)) * 100
    assert whole == int(whole), "the sample brand's amounts are whole cents"
    return int(whole)


class Recomputed:
    """Every order of the brand with its purchase date, its lines and its refunds."""

    def __init__(self, raw: RawBrand) -> None:
        self.raw = raw
        self.payments = by_order(raw.latest("payments", "payment_id"))
        self.shipments = by_order(raw.latest("shipments", "shipment_id"))
        self.refund_rows = raw.latest("refunds", "refund_id")
        refunds = by_order(self.refund_rows)
        lines = raw.whole_orders()
        self.first_paid = {
            order_id_of(versions[-1]): next((row for row in versions if row["paid_at"]), None)
            for versions in versions_by(raw.rows("orders"), ("platform", "shop_id", "order_id"))
        }
        self.order_rows = {
            order_id_of(row): row for row in raw.latest("orders", "shop_id", "order_id")
        }
        self.purchase_dates = {
            key: self._purchase_date(row, key) for key, row in self.order_rows.items()
        }
        self.orders = {
            key: self._settled(row, lines.get(key, []), refunds[key])
            for key, row in self.order_rows.items()
        }
        self.booked = {
            refund.refund_id: refund for order in self.orders.values() for refund in order.refunds
        }

    def _purchase_date(self, row: Row, key: tuple) -> date | None:
        raw = self.raw
        if row["is_test"]:
            return None
        paid = row if row["paid_at"] else self.first_paid[key]
        paid_at = paid and raw.instant(paid, "paid_at")
        if row["payment_on_delivery"]:
            parcels = [p for p in self.shipments[key] if p["direction"] == "outbound"]
            delivered = [raw.instant(parcel, "delivered_at") for parcel in parcels]
            if parcels and all(delivered):
                return raw.day(row, max(delivered))
            if row["status"] in ("delivered", "completed"):
                return raw.day(row, paid_at or raw.instant(row, "closed_at"))
            return None
        stages = [p["stage"] for p in self.payments[key] if p["status"] == "succeeded"]
        if row["status"] in ("created", "deposit_paid") or set(stages) == {"deposit"}:
            return None
        return raw.day(row, paid_at)

    def _settled(self, row: Row, lines: list[Row], refunds: list[Row]) -> Order:
        completed = sorted(
            (refund for refund in refunds if refund["status"] == "completed"),
            key=lambda refund: self.raw.instant(refund, "completed_at"),
        )
        order = Order(
            row["order_id"],
            row["platform"],
            self.purchase_dates[order_id_of(row)] is not None,
            [
                Line(
                    line["line_no"],
                    line["quantity"],
                    cents(line["unit_price"]),
                    cents(line["line_discount"]),
                )
                for line in sorted(lines, key=lambda line: line["line_no"])
            ],
            {funder: cents(row[f"{funder}_discount"]) for funder in FUNDERS},
            cents(row["freight"]),
            cents(row["tax"]),
            [
                Refund(
                    refund["refund_id"],
                    refund["line_no"],
                    cents(refund["amount"]),
                    refund["quantity"],
                    refund["kind"],
                    refund["status"],
                    refund["tax_amount"] and cents(refund["tax_amount"]),
                )
                for refund in completed
            ],
        )
        settle(order)
        return order

    def currency(self, row: Row) -> str:
        return row["currency"] or self.raw.shops[shop_of(row)]["currency"]


def by_order(rows: Iterable[Row]) -> dict[tuple, list[Row]]:
    orders = defaultdict(list)
    for row in rows:
        orders[order_id_of(row)].append(row)
    return orders


def paid(order: Order) -> int:
    return sum(line.paid for line in order.lines)


def revenue(order: Order) -> int:
    return sum(line.paid + line.settled(order.platform) for line in order.lines)


def given_back(order: Order) -> int:
    return sum(line.refunded_cash + line.refunded_settled for line in order.lines)


@pytest.fixture(scope="module")
def recomputed(sample_brand) -> Recomputed:
    return Recomputed(RawBrand(sample_brand.working_query))


def test_every_order(sample_brand, recomputed):
    expected = {
        key: (
            recomputed.purchase_dates[key] is not None,
            recomputed.purchase_dates[key],
            len(order.lines),
            *(
                money(amount(order)) if order.lines else None
                for amount in (paid, revenue, given_back)
            ),
        )
        for key, order in recomputed.orders.items()
    }
    actual = {
        row[:3]: row[3:]
        for row in sample_brand.query(
            "select o.platform_code, s.shop_id, o.order_id, o.is_valid, o.purchase_date,"
            " o.line_count, o.paid_amount, o.revenue_amount, o.refund_amount"
            " from subject.fct_orders as o join subject.dim_shops as s using (shop_key)"
        )
    }
    assert actual == expected
    assert any(day is None for day in recomputed.purchase_dates.values())


def test_every_shop_and_day(sample_brand, recomputed):
    raw = recomputed.raw
    orders, placed, sold, refunds, back = (defaultdict(int) for _ in range(5))
    for key, order in recomputed.orders.items():
        row, day = recomputed.order_rows[key], recomputed.purchase_dates[key]
        cell = (*shop_of(row), recomputed.currency(row))
        if not row["is_test"]:
            placed[*cell, raw.day(row, raw.instant(row, "created_at"))] += 1
        if day:
            orders[*cell, day] += 1
            sold[*cell, day] += revenue(order)
    for row in recomputed.refund_rows:
        if row["status"] != "completed":
            continue
        order_row = recomputed.order_rows.get(order_id_of(row))
        currency = recomputed.currency(order_row or row | {"currency": None})
        cell = (*shop_of(row), currency, raw.day(row, raw.instant(row, "completed_at")))
        refunds[cell] += 1
        booked = recomputed.booked.get(row["refund_id"])
        back[cell] += booked.booked_cash + booked.booked_settled if booked else cents(row["amount"])
    actual = {
        row[:4]: row[4:]
        for row in sample_brand.query(
            "select s.platform_code, s.shop_id, d.currency_code, d.date_day, d.order_count,"
            " d.placed_order_count, d.refund_count, d.revenue_amount, d.refund_amount"
            " from subject.fct_sales_daily as d join subject.dim_shops as s using (shop_key)"
        )
    }
    events = {*orders, *placed, *refunds}
    last_day = max(cell[3] for cell in events)
    firsts: dict[tuple, date] = {}
    for *shop, day in events:
        firsts[*shop] = min(day, firsts.get(tuple(shop), day))
    expected = {
        cell: (
            orders[cell],
            placed[cell],
            refunds[cell],
            money(sold[cell]),
            money(back[cell]),
        )
        for shop, first in firsts.items()
        for cell in ((*shop, first + timedelta(days=n)) for n in range((last_day - first).days + 1))
    }
    assert actual == expected
    assert sum(back.values()) > 0


def test_every_parcel(sample_brand, recomputed):
    raw = recomputed.raw

    def later(actual: Any, promised: Any) -> bool | None:
        return None if actual is None or promised is None else actual > promised

    expected = {}
    for parcels in recomputed.shipments.values():
        for row in parcels:
            shipped, ship_by, delivered, deliver_by = (
                raw.instant(row, name)
                for name in ("shipped_at", "ship_by_at", "delivered_at", "deliver_by_at")
            )
            expected[row["shipment_id"]] = (
                later(shipped, ship_by),
                later(delivered, deliver_by),
                later(raw.day(row, delivered), raw.day(row, deliver_by)),
            )
    actual = {
        row[0]: row[1:]
        for row in sample_brand.query(
            "select shipment_id, is_shipped_late, is_delivered_late, is_delivered_late_by_date"
            " from subject.fct_shipments"
        )
    }
    assert actual == expected
    assert {verdict[1] for verdict in expected.values()} == {True, False, None}


def test_every_first_reply(sample_brand, recomputed):
    raw = recomputed.raw
    messages = defaultdict(list)
    for message in raw.latest("ticket_messages", "message_id"):
        messages[message["ticket_id"]].append(message)
    expected = {}
    for ticket in raw.latest("tickets", "ticket_id"):
        opened = raw.instant(ticket, "opened_at")
        replies = [
            seconds
            for message in messages[ticket["ticket_id"]]
            if message["sender"] == "agent"
            and (seconds := (raw.instant(message, "sent_at", ticket) - opened).total_seconds()) >= 0
        ]
        expected[ticket["ticket_id"]] = (
            (Decimal(int(min(replies))) / 60).quantize(Decimal("0.01"), ROUND_HALF_UP)
            if replies
            else None
        )
    actual = dict(
        sample_brand.query("select ticket_id, first_reply_minutes from subject.fct_tickets")
    )
    assert actual == expected
    assert None in expected.values()


def test_settled_discounts_follow_the_seed(sample_brand):
    """The recomputation's own table of settled discounts, against the seed."""
    actual = {
        platform: {funder for funder, settles in zip(FUNDERS[1:], settled, strict=True) if settles}
        for platform, *settled in sample_brand.query(
            "select platform_code, settles_platform_discount, settles_partner_discount,"
            " settles_points_discount from subject.dim_platforms"
        )
    }
    assert {platform: actual[platform] for platform in SETTLED} == SETTLED
