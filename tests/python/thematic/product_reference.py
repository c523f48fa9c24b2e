"""Products by month, their stages, buyers and feedback, a second way: loops over the rows."""

from collections import Counter, defaultdict
from datetime import date, timedelta
from decimal import Decimal
from functools import partial
from math import exp, sqrt

import thematic_reference

DAYS, LEAST_LINES, CHANGE = 365, 20, Decimal("1.2")
Z = 1.959964


def rate(numerator: Decimal | int, denominator: Decimal | int) -> Decimal | None:
    return thematic_reference.rate(numerator, denominator) if denominator else None


def month_of(day: date) -> date:
    return day.replace(day=1)


def after(month: date, months: int) -> date:
    number = month.year * 12 + month.month - 1 + months
    return date(number // 12, number % 12 + 1, 1)


def bounds(part: int, whole: int, other: int, others: int) -> tuple[float | None, ...]:
    if not whole or not others:
        return None, None
    ratio = (part + 0.5) / (whole + 1) / ((other + 0.5) / (others + 1))
    error = sqrt(1 / (part + 0.5) - 1 / (whole + 1) + 1 / (other + 0.5) - 1 / (others + 1))
    return round(ratio * exp(-Z * error), 6), round(ratio * exp(Z * error), 6)


def is_unusual(count: int, expected: float | None) -> bool:
    return expected is not None and count >= 5 and count > expected + Z * sqrt(expected)


def sold(lines: list[dict], as_of: date) -> list[dict]:
    return [
        line
        for line in lines
        if line["is_valid"]
        and line["product_key"]
        and line["quantity"] > 0
        and not line["is_gift"]
        and line["purchase_date"] <= as_of
    ]


def months(lines: list[dict], reviews: list[dict], tickets: list[dict], as_of: date) -> dict:
    """(product, month) → lines, units, net revenue, refunded, reviews, stars, squares, tickets."""
    found: dict[tuple, list] = {}
    kept = sold(lines, as_of)
    for product in {line["product_key"] for line in kept}:
        first = min(month_of(x["purchase_date"]) for x in kept if x["product_key"] == product)
        month = first
        while month <= as_of:
            own = [
                line
                for line in kept
                if line["product_key"] == product and month_of(line["purchase_date"]) == month
            ]
            stars = [
                review["rating"]
                for review in reviews
                if review["product_key"] == product
                and review["rating"] is not None
                and review["created_date"] <= as_of
                and month_of(review["created_date"]) == month
            ]
            asked = [
                ticket
                for ticket in tickets
                if ticket["product_key"] == product
                and ticket["opened_date"] <= as_of
                and month_of(ticket["opened_date"]) == month
            ]
            found[product, month] = [
                len(own),
                sum(line["quantity"] for line in own),
                sum((line["net_revenue_base_amount"] or 0 for line in own), Decimal(0)),
                sum(line["refund_amount"] > 0 for line in own),
                len(stars),
                sum(stars),
                sum(star * star for star in stars),
                len(asked),
            ]
            month = after(month, 1)
    return found


def summed(
    done: dict, first: date, month: date, back: range, only: str | None, place: int, start: int = 0
) -> int | None:
    """The sum of a figure over earlier months of a product, of it alone or of all products."""
    months = [after(month, -step) for step in back if after(month, -step) >= after(first, start)]
    if not months:
        return None
    return sum(
        row[place]
        for (product, of_month), row in done.items()
        if of_month in months and only in (None, product)
    )


def stages(by_month: dict, launched: dict[str, date], as_of: date) -> dict:
    """(product, month) → stage, reason, lines, earlier lines, bounds, three signs of trouble."""
    done = {key: row for key, row in by_month.items() if after(key[1], 1) <= as_of + timedelta(1)}
    firsts: dict[str, date] = {}
    for product, month in done:
        firsts[product] = min(month, firsts.get(product, month))
    start = min(firsts.values(), default=None)
    found = {}
    for product, month in done:
        over = partial(summed, done, firsts[product], month)
        last, before = range(3), range(3, 6)
        lines, all_lines = over(last, product, 0), over(last, None, 0)
        earlier, all_earlier = over(before, product, 0, 1), over(before, None, 0, 1)
        is_old = firsts[product] == start and launched.get(product, date.min) < start
        low = high = None
        if earlier is not None:
            low, high = bounds(lines, all_lines, earlier, all_earlier)
        if earlier is None:
            stage, reason = (None, "no_history") if is_old else ("introduction", None)
        elif lines + earlier < LEAST_LINES:
            stage, reason = None, "too_few_sales"
        else:
            change = rate(lines * all_earlier, all_lines * earlier)
            stage, reason = "maturity", None
            if low is not None and change is not None:
                if low > 1 and change >= CHANGE:
                    stage = "growth"
                if high < 1 and change <= 1 / float(CHANGE):
                    stage = "decline"
        expected = [lines * over(last, None, n) / all_lines if all_lines else None for n in (3, 7)]
        count, total, squares = (over(last, product, place) for place in (4, 5, 6))
        is_low = False
        if count >= 5:
            mean = over(last, None, 5) / over(last, None, 4)
            spread = (squares - total * total / count) / (count - 1) / count
            is_low = total / count + Z * sqrt(spread) < mean
        troubles = (
            is_unusual(over(last, product, 3), expected[0]),
            is_low,
            is_unusual(over(last, product, 7), expected[1]),
        )
        found[product, month] = (stage, reason, lines, earlier, low, high, *troubles)
    return found


def audience(lines: list[dict], of_order: dict[str, dict], as_of: date) -> dict:
    """(product, dimension, value) → orders, units, share, share of the others, lower bound."""
    since = as_of - timedelta(DAYS)
    units: Counter = Counter()
    for line in sold(lines, as_of):
        if line["purchase_date"] > since:
            units[line["product_key"], line["order_key"]] += line["quantity"]
    orders: Counter = Counter()
    pieces: Counter = Counter()
    for (product, order), quantity in units.items():
        for dimension, value in of_order[order].items():
            orders[product, dimension, value or "unknown"] += 1
            pieces[product, dimension, value or "unknown"] += quantity
    own = Counter(product for product, _ in units)
    found = {}
    for (product, dimension, value), count in orders.items():
        same = sum(n for key, n in orders.items() if key[1:] == (dimension, value)) - count
        others = len(units) - own[product]
        shares = (rate(count, own[product]), rate(same, others))
        low, _ = bounds(count, own[product], same, others)
        found[product, dimension, value] = (count, pieces[product, dimension, value], *shares, low)
    return found


def feedback(lines: list[dict], told: dict[str, list[tuple]], as_of: date) -> dict:
    """(product, kind, value) → count, base, rate of the others, whether it is unusual.

    `told`: kind → (product, value, day, what counts once).
    """
    since = as_of - timedelta(DAYS)
    base = Counter(x["product_key"] for x in sold(lines, as_of) if x["purchase_date"] > since)
    bases = {"rating": Counter(), "refund_reason": base, "ticket_topic": base}
    once: dict[tuple, set] = defaultdict(set)
    for kind, rows in told.items():
        for product, value, day, number in rows:
            if product and since < day <= as_of and not (kind == "rating" and value is None):
                once[product, kind, value or "unknown"].add(number)
                if kind == "rating":
                    bases["rating"][product] += 1
    found = {}
    for (product, kind, value), numbers in once.items():
        count, whole = len(numbers), bases[kind][product]
        other = sum(len(n) for key, n in once.items() if key[1:] == (kind, value)) - count
        others = sum(bases[kind].values()) - whole
        expected = whole * other / others if others else None
        found[product, kind, value] = (
            count,
            whole,
            rate(other, others),
            is_unusual(count, expected),
        )
    return found
