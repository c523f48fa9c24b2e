"""Every amount of random orders, computed a second way."""

import random
from pathlib import Path

import pytest
from money_reference import DIGITS, FUNDERS, SETTLED, Line, Order, Refund, money, settle
from pipeline_brand import Brand

ORDERS = 1500
STATUSES = ["completed"] * 6 + ["applied", "rejected", "cancelled"]
KINDS = ["refund_only", "return_and_refund", "return_and_refund", "exchange"]


def random_order(rng: random.Random, number: int) -> Order:
    """An order of a few lines; amounts small, so that remainders tie often, or huge.

    A huge order comes to some 10^12 of its currency; returns and discounts stand as lines below 0.
    """
    currency = rng.choice(list(DIGITS))
    size = 10 ** (8 + DIGITS[currency]) if number % 50 == 0 else 1
    lines = [
        Line(
            n,
            rng.choice([1, 2, 3, 4, 4, 0, -1]),
            rng.choice([0, 1, 33, 100, 999, 999, -50]) * size,
            rng.choice([0, 0, 1, 50, 5000]) * size,
        )
        for n in range(1, rng.randint(1, 5) + 1)
    ]
    refunds = []
    for n in range(rng.choice([0, 0, 1, 2, 4])):
        line = rng.choice([None, *(line.number for line in lines), 99])
        refunds.append(
            Refund(
                f"{number}-{n}",
                line,
                rng.choice([0, 1, 33, 100, 500, 9999]) * size,
                rng.choice([None, 1, 2]) if line else None,
                rng.choice(KINDS),
                rng.choice(STATUSES),
                rng.choice([None, None, 0, 7]),
            )
        )
    return Order(
        str(number),
        rng.choice(list(SETTLED)),
        rng.random() < 0.9,
        lines,
        {funder: rng.choice([0, 0, 1, 7, 100, 700]) * size for funder in FUNDERS},
        rng.choice([0, 0, 1, 601]) * size,
        rng.choice([0, 0, 1, 89]) * size,
        refunds,
        currency,
    )


def write(brand: Brand, orders: list[Order]) -> None:
    """The orders as a brand's plain files."""
    brand.write(
        "oms/orders.csv",
        "platform,order_id,account_id,created_at,paid_at,status,currency,freight,tax,"
        + ",".join(f"{funder}_discount" for funder in FUNDERS),
        *(
            ",".join(
                [
                    order.platform,
                    order.order_id,
                    "someone",
                    "2025-01-01 10:00:00",
                    "2025-01-01 10:01:00" if order.paid else "",
                    "completed" if order.paid else "closed",
                    order.currency,
                    str(money(order.freight, order.currency)),
                    str(money(order.tax, order.currency)),
                    *(str(money(order.discounts[funder], order.currency)) for funder in FUNDERS),
                ]
            )
            for order in orders
        ),
    )
    brand.write(
        "oms/order_lines.csv",
        "platform,order_id,line_no,sku_id,quantity,unit_price,line_discount",
        *(
            f"{order.platform},{order.order_id},{line.number},A,{line.quantity},"
            f"{money(line.unit_price, order.currency)},{money(line.discount, order.currency)}"
            for order in orders
            for line in order.lines
        ),
    )
    brand.write(
        "oms/refunds.csv",
        "refund_id,platform,order_id,line_no,kind,quantity,amount,tax_amount,completed_at,status",
        *(
            f"{refund.refund_id},{order.platform},{order.order_id},{refund.line or ''},"
            f"{refund.kind},{refund.quantity or ''},{money(refund.cash, order.currency)},"
            f"{'' if refund.told_tax is None else money(refund.told_tax, order.currency)},"
            f"2025-01-{2 + n:02} 10:00:00,{refund.status}"
            for order in orders
            for n, refund in enumerate(order.refunds)
        ),
    )


@pytest.fixture(scope="module")
def settled_orders(tmp_path_factory: pytest.TempPathFactory) -> tuple[Brand, list[Order]]:
    """Random orders in the marts, and the same settled by the rules."""
    rng = random.Random(618)
    orders = [random_order(rng, number) for number in range(ORDERS)]
    folder: Path = tmp_path_factory.mktemp("money")
    brand = Brand(folder, "oms", folder / "landing")
    write(brand, orders)
    landed = brand.run("ingest", "land")
    assert landed.returncode == 0, landed.stdout
    built = brand.dbt(
        "build",
        "--select",
        "+fct_orders +fct_order_lines +fct_refunds +fct_sales_daily",
        "--indirect-selection",
        "cautious",
        "--exclude-resource-type",
        "unit_test",
    )
    assert built.returncode == 0, built.stdout[-5000:]
    for order in orders:
        settle(order)
    return brand, orders


def test_every_line_of_random_orders(settled_orders):
    brand, orders = settled_orders
    actual = brand.working_query(
        "select order_id, line_number, l.gross_amount, l.seller_discount_amount,"
        " l.platform_discount_amount, l.partner_discount_amount, l.points_discount_amount,"
        " l.paid_amount, l.freight_amount, l.tax_amount, l.revenue_amount, l.refund_paid_amount,"
        " l.refund_amount from subject.fct_order_lines as l"
        " join subject.fct_orders using (order_key) order by order_id::int, line_number"
    )
    expected = [
        (
            order.order_id,
            line.number,
            *(
                money(amount, order.currency)
                for amount in (
                    line.gross,
                    line.own_discount + line.shares["seller"],
                    line.shares["platform"],
                    line.shares["partner"],
                    line.shares["points"],
                    line.paid,
                    line.shares["freight"],
                    line.shares["tax"],
                    line.paid + line.settled(order.platform),
                    line.refunded_cash,
                    line.refunded_cash + line.refunded_settled,
                )
            ),
        )
        for order in orders
        for line in order.lines
    ]
    assert actual == expected
    # The orders were worth testing: discounts that found no room, refunds cut, settled ones back.
    assert any(line.refunded_settled for order in orders for line in order.lines)
    assert any(
        sum(order.discounts.values()) > sum(line.gross for line in order.lines) for order in orders
    )
    assert max(row[2] for row in actual) > 10**11
    assert min(row[2] for row in actual) < -(10**9)


def test_every_refund_of_random_orders(settled_orders):
    brand, orders = settled_orders
    actual = brand.working_query(
        "select refund_id, refund_paid_amount, refund_amount, excess_amount, refund_tax_amount"
        " from subject.fct_refunds order by refund_id"
    )
    expected = sorted(
        (
            refund.refund_id,
            *(
                (
                    money(refund.booked_cash, order.currency),
                    money(refund.booked_cash + refund.booked_settled, order.currency),
                    money(refund.cash - refund.tax_inside - refund.booked_cash, order.currency),
                    money(
                        refund.tax_inside if refund.told_tax is None else refund.told_tax,
                        order.currency,
                    ),
                )
                if refund.status == "completed"
                else (None, None, None, None)
            ),
        )
        for order in orders
        for refund in order.refunds
    )
    assert actual == expected


def test_fully_refunded_orders_net_exactly_nothing(settled_orders):
    brand, orders = settled_orders
    actual = dict(
        brand.working_query(
            "select order_id, fully_refunded_date::varchar from subject.fct_orders"
            " where fully_refunded_date is not null"
        )
    )
    expected = {}
    for order in orders:
        revenue = sum(line.paid + line.settled(order.platform) for line in order.lines)
        back = sum(line.refunded_cash + line.refunded_settled for line in order.lines)
        if order.paid and revenue > 0 and revenue == back:
            last = max(n for n, r in enumerate(order.refunds) if r.booked_cash + r.booked_settled)
            expected[order.order_id] = f"2025-01-{2 + last:02}"
    assert actual == expected
    assert len(expected) > 20
