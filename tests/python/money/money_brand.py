"""A brand of three shops whose files of money are random, written straight into the raw tables.

One shop has an Alipay wallet, one a wallet of its platform and a bank, one statements alone.
"""

import random
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from pathlib import Path

import duckdb
from incremental_warehouse import GrowingWarehouse

from ingest.declarations import load_sources
from ingest.raw_tables import create_raw_tables

SOURCES = "oms,exports"
FIRST_DAY, DAYS = date(2024, 1, 1), 80
# Platforms whose statements are not where refunds are told (seeds/platforms.csv).
SHOPS = {"taobao": "s1", "weixin_shop": "s2", "tiktok_shop": "s3"}
# Platform of the files of money, shop, layout, wallet.
BOOKS = [
    ("alipay", "s1", "alipay_wallet", "alipay"),
    ("weixin_shop", "s2", "weixin_shop_wallet", "weixin_shop"),
    ("weixin_shop", "s2", "bank_account", "bank"),
    ("tiktok_shop", "s3", "tiktok_shop_settlement", None),
]
# Tells days of the wallet better than its other layout does.
BETTER = ("weixin_shop", "s2", "weixin_shop_better", "weixin_shop")
# How a movement is called, its class, and its side; signs are those of the amounts.
NAMES = [
    ("货款", "goods", "goods", 1),
    ("退款", "refund", "refund", -1),
    ("佣金", "commission", "fee", -1),
    ("0030002|基础技术服务费", "service_fee", "fee", -1),
    ("运费险", "insurance", "fee", -1),
    ("平台补贴", "subsidy", "subsidy", 1),
    ("违约金", "penalty", "fee", -1),
    ("万相台充值", "advertising_top_up", "moved", -1),
    ("保证金", "deposit", "moved", -1),
    ("提现", "withdrawal", "withdrawal", -1),
    ("谁也不知道", "unexplained", "unexplained", 1),
]


@dataclass(frozen=True)
class Order:
    """An order and its lines: number → (SKU, cents paid); refunds: (line, cents, day)."""

    platform: str
    order_id: str
    ordered: date
    paid: date | None
    lines: dict[int, tuple[str, int]]
    refunds: tuple[tuple[int, int, date], ...] = ()
    freight: int = 0

    @property
    def payable(self) -> int:
        """What the buyer is to pay, in cents."""
        return self.freight + sum(cents for _, cents in self.lines.values())


@dataclass(frozen=True)
class Movement:
    """A movement of money, in cents."""

    row_id: str
    moved: date
    name: str | None
    cents: int
    order_id: str | None = None
    sku_id: str | None = None
    part_name: str | None = None
    fee_name: str | None = None
    description: str | None = None
    remark: str | None = None
    balance: int | None = None

    @property
    def money_class(self) -> str:
        """Its class, by the list of names; money for goods that goes is a refund."""
        name = "退款" if self.name == "货款" and self.cents < 0 else self.name
        return next(code for one, code, *_ in NAMES if one == name)

    @property
    def cause(self) -> str:
        """What it is in the bridge, by its class."""
        return next(cause for _, code, cause, _ in NAMES if code == self.money_class)


@dataclass(frozen=True)
class MoneyFile:
    """A file of movements of a book of BOOKS, newest first or last."""

    book: tuple[str, str, str, str | None]
    movements: tuple[Movement, ...]
    newest_first: bool = False


@dataclass
class MoneyBrand:
    """A brand's orders and files of money, and the warehouse that they are in."""

    warehouse: GrowingWarehouse
    orders: list[Order] = field(default_factory=list)
    files: list[MoneyFile] = field(default_factory=list)

    def land(self, orders: list[Order], files: list[MoneyFile]) -> None:
        """Land orders as files, and files of money into the raw table."""
        write_orders(self.warehouse.landing / "oms", len(self.orders), orders)
        oms = replace(self.warehouse, sources="oms")
        oms.land()
        with duckdb.connect(str(self.warehouse.working_file)) as con:
            create_raw_tables(con, list(load_sources(["exports"])[0].tables))
            for file in files:
                insert(con, file)
        self.orders += orders
        self.files += files

    def rows(self, query: str) -> list[tuple]:
        """The rows of a query of the working file."""
        with duckdb.connect(str(self.warehouse.working_file), read_only=True) as con:
            return con.execute(query).fetchall()


def create(folder: Path) -> MoneyBrand:
    """A brand without anything in it yet."""
    return MoneyBrand(GrowingWarehouse(folder / "warehouse", SOURCES, folder / "landing"))


def rank(file: MoneyFile) -> int:
    """Of the layouts that tell one account's day, the lowest counts."""
    return 1 if file.book == BETTER else 2 if file.book[3] else 1


def amount(cents: int | None) -> str:
    """Cents as a file has them."""
    return "" if cents is None else f"{Decimal(cents) / 100:.2f}"


def write_orders(folder: Path, number: int, orders: list[Order]) -> None:
    """The orders as plain files of an order system."""
    files = {
        "orders": "platform,shop_id,order_id,account_id,status,created_at,paid_at,freight",
        "order_lines": "platform,shop_id,order_id,line_no,sku_id,quantity,unit_price",
        "refunds": "platform,shop_id,order_id,refund_id,line_no,amount,status,completed_at",
    }
    written = {name: [header] for name, header in files.items()}
    for order in orders:
        key = f"{order.platform},{SHOPS[order.platform]},{order.order_id}"
        paid = f"{order.paid} 12:00:00" if order.paid else ""
        status = "completed" if order.paid else "created"
        written["orders"].append(
            f"{key},a{order.order_id},{status},{order.ordered} 10:00:00,{paid},"
            f"{amount(order.freight)}"
        )
        for line, (sku_id, cents) in order.lines.items():
            written["order_lines"].append(f"{key},{line},{sku_id},1,{amount(cents)}")
        for count, (line, cents, day) in enumerate(order.refunds):
            written["refunds"].append(
                f"{key},{order.order_id}-{count},{line},{amount(cents)},completed,{day} 15:00:00"
            )
    for name, lines in written.items():
        path = folder / f"{name}-{number:05}.csv"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    products = folder / "products.csv"
    if not products.exists():
        skus = "\n".join(f"sku{n},Goods {n},{n}.50" for n in range(1, 5))
        products.write_text(f"sku_id,name,unit_cost\n{skus}\nsku9,Of no known cost,\n")


def insert(con: duckdb.DuckDBPyConnection, file: MoneyFile) -> None:
    """One batch of raw rows, as landing would leave them."""
    (batch,) = con.execute("select coalesce(max(_batch_id), 0) + 1 from raw.load_log").fetchone()
    con.execute(
        "insert into raw.load_log (_batch_id, source, table_name, source_file, status)"
        f" values ({batch}, 'exports', 'money_rows', 'money-{batch}', 'landed')"
    )
    platform, shop_id, layout, wallet = file.book
    rows = file.movements[::-1] if file.newest_first else file.movements
    for number, one in enumerate(rows, 1):
        con.execute(
            "insert into raw.exports_money_rows by name select ? as layout, ? as platform,"
            " ? as account, ? as account_rank,"
            " ? as shop_id, ? as wallet, ? as row_id, ? as part_name, ? as moved_at,"
            " ? as movement_type, ? as fee_name, ? as description, ? as remark, ? as amount,"
            " ? as balance_after, ? as order_id, ? as sku_id,"
            " ? as _batch_id, ? as _loaded_at, ? as _source_file, ? as _source_row",
            [
                *(layout, platform, platform, rank(file)),
                *(shop_id, wallet, one.row_id, one.part_name),
                datetime.combine(one.moved, datetime.min.time()) + timedelta(hours=9),
                *(one.name, one.fee_name, one.description, one.remark, Decimal(one.cents) / 100),
                None if one.balance is None else Decimal(one.balance) / 100,
                *(one.order_id, one.sku_id, batch, datetime(2024, 6, 1), f"money-{batch}", number),
            ],
        )


def random_orders(rng: random.Random, first: int, count: int) -> list[Order]:
    """Orders of all shops; some are never paid, some given back in part or whole."""
    orders = []
    for number in range(first, first + count):
        ordered = FIRST_DAY + timedelta(days=rng.randrange(DAYS - 20))
        paid = ordered + timedelta(days=rng.choice([0, 0, 0, 3])) if rng.random() < 0.9 else None
        lines = {
            line: (rng.choice(["sku1", "sku2", "sku3", "sku4", "sku9"]), rng.randint(1, 9999))
            for line in range(1, rng.randint(1, 3) + 1)
        }
        refunds = []
        if paid and rng.random() < 0.3:
            line = rng.choice(list(lines))
            day = paid + timedelta(days=rng.randrange(1, 40))
            refunds.append((line, rng.choice([lines[line][1], 1 + lines[line][1] // 3]), day))
        orders.append(
            Order(
                rng.choice(list(SHOPS)),
                f"4{number:08}",
                ordered,
                paid,
                lines,
                tuple(refunds),
                rng.choice([0, 0, 500]),
            )
        )
    return orders


def random_files(rng: random.Random, orders: list[Order], count: int) -> Iterator[MoneyFile]:
    """Files of all books with movements of these orders, of unknown ones and of none."""
    for number in range(count):
        book = BOOKS[number % len(BOOKS)]
        shop_orders = [order for order in orders if SHOPS[order.platform] == book[1]]
        balance = rng.randrange(10**6) if book[3] else None
        movements = []
        for row in range(rng.randint(3, 25)):
            order = rng.choice([*rng.sample(shop_orders, 3), None])
            name, _, _, sign = rng.choice(NAMES[:8] * 2 + NAMES)
            cents = sign * rng.randint(0, 5000)
            if name == "货款" and order and rng.random() < 0.7:
                cents = order.payable
            if rng.random() < 0.1:
                cents = -cents
            balance = None if balance is None else balance + cents
            first_day = order.ordered if order else FIRST_DAY
            left = (FIRST_DAY + timedelta(days=DAYS) - first_day).days
            movements.append(
                Movement(
                    f"{number}-{row}-{rng.randrange(10**6)}",
                    first_day + timedelta(days=rng.randrange(left)),
                    name,
                    cents,
                    rng.choice([order.order_id] * 9 + ["unknown"]) if order else None,
                    rng.choice([None, next(iter(order.lines.values()))[0]]) if order else None,
                    balance=balance,
                )
            )
        if balance is not None and rng.random() < 0.2:
            wrong = rng.randrange(len(movements))
            movements[wrong] = replace(movements[wrong], balance=movements[wrong].balance + 1)
        yield MoneyFile(book, tuple(movements), rng.random() < 0.5)
