"""Coupons, messages and experiments of the sample brand, recomputed from its raw rows.

DuckDB only hands over the raw rows here; versions, instants, windows and sums are plain Python.
"""

import hashlib
from collections import defaultdict
from datetime import UTC, date, datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal

import pytest
from test_marts_recomputed import (
    RawBrand,
    Recomputed,
    Row,
    given_back,
    money,
    paid,
    revenue,
)
from trade_reference import HOME, SHARED, written_at, zone_of

WINDOW = timedelta(days=7)
Account = tuple[str, str | None, str]


def account_of(row: Row) -> Account | None:
    """Whom an account id names: shops of a platform may share their accounts."""
    if row["account_id"] is None:
        return None
    shop = None if row["platform"] in SHARED else row["shop_id"]
    return row["platform"], shop, row["account_id"]


def key_of(account: Account | None) -> str | None:
    """The warehouse's key of an account."""
    if account is None:
        return None
    return hashlib.md5("\x1f".join(part or "" for part in account).encode()).hexdigest()


def at(row: Row, name: str) -> datetime | None:
    """The UTC instant of a wall clock of the row's platform."""
    return written_at(row, name, zone_of(row["platform"])) if row[name] else None


def day(row: Row, instant: datetime | None) -> date | None:
    """The day of a UTC instant on the row's platform."""
    zone = zone_of(row["platform"])
    return instant and instant.replace(tzinfo=UTC).astimezone(zone).date()


def hours(earlier: datetime, later: datetime | None) -> Decimal | None:
    if later is None:
        return None
    seconds = Decimal(int((later - earlier).total_seconds()))
    return (seconds / 3600).quantize(Decimal("0.01"), ROUND_HALF_UP)


class Buying:
    """The brand's purchases by account, in the order in which they became valid."""

    def __init__(self, brand) -> None:
        self.raw = RawBrand(brand.working_query)
        self.base = Recomputed(self.raw)
        self.purchases = defaultdict(list)
        for key, row in self.base.order_rows.items():
            instant = self._valid_at(row, key)
            assert day(row, instant) == self.base.purchase_dates[key]
            if instant:
                self.purchases[account_of(row)].append((instant, self.order_key(key), key))
        for bought in self.purchases.values():
            bought.sort()

    @staticmethod
    def order_key(key: tuple) -> str:
        return hashlib.md5("\x1f".join(part or "" for part in key).encode()).hexdigest()

    def _valid_at(self, row: Row, key: tuple) -> datetime | None:
        if self.base.purchase_dates[key] is None:
            return None
        told = row if row["paid_at"] else self.base.first_paid[key]
        if row["payment_on_delivery"]:
            parcels = [p for p in self.base.shipments[key] if p["direction"] == "outbound"]
            arrivals = [at(parcel, "delivered_at") for parcel in parcels]
            if arrivals and all(arrivals):
                return max(arrivals)
            return (told and at(told, "paid_at")) or at(row, "closed_at")
        return at(told, "paid_at")

    def between(self, account: Account | None, since: datetime, until: datetime | None) -> list:
        return [
            bought
            for bought in self.purchases.get(account, [])
            if bought[0] >= since and (until is None or bought[0] < until)
        ]


@pytest.fixture(scope="module")
def buying(sample_brand) -> Buying:
    return Buying(sample_brand)


def test_every_coupon(sample_brand, buying):
    raw, base = buying.raw, buying.base
    [(as_of,)] = sample_brand.query("select as_of_date from subject.dim_as_of_date")
    lines = raw.whole_orders()
    expected = {}
    for row in raw.latest("coupons", "coupon_id", "shop_id", "account_id"):
        issued, expires, used = (at(row, name) for name in ("issued_at", "expires_at", "used_at"))
        key = (row["platform"], row["shop_id"], row["used_order_id"])
        order, taken = base.orders.get(key), used is not None or key[2] is not None
        goods = order and sum(
            line["quantity"] * line["unit_price"] - line["line_discount"] for line in lines[key]
        )
        expected[row["coupon_id"]] = (
            key_of(account_of(row)),
            row["face_value"],
            day(row, issued),
            taken,
            not taken and expires is not None and day(row, expires) < as_of,
            used > expires if used and expires else None,
            (day(row, used) - day(row, issued)).days if used else None,
            buying.order_key(key) if order else None,
            goods,
            order and money(paid(order)),
            order and money(revenue(order)),
            order and money(revenue(order) - given_back(order)),
            goods >= row["threshold"] if order else None,
        )
    actual = {
        row[0]: row[1:]
        for row in sample_brand.query(
            "select coupon_id, account_key, face_value_amount, issued_date, is_used, is_expired,"
            " is_used_after_expiry, days_to_use, order_key, order_goods_amount, order_paid_amount,"
            " order_revenue_amount, order_net_revenue_amount, is_threshold_met"
            " from subject.fct_coupons"
        )
    }
    assert actual == expected
    states = {(row[3], row[4]) for row in expected.values()}
    assert states == {(True, False), (False, True), (False, False)}


def test_every_message(sample_brand, buying):
    expected = {}
    for row in buying.raw.latest("outreach", "message_id"):
        account = account_of(row)
        sent, opened, clicked = (at(row, name) for name in ("sent_at", "opened_at", "clicked_at"))
        followed = buying.between(account, sent, sent + WINDOW)
        purchased, order_key, _ = followed[0] if followed else (None, None, None)
        expected[row["message_id"]] = (
            key_of(account),
            day(row, sent),
            row["sent_at"].hour,
            True if opened or clicked else row["delivered"],
            bool(opened or clicked),
            clicked is not None,
            hours(sent, opened),
            hours(sent, clicked),
            order_key,
            purchased,
            hours(sent, purchased),
        )
    actual = {
        row[0]: row[1:]
        for row in sample_brand.query(
            "select message_id, account_key, sent_date, sent_hour, is_delivered, is_opened,"
            " is_clicked, hours_to_open, hours_to_click, order_key, purchased_at,"
            " hours_to_purchase from subject.fct_outreach"
        )
    }
    assert actual == expected
    assert {row[9] is None for row in expected.values()} == {True, False}


def test_every_experiment_and_account(sample_brand, buying):
    raw, base = buying.raw, buying.base
    in_base = dict(
        sample_brand.query("select order_key, revenue_base_amount from subject.fct_orders")
    )
    variants = {
        (r["experiment_id"], r["variant"]): r
        for r in raw.latest("experiments", "experiment_id", "variant")
    }
    spans = {
        experiment: tuple(written_at(row, name, HOME) for name in ("starts_at", "ends_at"))
        for (experiment, _), row in variants.items()
    }
    shown = defaultdict(list)
    for row in raw.latest("assignments", "experiment_id", "shop_id", "account_id", "assigned_at"):
        shown[row["experiment_id"], account_of(row)].append(
            (at(row, "assigned_at"), row["variant"])
        )
    expected = {}
    for (experiment, account), seen in shown.items():
        assigned, variant = min(seen)
        starts, ends = spans[experiment]
        bought = buying.between(account, max(assigned, starts), ends)
        for _, order_key, key in bought:
            if base.currency(base.order_rows[key]) == "CNY":
                assert in_base[order_key] == money(revenue(base.orders[key]))
        expected[experiment, key_of(account)] = (
            variant,
            variants[experiment, variant]["planned_share"],
            assigned,
            len(seen),
            len({name for _, name in seen}) > 1,
            starts <= assigned < ends,
            len(bought),
            bought[0][0] if bought else None,
            sum((in_base[order_key] for _, order_key, _ in bought), Decimal(0)),
        )
    actual = {
        row[:2]: row[2:]
        for row in sample_brand.query(
            "select experiment_id, account_key, variant, planned_share, assigned_at,"
            " assignment_count, is_reassigned, is_assigned_while_running, order_count,"
            " first_purchase_at, revenue_base_amount from subject.fct_experiments"
        )
    }
    assert actual == expected
    assert {row[4] for row in expected.values()} == {True, False}
    assert max(row[6] for row in expected.values()) > 0
