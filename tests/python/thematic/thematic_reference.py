"""The thematic marts a second way: plain Python over single purchases, a day at a time.

Slow and literal on purpose. Days are `datetime.date`, money `Decimal`; every function takes the
facts and a day, and looks at nothing after that day.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from itertools import pairwise
from statistics import median

DAY = timedelta(days=1)
ZERO = Decimal(0)


@dataclass(frozen=True)
class Limits:
    """Last day of each stage, counted from the purchase."""

    new: int = 30
    active: int = 90
    cooling: int = 180
    dormant: int = 365
    returned: int = 30


@dataclass
class Facts:
    """What customers did, by customer: purchases, refunds, and units by day and category.

    `baskets` are by order: who bought, on which day, which products other than gifts.
    """

    purchases: dict[str, list[tuple[date, Decimal | None]]] = field(default_factory=dict)
    refunds: dict[str, list[tuple[date, Decimal | None]]] = field(default_factory=dict)
    units: dict[str, list[tuple[date, str, int]]] = field(default_factory=dict)
    limits: dict[str, Limits] = field(default_factory=lambda: {"*": Limits()})
    baskets: dict[str, tuple[str, date, set[str]]] = field(default_factory=dict)

    def days(self, customer: str, as_of: date) -> list[date]:
        """Purchase occasions of a customer up to a day, in order."""
        return sorted({day for day, _ in self.purchases.get(customer, []) if day <= as_of})

    def customers(self, as_of: date) -> list[str]:
        """Customers with a purchase occasion up to a day."""
        return [customer for customer in sorted(self.purchases) if self.days(customer, as_of)]


def month_start(day: date) -> date:
    return day.replace(day=1)


def next_month(day: date) -> date:
    return (day.replace(day=1) + 31 * DAY).replace(day=1)


def months_between(first: date, last: date) -> int:
    return (last.year - first.year) * 12 + last.month - first.month


def month_ends(first: date, last: date) -> list[date]:
    """Month-ends from the month of `first` that are not later than `last`."""
    ends = []
    month = month_start(first)
    while (end := next_month(month) - DAY) <= last:
        ends.append(end)
        month = next_month(month)
    return ends


def months_before(day: date, months: int) -> date:
    """The same day so many months earlier, or that month's last day."""
    month = month_start(day)
    for _ in range(months):
        month = month_start(month - DAY)
    return min(month + (day.day - 1) * DAY, next_month(month) - DAY)


def rate(numerator: Decimal | int, denominator: Decimal | int) -> Decimal:
    """A quotient to six places, half-up."""
    quotient = Decimal(numerator) / Decimal(denominator)
    return quotient.quantize(Decimal("0.000001"), rounding=ROUND_HALF_UP)


def total(amounts: Iterable[Decimal | None]) -> Decimal:
    return sum((amount for amount in amounts if amount is not None), ZERO)


def scores(values: dict) -> dict:
    """RFM score of each key by its value, greater is better."""
    if len(set(values.values())) <= 1:
        return dict.fromkeys(values, 3)
    best = max(values.values())
    return {
        key: 5
        if value == best
        else 1 + 5 * sum(other < value for other in values.values()) // len(values)
        for key, value in values.items()
    }


def rfm(facts: Facts, as_of: date, window_months: int | None = None) -> dict[str, tuple]:
    """customer → recency_days, purchase_occasions, net_revenue_amount, the three scores."""
    after = months_before(as_of, window_months) if window_months else date.min
    recency, frequency, money = {}, {}, {}
    for customer in facts.customers(as_of):
        days = [day for day in facts.days(customer, as_of) if day > after]
        if not days:
            continue
        recency[customer] = days[-1]
        frequency[customer] = len(days)
        money[customer] = total(
            amount for day, amount in facts.purchases[customer] if after < day <= as_of
        ) - total(amount for day, amount in facts.refunds.get(customer, []) if after < day <= as_of)
    r, f, m = scores(recency), scores(frequency), scores(money)
    return {
        customer: (
            (as_of - recency[customer]).days,
            frequency[customer],
            money[customer],
            r[customer],
            f[customer],
            m[customer],
        )
        for customer in recency
    }


def rfm_spells(
    facts: Facts, as_of: date, months: int, window_months: int | None = None
) -> list[tuple]:
    """customer, first month-end, last day or None, the three scores; over the last month-ends."""
    ends = month_ends(months_before(month_start(as_of), months), as_of)[-months:]
    spells: dict[str, list[list]] = defaultdict(list)
    for number, end in enumerate(ends):
        for customer, row in rfm(facts, end, window_months).items():
            own = spells[customer]
            if own and own[-1][1] == number - 1 and own[-1][2] == row[3:]:
                own[-1][1] = number
            else:
                own.append([end, number, row[3:]])
    return [
        (customer, first, ends[last + 1] - DAY if last + 1 < len(ends) else None, *cell)
        for customer, own in spells.items()
        for first, last, cell in own
    ]


def cohorts(facts: Facts, as_of: date) -> list[tuple]:
    """cohort_month, months_since_first, size, active, rate, orders, net revenue, complete."""
    members: dict[date, list[str]] = defaultdict(list)
    for customer in facts.customers(as_of):
        members[month_start(facts.days(customer, as_of)[0])].append(customer)
    rows = []
    for cohort, customers in members.items():
        month = cohort
        while month <= as_of:
            last = min(next_month(month) - DAY, as_of)
            bought = [
                (customer, amount)
                for customer in customers
                for day, amount in facts.purchases[customer]
                if month <= day <= last
            ]
            refunded = total(
                amount
                for customer in customers
                for day, amount in facts.refunds.get(customer, [])
                if month <= day <= last
            )
            active = len({customer for customer, _ in bought})
            rows.append(
                (
                    cohort,
                    months_between(cohort, month),
                    len(customers),
                    active,
                    rate(active, len(customers)),
                    len(bought),
                    total(amount for _, amount in bought) - refunded,
                    next_month(month) - DAY <= as_of,
                )
            )
            month = next_month(month)
    return rows


def percentile(values: list[int], share: float) -> float | None:
    """Between two neighbouring values in proportion; None of no values."""
    if not values:
        return None
    ordered = sorted(values)
    position = share * (len(ordered) - 1)
    low = int(position)
    high = min(low + 1, len(ordered) - 1)
    return ordered[low] + (position - low) * (ordered[high] - ordered[low])


def intervals(facts: Facts, as_of: date) -> list[tuple]:
    """purchase_number, customers, repurchased, rate, quartiles of the days to the next."""
    reached: Counter[int] = Counter()
    gaps: dict[int, list[int]] = defaultdict(list)
    for customer in facts.customers(as_of):
        days = facts.days(customer, as_of)
        for index, day in enumerate(days):
            reached[index + 1] += 1
            if index + 1 < len(days):
                gaps[index + 1].append((days[index + 1] - day).days)
    return [
        (
            number,
            count,
            len(gaps[number]),
            rate(len(gaps[number]), count),
            *(percentile(gaps[number], share) for share in (0.25, 0.5, 0.75)),
        )
        for number, count in reached.items()
    ]


def repurchase_rates(facts: Facts, as_of: date, windows: list[int]) -> list[tuple]:
    """window name, buyers, buyers on two days or more, their rate (None without buyers)."""
    rows = []
    for window in (*windows, None):
        counts = [
            sum(
                window is None or (as_of - day).days < window for day in facts.days(customer, as_of)
            )
            for customer in facts.customers(as_of)
        ]
        buyers, repeaters = (sum(count >= least for count in counts) for least in (1, 2))
        name = "ever" if window is None else f"{window} days"
        rows.append((name, buyers, repeaters, rate(repeaters, buyers) if buyers else None))
    return rows


def expectations(facts: Facts, as_of: date) -> list[tuple]:
    """customer, typical interval, basis, expected date, overdue, overdue days."""
    brand = {row[0]: row[5] for row in intervals(facts, as_of)}
    rows = []
    for customer in facts.customers(as_of):
        days = facts.days(customer, as_of)
        gaps = [(later - earlier).days for earlier, later in pairwise(days)]
        typical = float(median(gaps)) if gaps else brand[len(days)]
        if typical is None:
            rows.append((customer, None, None, None, False, None))
            continue
        expected = days[-1] + int(typical + 0.5) * DAY
        late = max((as_of - expected).days, 0)
        rows.append(
            (customer, typical, "own" if gaps else "brand", expected, late > 0, late),
        )
    return rows


def limits_from(facts: Facts, customer: str, day: date) -> tuple[str, Limits]:
    """The limits that a purchase on that day sets, by the units bought up to it."""
    units: Counter[str] = Counter()
    latest: dict[str, date] = {}
    for bought_on, category, quantity in facts.units.get(customer, []):
        if bought_on <= day:
            units[category] += quantity
            latest[category] = max(bought_on, latest.get(category, bought_on))
    ranked = sorted(units, key=lambda name: (-units[name], -latest[name].toordinal(), name))
    category = ranked[0] if ranked and ranked[0] in facts.limits else "*"
    return category, facts.limits[category]


def stages(facts: Facts, customer: str, as_of: date) -> list[tuple[date, str]]:
    """The stage of every single day from the first purchase to the as-of date."""
    purchases = facts.days(customer, as_of)
    result: list[tuple[date, str]] = []
    if not purchases:
        return result
    limits, since, woken = Limits(), 0, False
    day = purchases[0]
    while day <= as_of:
        since += 1
        if day in purchases:
            woken = bool(result) and since > limits.cooling
            since = 0
            limits = limits_from(facts, customer, day)[1]
            first = not result
        if first and since <= limits.new:
            stage = "new"
        elif woken and since <= limits.returned:
            stage = "returned"
        elif since <= limits.active:
            stage = "active"
        elif since <= limits.cooling:
            stage = "cooling"
        elif since <= limits.dormant:
            stage = "dormant"
        else:
            stage = "lost"
        result.append((day, stage))
        day += DAY
    return result


def spells(facts: Facts, as_of: date) -> list[tuple]:
    """customer, stage, first day, last day or None while it lasts."""
    rows = []
    for customer in facts.customers(as_of):
        own: list[list] = []
        for day, stage in stages(facts, customer, as_of):
            if own and own[-1][0] == stage:
                own[-1][2] = day
            else:
                own.append([stage, day, day])
        rows += [(customer, stage, start, end) for stage, start, end in own[:-1]]
        rows.append((customer, own[-1][0], own[-1][1], None))
    return rows


def month_end_stages(facts: Facts, as_of: date) -> dict[date, dict[str, str]]:
    """month-end → customer → stage."""
    result: dict[date, dict[str, str]] = defaultdict(dict)
    for customer in facts.customers(as_of):
        for day, stage in stages(facts, customer, as_of):
            if (day + DAY).day == 1:
                result[day][customer] = stage
    return result


def transitions(facts: Facts, as_of: date) -> list[tuple]:
    """month_end_date, from_stage, to_stage, customers, rate; only moves with customers."""
    standing = month_end_stages(facts, as_of)
    rows = []
    for end in sorted(standing):
        before = standing.get(month_start(end) - DAY, {})
        left = Counter(before.values())
        moves = Counter((before[customer], standing[end][customer]) for customer in before)
        rows += [(end, *move, count, rate(count, left[move[0]])) for move, count in moves.items()]
    return rows


def clv_histories(facts: Facts, as_of: date, held_out_days: int) -> list[tuple]:
    """name, customer, last day, x, t_x, T, valued x, revenue, of repeats, later days, revenue."""
    first = min(facts.days(customer, as_of)[0] for customer in facts.customers(as_of))
    span = (as_of - first).days
    cuts = {"forecast": as_of, "backtest": as_of - min(held_out_days, span // 3) * DAY}
    rows = []
    for name, until in cuts.items():
        # A history of a day or two has nothing to hold out.
        for customer in facts.customers(until) if until < as_of or name == "forecast" else []:
            days = facts.days(customer, until)
            known: dict[date, list[Decimal | None]] = defaultdict(list)
            for day, amount in facts.purchases[customer]:
                known[day].append(amount)
            valued = [day for day in days[1:] if None not in known[day]]
            later = [day for day in facts.days(customer, as_of) if day > until]
            rows.append(
                (
                    name,
                    customer,
                    until,
                    len(days) - 1,
                    (days[-1] - days[0]).days,
                    (until - days[0]).days,
                    len(valued),
                    *(
                        total(amount for day in some for amount in known[day])
                        for some in (days, valued)
                    ),
                    len(later),
                    total(amount for day in later for amount in known[day]),
                )
            )
    return rows
