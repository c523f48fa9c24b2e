"""Files, bridge and margin from orders and movements in plain Python, written from the rules."""

from collections import defaultdict
from datetime import date
from fractions import Fraction
from itertools import pairwise

from money_brand import SHOPS, MoneyFile, Movement, Order, rank

Key = tuple[str, date]
Account = tuple[str, str | None]
CAUSES = (
    "not_paid", "not_due", "refunded", "subsidy", "fee", "moved", "other_period", "unmatched",
    "unexplained",
)  # fmt: skip
STEPS = ("ordered", "paid", "settled", "wallet", "bank")
FEE_PLACES = {
    "commission": "commission",
    "service_fee": "service_fee",
    "insurance": "insurance",
    "penalty": "apart",
}


def account(file: MoneyFile) -> Account:
    """Shop and wallet."""
    return file.book[1], file.book[3]


def month(day: date) -> date:
    return day.replace(day=1)


def standing(files: list[MoneyFile]) -> list[tuple[MoneyFile, Movement]]:
    """The movements that count: of one told by several files, that of the last."""
    last = {
        (file.book, one.row_id, one.part_name): (number, one)
        for number, file in enumerate(files)
        for one in file.movements
    }
    return [(files[number], one) for number, one in last.values()]


def counted(files: list[MoneyFile]) -> list[tuple[MoneyFile, Movement]]:
    """Those that no better layout tells of the same wallet.

    It tells the days from the first to the last of each of its files, in the classes that it ever
    has; what nobody knows counts as told.
    """
    found = standing(files)
    spans: dict[tuple[Account, int], list[date]] = defaultdict(list)
    classes: dict[Account, set[str]] = defaultdict(set)
    for file, one in found:
        if rank(file) == 1:
            spans[account(file), files.index(file)].append(one.moved)
            classes[account(file)].add(one.money_class)

    def is_told(file: MoneyFile, one: Movement) -> bool:
        known = classes[account(file)] | {"unexplained"}
        return rank(file) > 1 and any(
            min(days) <= one.moved <= max(days) and one.money_class in known
            for (place, _), days in spans.items()
            if place == account(file)
        )

    return [(file, one) for file, one in found if not is_told(file, one)]


def is_proved(file: MoneyFile) -> bool | None:
    """Whether each balance is the one before and the amount; None: nothing to compare."""
    told = [one for one in file.movements if one.balance is not None]
    if len(told) < 2:
        return None
    return all(before.balance + after.cents == after.balance for before, after in pairwise(told))


class Bridge:
    """Steps and causes of each shop and month, in cents, up to an as-of date."""

    def __init__(self, orders: list[Order], files: list[MoneyFile], as_of: date) -> None:
        self.as_of = as_of
        self.orders = {order.order_id: order for order in orders}
        self.causes: dict[tuple[str, date, str], dict[str, int]] = defaultdict(
            lambda: dict.fromkeys(CAUSES, 0)
        )
        self.amounts: dict[tuple[str, date, str], int] = defaultdict(int)
        told = [(f, one) for f, one in counted(files) if one.moved <= as_of]
        for platform, shop in SHOPS.items():
            of_shop = [(file.book[3], one) for file, one in told if file.book[1] == shop]
            self._shop(shop, platform, of_shop)
        # Shops without a withdrawal tell nothing of the bank.
        self.told_by_bank = {f.book[1] for f, one in told if one.cause == "withdrawal"}

    def is_paid(self, order: Order | None) -> bool:
        return order is not None and order.paid is not None and order.paid <= self.as_of

    def _shop(self, shop: str, platform: str, told: list[tuple[str | None, Movement]]) -> None:
        mine = {k: o for k, o in self.orders.items() if o.platform == platform}
        self._orders(shop, mine)
        # No shop has statements and a wallet: the one stands for the other.
        lines = [one for wallet, one in told if wallet != "bank"]
        settled = [one for one in lines if one.cause not in ("moved", "withdrawal")]
        self._settled(shop, mine, settled)
        for one in settled:
            self.amounts[shop, month(one.moved), "settled"] += one.cents
            self.amounts[shop, month(one.moved), "wallet"] += one.cents
        self._bank(shop, lines, [one for wallet, one in told if wallet == "bank"])

    def _orders(self, shop: str, mine: dict[str, Order]) -> None:
        for order in mine.values():
            if order.ordered > self.as_of:
                continue
            at = month(order.ordered)
            self.amounts[shop, at, "ordered"] += order.payable
            if not self.is_paid(order):
                self.causes[shop, at, "paid"]["not_paid"] -= order.payable
                continue
            self.amounts[shop, month(order.paid), "paid"] += order.payable
            self.causes[shop, at, "paid"]["other_period"] -= order.payable
            self.causes[shop, month(order.paid), "paid"]["other_period"] += order.payable

    def _settled(self, shop: str, mine: dict[str, Order], settled: list[Movement]) -> None:
        goods: dict[str, int] = defaultdict(int)
        taken_back: dict[str, int] = defaultdict(int)
        for one in settled:
            order = mine.get(one.order_id)
            at = self.causes[shop, month(one.moved), "settled"]
            if one.cause == "goods":
                at["other_period" if self.is_paid(order) else "unmatched"] += one.cents
                goods[one.order_id] += one.cents
            else:
                at[{"refund": "refunded"}.get(one.cause, one.cause)] += one.cents
                if one.cause == "refund":
                    taken_back[one.order_id] += one.cents
        for order in mine.values():
            if not self.is_paid(order):
                continue
            at = self.causes[shop, month(order.paid), "settled"]
            got = goods[order.order_id]
            short = order.payable - got
            given_back = sum(cents for _, cents, day in order.refunds if day <= self.as_of)
            before = min(max(short, 0), max(given_back + taken_back[order.order_id], 0))
            at["refunded"] -= before
            at["other_period"] -= got
            at["unexplained" if got else "not_due"] -= short - before

    def _bank(self, shop: str, lines: list[Movement], bank: list[Movement]) -> None:
        for one in lines:
            at = self.causes[shop, month(one.moved), "bank"]
            at["not_due"] -= one.cents
            if one.cause == "withdrawal":
                if not bank:
                    self.amounts[shop, month(one.moved), "bank"] -= one.cents
                else:
                    at["unexplained"] += one.cents
            elif one.cause == "moved":
                at["moved"] += one.cents
        for one in bank:
            if one.cause == "withdrawal":
                self.amounts[shop, month(one.moved), "bank"] += one.cents
                self.causes[shop, month(one.moved), "bank"]["unexplained"] += one.cents


def spread(amount: int, weights: dict[int, int]) -> dict[int, int]:
    """An amount over lines by weight, largest remainders first; by equal weights of nothing."""
    if not sum(weights.values()):
        weights = dict.fromkeys(weights, 1)
    total = sum(weights.values())
    shares = {line: Fraction(amount * weight, total) for line, weight in weights.items()}
    floors = {line: share.numerator // share.denominator for line, share in shares.items()}
    left = amount - sum(floors.values())
    ranked = sorted(weights, key=lambda n: (floors[n] - shares[n], -weights[n], n))
    return {line: floors[line] + (line in ranked[:left]) for line in weights}


def line_fees(
    of_orders: list[Order], files: list[MoneyFile], as_of: date
) -> dict[tuple[str, int, str], int]:
    """Fees of order lines by place, in hundredths of a cent, as positive as they cost."""
    orders = {order.order_id: order for order in of_orders}
    direct: dict[tuple[str, int, str], int] = defaultdict(int)
    whole: dict[tuple[str, str], int] = defaultdict(int)
    for file, one in counted(files):
        order = orders.get(one.order_id)
        place = FEE_PLACES.get(one.money_class)
        is_of_shop = order is not None and SHOPS[order.platform] == file.book[1]
        if place is None or not is_of_shop or file.book[3] == "bank" or one.moved > as_of:
            continue
        if order.paid is None or order.paid > as_of:
            continue
        lines = [line for line, (sku, _) in order.lines.items() if sku == one.sku_id]
        if len(lines) == 1:
            direct[order.order_id, lines[0], place] -= one.cents * 100
        else:
            whole[order.order_id, place] -= one.cents * 100
    for (order_id, place), fee in whole.items():
        weights = {line: cents * 100 for line, (_, cents) in orders[order_id].lines.items()}
        sign = -1 if fee < 0 else 1
        for line, share in spread(abs(fee), weights).items():
            direct[order_id, line, place] += sign * share
    return direct


def margins(
    orders: list[Order], files: list[MoneyFile], as_of: date
) -> dict[tuple[str, str, date], dict[str, int | None]]:
    """Margins by shop, SKU and month of the purchase, in hundredths of a cent.

    Commission without a movement is an estimate of the warehouse, and is left out. Costs are in
    CNY, and Amazon's orders in USD, for which these months have no rate.
    """
    fees = line_fees(orders, files, as_of)
    cells: dict[tuple[str, str, date], dict[str, int | None]] = {}
    for order in orders:
        if order.paid is None or order.paid > as_of:
            continue
        for line, (sku, cents) in order.lines.items():
            cell = cells.setdefault(
                (SHOPS[order.platform], sku, month(order.paid)),
                dict.fromkeys(("revenue", "refund", "since", "insurance", "apart", "cost"), 0),
            )
            cell["revenue"] += cents * 100
            for of_line, back, day in order.refunds:
                if of_line == line and day <= as_of:
                    cell["refund"] += back * 100
                    cell["since"] += back * 100 if month(day) > month(order.paid) else 0
            for place in ("insurance", "apart"):
                cell[place] += fees.get((order.order_id, line, place), 0)
            known = sku != "sku9" and order.platform != "tiktok_shop" and cell["cost"] is not None
            cell["cost"] = cell["cost"] + int(sku[3:]) * 10000 + 5000 if known else None
    return cells
