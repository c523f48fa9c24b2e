"""Money of an order by exact fractions: spreading, refunds, revenue. Written from the rules."""

from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction

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
    """A line of an order: amounts in cents."""

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
    def paid(self) -> int:
        own = min(self.discount, self.gross)
        return self.gross - own - sum(self.shares.get(funder, 0) for funder in FUNDERS)

    def settled(self, platform: str) -> int:
        return sum(self.shares.get(funder, 0) for funder in SETTLED[platform])


@dataclass
class Refund:
    """A refund in cents; `line` is None for the whole order."""

    refund_id: str
    line: int | None
    cash: int
    quantity: int | None
    kind: str
    status: str
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


def spread(amount: int, weights: list[int], capped: bool) -> list[int]:
    """Shares of the amount by the largest remainder; ties: larger weight, then earlier line."""
    if not capped and not any(weights):
        weights = [1] * len(weights)
    total = sum(weights)
    if total == 0:
        return [0] * len(weights)
    amount = min(amount, total) if capped else amount
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
    # A line that the order no longer has: the refund is the order's.
    named = refund.line if refund.line in [line.number for line in lines] else None
    left = [line.paid - line.refunded_cash for line in lines]
    weights = [
        rest if named in (None, line.number) else 0 for rest, line in zip(left, lines, strict=True)
    ]
    cash = spread(min(refund.cash, sum(weights)), weights, capped=True)
    nothing_left = sum(left) == sum(cash)
    for line, share in zip(lines, cash, strict=True):
        line.refunded_cash += share
        refund.booked_cash += share
        if refund.kind != "exchange":
            if named == line.number:
                line.refunded_pieces += refund.quantity or line.quantity
            elif named is None and nothing_left:
                line.refunded_pieces += line.quantity
        settled = line.settled(order.platform)
        if line.paid > 0:
            back = settled * line.refunded_cash // line.paid
        else:
            back = settled * min(line.refunded_pieces, line.quantity) // line.quantity
        refund.booked_settled += back - line.refunded_settled
        line.refunded_settled = back


def money(cents: int) -> Decimal:
    """Cents as the marts write money."""
    return (Decimal(cents) / 100).quantize(Decimal("0.0001"))
