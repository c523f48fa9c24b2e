"""Baskets, and what customers buy after a product, a second way: loops over orders and days."""

from collections import Counter, defaultdict
from datetime import date
from itertools import permutations
from math import exp, log, sqrt
from statistics import median

from thematic_reference import Facts, rate


def hazard(facts: Facts, as_of: date) -> list[tuple]:
    """purchase number, days, at risk, bought again, censored, hazard, survival, its error."""
    waits: dict[int, list[tuple[int, bool]]] = defaultdict(list)
    for customer in facts.customers(as_of):
        days = facts.days(customer, as_of)
        for number, day in enumerate(days, start=1):
            ends = days[number] if number < len(days) else as_of
            waits[number].append(((ends - day).days, number < len(days)))
    rows = []
    for number, watched in waits.items():
        survival, variance = 1.0, 0.0
        for day in sorted({wait for wait, _ in watched}):
            at_risk = sum(wait >= day for wait, _ in watched)
            again = watched.count((day, True))
            survival *= 1 - again / at_risk
            error = None
            if again < at_risk:
                variance += again / at_risk / (at_risk - again)
                error = round(survival * sqrt(variance), 6)
            censored = watched.count((day, False))
            share = rate(again, at_risk)
            rows.append(
                (number, day, at_risk, again, censored, share, round(survival, 6), error),
            )
    return rows


def after_products(facts: Facts, as_of: date) -> list[tuple]:
    """product, customers, returning, bought it again, median days, next product, its customers."""
    bought: dict[str, dict[date, set[str]]] = defaultdict(lambda: defaultdict(set))
    for customer, day, products in facts.baskets.values():
        if day <= as_of:
            bought[customer][day] |= products
    seen: dict[str, list[tuple]] = defaultdict(list)
    for customer, days in bought.items():
        for product in set().union(*days.values()):
            own = sorted(day for day, products in days.items() if product in products)
            later = [day for day in facts.days(customer, as_of) if day > own[0]]
            again = (own[1] - own[0]).days if len(own) > 1 else None
            others = bought[customer].get(min(later), set()) - {product} if later else set()
            seen[product].append((bool(later), again, others))
    rows = []
    for product, firsts in seen.items():
        waits = [again for _, again, _ in firsts if again is not None]
        others = Counter(other for *_, found in firsts for other in found)
        following = min(others, key=lambda other: (-others[other], other), default=None)
        rows.append(
            (
                product,
                len(firsts),
                sum(came_back for came_back, *_ in firsts),
                len(waits),
                float(median(waits)) if waits else None,
                following,
                others[following] if following else 0,
            )
        )
    return rows


def pairs(facts: Facts, as_of: date, least: int) -> list[tuple]:
    """product, other, orders of both, of each, of all, support, confidence, lift, its bound."""
    baskets = [products for _, day, products in facts.baskets.values() if day <= as_of and products]
    single = Counter(product for products in baskets for product in products)
    both = Counter(pair for products in baskets for pair in permutations(products, 2))
    count = len(baskets)
    rows = []
    for (product, other), orders in both.items():
        if orders < max(least, 0.002 * count):
            continue
        error = 1 / orders - 1 / single[product] + 1 / single[other] - 1 / count
        lift = orders * count / (single[product] * single[other])
        rows.append(
            (
                *(product, other, orders, single[product], single[other], count),
                *(rate(orders, count), rate(orders, single[product])),
                *(rate(orders * count, single[product] * single[other]),),
                round(exp(log(lift) - 1.959964 * sqrt(error)), 6),
            )
        )
    return rows
