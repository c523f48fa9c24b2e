"""The warehouse system's raw rows, with times by their own clocks, and exact rounding."""

import hashlib
from collections import defaultdict
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from fractions import Fraction
from zoneinfo import ZoneInfo

from test_marts_recomputed import RawBrand, Recomputed
from trade_reference import cost_on, cost_spells

DEFAULT_ZONE = ZoneInfo("Asia/Shanghai")


def rounded(number: Fraction | None, digits: int) -> Decimal | None:
    """Half-up, away from zero."""
    if number is None:
        return None
    units, rest = divmod(abs(number) * 10**digits, 1)
    whole = units + (rest >= Fraction(1, 2))
    return Decimal(int(whole) * (1 if number >= 0 else -1)).scaleb(-digits)


def hours(earlier: datetime | None, later: datetime | None) -> Decimal | None:
    if earlier is None or later is None:
        return None
    return rounded(Fraction(round((later - earlier).total_seconds()), 3600), 2)


def md5(*parts: object) -> str:
    return hashlib.md5(chr(31).join(map(str, parts)).encode()).hexdigest()


def utc(moment: datetime | None) -> datetime | None:
    """What a mart gives, as an instant."""
    return moment and moment.replace(tzinfo=UTC)


class Warehouses:
    """The latest raw rows of the warehouse system, with times by their own clocks."""

    def __init__(self, sample_brand) -> None:
        self.raw = RawBrand(sample_brand.working_query)
        self.recomputed = Recomputed(self.raw)
        self.zones = {
            row["warehouse_id"]: ZoneInfo(row["time_zone"])
            for row in self.raw.latest("warehouses", "warehouse_id")
        }
        self.costs = cost_spells(self.raw)
        self.shipments = {
            row["shipment_id"]: row for row in self.raw.latest("shipments", "shipment_id")
        }
        self.shipment_lines = self.raw.latest("shipment_lines", "shipment_id", "line_no")
        self.purchases = self.raw.latest("purchase_orders", "purchase_order_id", "line_no")
        self.counts = self.raw.latest("stock_counts", "warehouse_id", "sku_id", "counted_on")
        self.movements = defaultdict(list)
        for row in self.raw.latest("stock_movements", "movement_id"):
            row["at"] = self.instant(row, "moved_at")
            row["day"] = self.day(row["warehouse_id"], row["at"])
            self.movements[row["warehouse_id"], row["sku_id"]].append(row)

    def cost_on(self, sku: str, day: date) -> Decimal | None:
        """What a piece cost on a day."""
        return cost_on(self.costs.get(sku, []), day)

    def instant(self, row: dict, name: str) -> datetime | None:
        wall, offset = row[name], row[f"{name}_offset_minutes"]
        if wall is None:
            return None
        if offset is not None:
            return (wall - timedelta(minutes=offset)).replace(tzinfo=UTC)
        zone = self.zones.get(row["warehouse_id"], DEFAULT_ZONE)
        return wall.replace(tzinfo=zone).astimezone(UTC)

    def day(self, warehouse_id: str | None, instant: datetime | None) -> date | None:
        return instant and instant.astimezone(self.zones.get(warehouse_id, DEFAULT_ZONE)).date()
