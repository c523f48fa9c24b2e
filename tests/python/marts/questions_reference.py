"""Sales and refunds of the sample brand, by person, from its raw rows."""

import csv
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from pipeline_brand import PROJECT
from test_marts_recomputed import (
    RawBrand,
    Recomputed,
    cents,
    given_back,
    order_id_of,
    revenue,
)


def seed(name: str) -> list[dict[str, str]]:
    with open(PROJECT / "seeds" / f"{name}.csv", encoding="utf-8", newline="") as source:
        return list(csv.DictReader(source))


def ratio(part: int, whole: int) -> float | None:
    return round(part / whole, 4) if whole else None


class Books:
    """Purchases by person and time, and the value of a cent of each in yuan."""

    def __init__(self, sample_brand) -> None:
        self.raw = RawBrand(sample_brand.working_query)
        self.recomputed = Recomputed(self.raw)
        self.days = {k: day for k, day in self.recomputed.purchase_dates.items() if day}
        self.today = max(self.days.values())
        # Identity is recomputed elsewhere; here it is only looked up.
        self.people = {
            (platform, shop, order): customer or (platform, shop, order)
            for platform, shop, order, customer in sample_brand.query(
                "select o.platform_code, s.shop_id, o.order_id, b.customer_key"
                " from subject.fct_orders as o join subject.dim_shops as s using (shop_key)"
                " left join subject.bridge_account_customer as b using (account_key)"
            )
        }
        self.rates = [
            (date.fromisoformat(r["valid_from_date"]), date.fromisoformat(r["valid_to_date"]), r)
            for r in seed("fx_rates")
            if r["to_currency_code"] == "CNY"
        ]

    def ago(self, days: int) -> date:
        return self.today - timedelta(days=days)

    def yuan(self, amount: int, currency: str, day: date) -> Decimal:
        if currency == "CNY":
            return Decimal(amount) / 100
        return next(
            Decimal(amount) * Decimal(rate["rate"]) / 100
            for first, last, rate in self.rates
            if rate["currency_code"] == currency and first <= day <= last
        )

    def sold(self, key: tuple) -> Decimal:
        order = self.recomputed.orders[key]
        currency = self.recomputed.currency(self.recomputed.order_rows[key])
        return self.yuan(revenue(order), currency, self.days[key])

    def gave_back(self, key: tuple) -> Decimal:
        order = self.recomputed.orders[key]
        currency = self.recomputed.currency(self.recomputed.order_rows[key])
        return self.yuan(given_back(order), currency, self.days[key])

    def refunds(self) -> list[tuple[dict[str, Any], date, Decimal]]:
        """Completed refunds: the row, the day it is booked, what the goods were worth in yuan."""
        found = []
        for row in self.recomputed.refund_rows:
            if row["status"] != "completed":
                continue
            key = order_id_of(row)
            order_row = self.recomputed.order_rows.get(key)
            day = self.raw.day(row, self.raw.instant(row, "completed_at"))
            booked = self.recomputed.booked.get(row["refund_id"])
            amount = booked.booked_cash + booked.booked_settled if booked else cents(row["amount"])
            currency = self.recomputed.currency(order_row or row | {"currency": None})
            found.append((row, day, self.yuan(amount, currency, self.days.get(key, day))))
        return found
