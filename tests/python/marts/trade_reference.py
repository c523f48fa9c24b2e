"""Statements, fees, costs and spells from raw rows in plain Python, written from the rules."""

from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal
from typing import Any
from zoneinfo import ZoneInfo

from money_reference import Line, Order
from test_marts_recomputed import (
    RawBrand,
    Recomputed,
    Row,
    by_order,
    versions_by,
)

HOME = ZoneInfo("Asia/Shanghai")
# Platforms with shared accounts have no shop in points and levels.
SHARED = {"tmall", "taobao", "jd", "pinduoduo", "douyin", "amazon"}
COMMISSION = {
    "tmall": "0.05", "taobao": "0.006", "jd": "0.08", "pinduoduo": "0.006", "douyin": "0.05",
    "amazon": "0.15", "shopify": "0", "offline": "0",
}  # fmt: skip
KINDS = (
    "payout", "refund", "subsidy", "commission", "service_fee", "payment_fee",
    "freight_insurance", "other",
)  # fmt: skip
TAKEN = {"refund", "commission", "service_fee", "payment_fee", "freight_insurance"}
CENT, DIGIT = Decimal("0.01"), Decimal("0.0001")
Spell = tuple[Any, datetime | date, datetime | date | None]


def half_up(amount: Decimal, unit: Decimal) -> Decimal:
    return amount.quantize(unit, ROUND_HALF_UP)


def naive(instant: datetime | None) -> datetime | None:
    """An instant as the marts write it."""
    return instant and instant.astimezone(UTC).replace(tzinfo=None)


def left(order: Order) -> int:
    return sum(line.paid - line.refunded_cash for line in order.lines)


def zone_of(platform: str) -> ZoneInfo:
    return ZoneInfo(
        {"shopify": "America/New_York", "amazon": "America/Los_Angeles"}.get(
            platform, "Asia/Shanghai"
        )
    )


def written_at(row: Row, name: str, zone: ZoneInfo) -> datetime:
    """The instant of a wall clock without a shop of its own."""
    wall, offset = row[name], row[f"{name}_offset_minutes"]
    if offset is not None:
        return wall - timedelta(minutes=offset)
    return naive(wall.replace(tzinfo=zone))


def spells(told: Iterable[tuple[datetime | date, Any]]) -> list[Spell]:
    """Values in order (None: deleted) as spells; the last one at an instant counts."""
    said: dict[Any, Any] = dict(told)
    found: list[list[Any]] = []
    for moment in sorted(said):
        value = said[moment]
        if found and found[-1][2] is None:
            if found[-1][0] == value:
                continue
            found[-1][2] = moment
        if value is not None:
            found.append([value, moment, None])
    return [(value, since, until) for value, since, until in found]


def cost_spells(raw: RawBrand) -> dict[str, list[Spell]]:
    """What a piece of each SKU cost, from day to day."""
    return {
        versions[0]["sku_id"]: spells(
            (
                written_at(row, "updated_at", HOME).replace(tzinfo=UTC).astimezone(HOME).date(),
                None if row["is_deleted"] else row["unit_cost"],
            )
            for row in versions
        )
        for versions in versions_by(raw.rows("products"), ("sku_id",))
    }


def cost_on(known: list[Spell], day: date) -> Decimal | None:
    """The cost of a day; before the first, the first."""
    if known and day < known[0][1]:
        return known[0][0]
    return next((c for c, since, until in known if since <= day < (until or date.max)), None)


class Money:
    """The brand's statements, fees and costs by order."""

    def __init__(self, brand: Any) -> None:
        self.base = Recomputed(RawBrand(brand.working_query))
        self.raw = self.base.raw
        self.settlements = by_order(self.raw.latest("settlements", "settlement_id"))
        self.refunds = by_order(self.base.refund_rows)
        self.costs = cost_spells(self.raw)
        self.rates = [
            (start, end, float(rate))
            for start, end, rate in brand.working_query(
                "select valid_from_date, valid_to_date, rate from reference.fx_rates"
                " where currency_code = 'USD' and to_currency_code = 'CNY'"
            )
        ]

    def day_of(self, key: tuple) -> date:
        row = self.base.order_rows[key]
        return self.base.purchase_dates[key] or self.raw.day(
            row, self.raw.instant(row, "created_at")
        )

    def unit_cost(self, sku: str, day: date) -> Decimal | None:
        """What a piece cost on a day."""
        return cost_on(self.costs.get(sku, []), day)

    def home_rate(self, key: tuple) -> float:
        """The value of a unit of the default currency in the order's currency."""
        if self.base.currency(self.base.order_rows[key]) == "CNY":
            return 1.0
        day = self.day_of(key)
        return 1.0 / next(rate for start, end, rate in self.rates if start <= day <= end)

    def sums(self, key: tuple) -> dict[str, Decimal] | None:
        lines = self.settlements[key]
        if not lines:
            return None
        found = dict.fromkeys(KINDS, Decimal(0))
        for line in lines:
            kind = line["kind"] if line["kind"] in KINDS else "other"
            found[kind] += -line["amount"] if kind in TAKEN else line["amount"]
        return found

    def has(self, key: tuple, kind: str) -> bool:
        return any(line["kind"] == kind for line in self.settlements[key])

    def rate_commission(self, key: tuple) -> Decimal:
        rate = Decimal(COMMISSION[key[0]])
        return half_up(rate * left(self.base.orders[key]) / 100, DIGIT)

    def succeeded(self, key: tuple) -> list[Row]:
        return [p for p in self.base.payments[key] if p["status"] == "succeeded"]

    def fees(self, key: tuple) -> dict[str, Decimal | None]:
        """The fees of an order: settled ones, else by rate and payments."""
        sums, payments = self.sums(key), self.succeeded(key)
        freights = [
            parcel["freight_cost"]
            for parcel in self.base.shipments[key]
            if parcel["freight_cost"] is not None
        ]
        freight = float(sum(freights)) * self.home_rate(key) if freights else None
        return {
            "freight_cost": None if freight is None else half_up(Decimal(repr(freight)), DIGIT),
            "commission": sums["commission"]
            if sums and self.has(key, "commission")
            else self.rate_commission(key),
            "service_fee": sums and sums["service_fee"] + sums["freight_insurance"],
            "payment_fee": sums["payment_fee"]
            if sums and self.has(key, "payment_fee")
            else (sum(p["fee"] for p in payments) if payments else None),
        }

    def line_cost(self, key: tuple, line: Line, sku: str) -> Decimal | None:
        cost = self.unit_cost(sku, self.day_of(key))
        worth = cost and float(cost * line.quantity) * self.home_rate(key)
        return None if worth is None else half_up(Decimal(repr(float(worth))), DIGIT)
