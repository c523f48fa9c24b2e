"""Money of an order by exact fractions: spreading, refunds, revenue. Written from the rules."""

from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction

DIGITS = {"CNY": 2, "JPY": 0, "IDR": 2, "KWD": 3}
FUNDERS = ("seller", "platform", "partner", "points")
SETTLED = {
    "tmall": {"platform", "partner", "points"},
    "taobao": {"platform", "partner", "points"},
    "jd": {"platform", "points"},
    "pinduoduo": {"platform"},
    "douyin": {"platform", "partner"},
    "amazon": {"platform"},
    "shopify": set(),
    "offline": set(),
}


@dataclass
class Line:
    """A line of an order: amounts in the currency's smallest unit; below zero it is a return."""

    number: int
    quantity: int
    unit_price: int
    discount: int
    shares: dict[str, int] = field(default_factory=dict)
    refunded_cash: int = 0
    refunded_settled: int = 0
    refunded_pieces: int = 0

    @property
    def gross(self) -> int:
        return self.quantity * self.unit_price

    @property
    def own_discount(self) -> int:
        return min(self.discount, max(self.gross, 0))

    @property
    def paid(self) -> int:
        return (
            self.gross - self.own_discount - sum(self.shares.get(funder, 0) for funder in FUNDERS)
        )

    def settled(self, platform: str) -> int:
        return sum(self.shares.get(funder, 0) for funder in SETTLED[platform])


@dataclass
class Refund:
    """A refund in the smallest unit; `line` is None for the whole order.

    `told_tax` is its separate tax; None if it has none.
    """

    refund_id: str
    line: int | None
    cash: int
    quantity: int | None
    kind: str
    status: str
    told_tax: int | None = None
    tax_inside: int = 0
    booked_cash: int = 0
    booked_settled: int = 0


@dataclass
class Order:
    """An order and what belongs to it."""

    order_id: str
    platform: str
    paid: bool
    lines: list[Line]
    discounts: dict[str, int]
    freight: int
    tax: int
    refunds: list[Refund]
    currency: str = "CNY"
    taxed_cash: dict[int | None, int] = field(default_factory=dict)
    taxed: dict[int | None, int] = field(default_factory=dict)


def spread(amount: int, weights: list[int], capped: bool) -> list[int]:
    """Shares of the amount by the largest remainder; ties: larger weight, then earlier line.

    Lines below zero take nothing, and lower what a capped amount may take.
    """
    room = max(sum(weights), 0)
    weights = [max(weight, 0) for weight in weights]
    if not capped and not any(weights):
        weights = [1] * len(weights)
    total = sum(weights)
    if total == 0:
        return [0] * len(weights)
    amount = min(amount, room) if capped else amount
    exact = [Fraction(amount * weight, total) for weight in weights]
    shares = [int(share) for share in exact]
    by_remainder = sorted(range(len(weights)), key=lambda i: (shares[i] - exact[i], -weights[i], i))
    for i in by_remainder[: amount - sum(shares)]:
        shares[i] += 1
    return shares


def settle(order: Order) -> None:
    """Spread the order's amounts over its lines, then book its refunds one after the other."""
    lines = order.lines
    for funder in FUNDERS:
        weights = [line.paid for line in lines]
        for line, share in zip(
            lines, spread(order.discounts[funder], weights, capped=True), strict=True
        ):
            line.shares[funder] = share
    for name, amount in (("freight", order.freight), ("tax", order.tax)):
        weights = [line.paid for line in lines]
        for line, share in zip(lines, spread(amount, weights, capped=False), strict=True):
            line.shares[name] = share
    if order.paid:
        for refund in order.refunds:
            if refund.status == "completed":
                _book(order, refund)


def _book(order: Order, refund: Refund) -> None:
    lines = order.lines
    # A line that the order no longer has: the refund counts for the whole order.
    named = refund.line if refund.line in [line.number for line in lines] else None
    left = [line.paid - line.refunded_cash for line in lines]
    weights = [
        max(rest, 0) if named in (None, line.number) else 0
        for rest, line in zip(left, lines, strict=True)
    ]
    refund.tax_inside = _tax_inside(order, refund, named)
    goods = min(refund.cash - refund.tax_inside, max(sum(left), 0))
    cash = spread(goods, weights, capped=True)
    nothing_left = sum(left) == sum(cash)
    for line, share in zip(lines, cash, strict=True):
        line.refunded_cash += share
        refund.booked_cash += share
    # A line below zero took a part of what the others could give back.
    is_over = sum(left) <= sum(cash) and any(line.refunded_cash for line in lines)
    for line in lines:
        if refund.kind != "exchange":
            if named == line.number:
                line.refunded_pieces += abs(refund.quantity or line.quantity)
            elif named is None and nothing_left:
                line.refunded_pieces += abs(line.quantity)
        settled = line.settled(order.platform)
        if line.paid > 0 and is_over:
            back = settled
        elif line.paid > 0:
            back = settled * line.refunded_cash // line.paid
        elif line.quantity != 0:
            back = settled * min(line.refunded_pieces, abs(line.quantity)) // abs(line.quantity)
        else:
            back = 0
        refund.booked_settled += back - line.refunded_settled
        line.refunded_settled = back


def _tax_inside(order: Order, refund: Refund, named: int | None) -> int:
    """Tax that a refund's cash holds: the order's or the named line's share, counted so far."""
    lines = [line for line in order.lines if named in (None, line.number)]
    paid = sum(line.paid for line in lines)
    # No line exceeds its order's amount, which negative lines reduce.
    goods = max(min(paid, sum(line.paid for line in order.lines)), 0)
    tax = sum(line.shares["tax"] for line in lines)
    is_goods = refund.cash in (paid, goods) or (
        named is not None
        and refund.quantity is not None
        and refund.cash * lines[0].quantity == paid * refund.quantity
    )
    if tax == 0 or is_goods or refund.told_tax is not None:
        return 0
    cash = order.taxed_cash.get(named, 0) + refund.cash
    # Half-up.
    so_far = min((2 * cash * tax + goods + tax) // (2 * (goods + tax)), tax)
    inside = so_far - order.taxed.get(named, 0)
    order.taxed_cash[named], order.taxed[named] = cash, so_far
    return inside


def money(units: int, currency: str = "CNY") -> Decimal:
    """Smallest units of a currency as the marts write money."""
    return (Decimal(units) / 10 ** DIGITS[currency]).quantize(Decimal("0.0001"))
