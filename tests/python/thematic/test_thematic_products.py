"""The marts about products against plain Python, on random histories."""

import random
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from decimal import Decimal

import duckdb
import product_reference as reference
import pyarrow as pa
import pytest
from compiled_marts import compile_marts

MARTS = {"product_months": "product", "lifecycle_products": "lifecycle"}
MARTS |= {"product_audience": "product", "product_feedback": "product"}
FIRST_DAY, LAST_DAY = date(2023, 11, 5), date(2025, 3, 31)
AS_OF_DATES = [LAST_DAY, date(2025, 3, 30), date(2024, 2, 29), date(2023, 12, 1)]
# How often each is bought in the first and in the last month; launched how late.
PRODUCTS = {
    "steady": (60, 60, 0),
    "grower": (5, 60, 0),
    "fading": (60, 2, 0),
    "fresh": (20, 20, 250),
    "rare": (1, 1, 0),
    "late": (9, 9, 490),
}
TYPES = {
    "fct_order_lines": (
        "product_key varchar, order_key varchar, quantity integer, is_gift boolean,"
        " is_valid boolean, purchase_date date, net_revenue_base_amount decimal(18, 4),"
        " refund_amount decimal(18, 4)"
    ),
    "fct_orders": (
        "order_key varchar, purchase_date date, paid_at timestamp, platform_code varchar,"
        " shop_key varchar, account_key varchar, region_key varchar"
    ),
    "fct_reviews": "product_key varchar, rating integer, created_date date",
    "fct_tickets": "product_key varchar, topic varchar, opened_date date",
    "fct_refund_lines": (
        "refund_key varchar, order_line_key varchar, product_key varchar, booked_date date"
    ),
    "fct_refunds": "refund_key varchar, refund_reason varchar",
    "dim_products": "product_key varchar, launched_date date",
    "dim_dates": "date_day date, weekday_name varchar, festival_name varchar",
    "dim_shops": "shop_key varchar, time_zone varchar",
    "bridge_account_customer": "account_key varchar, customer_key varchar",
    "dim_customers": (
        "customer_key varchar, gender varchar, age_band varchar, first_purchase_date date"
    ),
    "dim_as_of_date": "as_of_date date",
}
# UTC clock, and what the clocks of Shanghai say then.
CLOCKS = {"15:59": "evening", "16:00": "night", "22:00": "morning", "04:00": "afternoon"}


class History:
    """Random rows of the subject tables."""

    def __init__(self, seed: int) -> None:
        self.rng = rng = random.Random(seed)
        self.rows: dict[str, list[dict]] = {name: [] for name in TYPES}
        self.of_order: dict[str, dict[str, str | None]] = {}
        span = (LAST_DAY - FIRST_DAY).days
        days = [FIRST_DAY + timedelta(n) for n in range(span + 40)]
        self.rows["dim_dates"] = [
            {
                "date_day": day,
                "weekday_name": f"{day:%A}",
                "festival_name": "Spring" if day.month == 2 else None,
            }
            for day in days
        ]
        self.rows["dim_shops"] = [{"shop_key": "s", "time_zone": "Asia/Shanghai"}]
        for number in range(60):
            account, customer = f"a{number}", f"c{number}"
            self.rows["bridge_account_customer"].append(
                {"account_key": account, "customer_key": customer}
            )
            self.rows["dim_customers"].append(
                {
                    "customer_key": customer,
                    "gender": rng.choice(["female", "male", None]),
                    "age_band": rng.choice(["18-24", None]),
                    "first_purchase_date": rng.choice(days),
                }
            )
        for product, (early, late, launch) in PRODUCTS.items():
            launched = FIRST_DAY + timedelta(launch) if launch else date(2020, 1, 1)
            self.rows["dim_products"].append({"product_key": product, "launched_date": launched})
            for day in days[launch:]:
                weight = (early + (late - early) * (day - FIRST_DAY).days / span) / 30
                for _ in range(int(weight) + (rng.random() < weight % 1)):
                    self.sell(product, day)

    def sell(self, product: str, day: date) -> None:
        rng, number = self.rng, len(self.of_order)
        order, clock = f"o{number}", rng.choice(list(CLOCKS))
        buyer = rng.choice([*self.rows["dim_customers"], None])
        paid = datetime.strptime(f"{day} {clock}", "%Y-%m-%d %H:%M")
        self.rows["fct_orders"].append(
            {
                "order_key": order,
                "purchase_date": day,
                "paid_at": paid,
                "platform_code": rng.choice(["jd", "tmall"]),
                "shop_key": "s",
                "account_key": buyer and buyer["customer_key"].replace("c", "a"),
                "region_key": rng.choice(["CN-ZJ", None]),
            }
        )
        row = self.rows["fct_orders"][-1]
        kind = buyer and ("new" if buyer["first_purchase_date"] == day else "returning")
        self.of_order[order] = {
            "weekday": f"{day:%A}",
            "part_of_day": CLOCKS[clock],
            "festival": "Spring" if day.month == 2 else "everyday",
            "platform": row["platform_code"],
            "region": row["region_key"],
            "gender": buyer and buyer["gender"],
            "age_band": buyer and buyer["age_band"],
            "buyer": kind,
        }
        bad = product == "fading"
        for name in [product, *rng.choices([product, "steady", None], k=rng.choice([0, 0, 1]))]:
            refunded = rng.random() < (0.3 if bad else 0.05)
            self.rows["fct_order_lines"].append(
                {
                    "product_key": name,
                    "order_key": order,
                    "quantity": rng.choice([0, 1, 1, 2]),
                    "is_gift": rng.random() < 0.1,
                    "is_valid": rng.random() < 0.95,
                    "purchase_date": day,
                    "net_revenue_base_amount": rng.choice([None, Decimal(7), Decimal("0.01")]),
                    "refund_amount": Decimal(1) if refunded else Decimal(0),
                }
            )
            if refunded:
                key = f"r{len(self.rows['fct_refunds'])}"
                reason = rng.choice(["broken", "broken", None])
                self.rows["fct_refunds"].append({"refund_key": key, "refund_reason": reason})
                self.rows["fct_refund_lines"].append(
                    {
                        "refund_key": key,
                        "order_line_key": f"l{rng.randrange(max(1, number // 2))}",
                        "product_key": name,
                        "booked_date": day + timedelta(rng.randrange(40)),
                    }
                )
            if rng.random() < 0.3:
                stars = rng.choice([1, 2, None] if bad else [3, 4, 5, None])
                told = {"product_key": name, "rating": stars}
                self.rows["fct_reviews"].append(told | {"created_date": day + timedelta(9)})
            if rng.random() < (0.4 if bad else 0.1):
                topic = rng.choice(["size", None])
                self.rows["fct_tickets"].append(
                    {"product_key": name, "topic": topic, "opened_date": day}
                )


@pytest.fixture(scope="module")
def compiled(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """Mart → its SQL."""
    return compile_marts(tmp_path_factory.mktemp("compiled"), MARTS)


@pytest.fixture(scope="module")
def history() -> History:
    return History(11)


@pytest.fixture(scope="module", params=AS_OF_DATES, ids=str)
def built(
    request: pytest.FixtureRequest, compiled: dict[str, str], history: History
) -> Iterator[tuple[duckdb.DuckDBPyConnection, date]]:
    """The marts as of a day, and the day."""
    with duckdb.connect() as connection:
        connection.execute("attach ':memory:' as warehouse")
        connection.execute("use warehouse")
        connection.execute("create schema subject; create schema thematic")
        for name, types in TYPES.items():
            connection.execute(f"create table subject.{name} ({types})")
            if history.rows[name]:
                connection.register("rows", pa.Table.from_pylist(history.rows[name]))
                connection.execute(f"insert into subject.{name} by name select * from rows")
                connection.unregister("rows")
        connection.execute("insert into subject.dim_as_of_date values (?)", [request.param])
        for name, sql in compiled.items():
            connection.execute(f"create table thematic.{name} as {sql}")
        yield connection, request.param


def by_key(built: tuple, keys: int, columns: str, mart: str) -> dict[tuple, tuple]:
    rows = built[0].execute(f"select {columns} from thematic.{mart}").fetchall()
    found = {row[:keys]: row[keys:] for row in rows}
    assert len(found) == len(rows)
    return found


def expected_months(history: History, as_of: date) -> dict:
    rows = history.rows
    told = (rows["fct_order_lines"], rows["fct_reviews"], rows["fct_tickets"])
    return reference.months(*told, as_of)


def test_every_month_of_every_product(built, history):
    expected = expected_months(history, built[1])
    columns = (
        "product_key, month_date, line_count, unit_count, net_revenue_base_amount,"
        " refunded_line_count, review_count, rating_sum, rating_square_sum, ticket_count"
    )
    found = by_key(built, 2, columns, "product_months")
    assert found == {key: tuple(row) for key, row in expected.items()}


def test_every_stage_and_what_troubles_a_product(built, history):
    launched = {row["product_key"]: row["launched_date"] for row in history.rows["dim_products"]}
    expected = reference.stages(expected_months(history, built[1]), launched, built[1])
    columns = (
        "product_key, month_date, stage, missing_reason, line_count, earlier_line_count,"
        " cast(share_ratio_low as double), cast(share_ratio_high as double), is_refunded_often,"
        " is_rated_low, is_asked_often"
    )
    found = by_key(built, 2, columns, "lifecycle_products")
    assert found.keys() == expected.keys()
    for key, row in expected.items():
        assert found[key] == pytest.approx(row, abs=2e-6), key
    if built[1] == LAST_DAY:
        last = {product: row for (product, month), row in found.items() if month.month == 3}
        assert {row[0] for row in found.values()} == {
            *("introduction", "growth", "maturity", "decline"),
            None,
        }
        assert last["fading"][0] == "decline"
        fading = [row[6:] for (product, _), row in found.items() if product == "fading"]
        assert all(any(signs) for signs in zip(*fading, strict=True))
        assert last["rare"][1] == "too_few_sales"


def test_every_share_of_the_audience(built, history):
    lines = history.rows["fct_order_lines"]
    expected = reference.audience(lines, history.of_order, built[1])
    columns = (
        "product_key, dimension_code, dimension_value, order_count, unit_count, order_share,"
        " other_order_share, cast(affinity_low as double)"
    )
    found = by_key(built, 3, columns, "product_audience")
    assert found.keys() == expected.keys()
    for key, row in expected.items():
        assert found[key][:4] == row[:4], key
        assert found[key][4] == pytest.approx(row[4], rel=1e-5), key


def test_all_feedback(built, history):
    rows = history.rows
    reasons = {row["refund_key"]: row["refund_reason"] for row in rows["fct_refunds"]}
    told = {
        "rating": [
            (row["product_key"], row["rating"] and str(row["rating"]), row["created_date"], n)
            for n, row in enumerate(rows["fct_reviews"])
        ],
        "refund_reason": [
            (
                row["product_key"],
                reasons[row["refund_key"]],
                row["booked_date"],
                row["order_line_key"],
            )
            for row in rows["fct_refund_lines"]
        ],
        "ticket_topic": [
            (row["product_key"], row["topic"], row["opened_date"], n)
            for n, row in enumerate(rows["fct_tickets"])
        ],
    }
    expected = reference.feedback(rows["fct_order_lines"], told, built[1])
    columns = (
        "product_key, feedback_kind, feedback_value, feedback_count, base_count, other_rate,"
        " is_more_than_chance"
    )
    assert by_key(built, 3, columns, "product_feedback") == expected
    if built[1] == LAST_DAY:
        assert any(row[3] for row in expected.values())
