"""Statements, reconciliation and contribution of the sample brand, recomputed from raw rows."""

from decimal import Decimal

import pytest
from money_reference import spread
from test_marts_recomputed import order_id_of, paid
from trade_reference import CENT, COMMISSION, KINDS, Money, half_up, naive


@pytest.fixture(scope="module")
def trade(sample_brand) -> Money:
    return Money(sample_brand)


def test_every_line_of_a_statement(sample_brand, trade):
    raw = trade.raw
    expected = {}
    for row in raw.latest("settlements", "settlement_id"):
        instant = raw.instant(row, "settled_at")
        expected[row["settlement_id"]] = (
            order_id_of(row) in trade.base.order_rows,
            row["kind"] if row["kind"] in KINDS else "other",
            naive(instant),
            raw.day(row, instant),
            row["currency"],
            row["amount"],
        )
    actual = {
        row[0]: row[1:]
        for row in sample_brand.query(
            "select settlement_id, order_key is not null, settlement_kind, settled_at,"
            " settled_date, currency_code, settled_amount from subject.fct_settlements"
        )
    }
    assert actual == expected
    assert {row[1] for row in expected.values()} == {*KINDS}
    assert {row[0] for row in expected.values()} == {True, False}


def test_every_reconciliation(sample_brand, trade):
    expected = {}
    for key, order in trade.base.orders.items():
        sums, payments = trade.sums(key), trade.succeeded(key)
        valid = trade.base.purchase_dates[key] is not None
        row = trade.base.order_rows[key]
        payable = Decimal(paid(order)) / 100 + row["freight"] + row["tax"]
        received = sum(p["amount"] for p in payments) if payments else None
        back = sum(
            refund["amount"] + refund["freight_amount"] + (refund["tax_amount"] or 0)
            for refund in trade.refunds[key]
            if refund["status"] == "completed"
        )
        subsidy = Decimal(
            sum(line.settled(order.platform) - line.refunded_settled for line in order.lines)
        )
        commission = half_up(trade.rate_commission(key), CENT)
        settled = trade.has(key, "payout")
        differences: list[Decimal | None] = [None] * 4
        if valid and received is not None:
            differences[0] = received - payable
        if settled and received is not None:
            differences[1] = sums["payout"] - sums["refund"] - (received - back)
        if settled and valid:
            differences[2] = sums["subsidy"] - subsidy / 100
            differences[3] = sums["commission"] - commission
        compared = differences if valid else differences[1:2]
        reconciled = None
        if settled and any(compared):
            reconciled = False
        elif settled and None not in compared:
            reconciled = row["payable_amount"] == payable
        expected[key] = (received, back, *differences, settled, reconciled)
    actual = {
        row[:3]: row[3:]
        for row in sample_brand.query(
            "select o.platform_code, s.shop_id, o.order_id, r.received_amount,"
            " r.refund_cash_amount, r.payment_difference_amount, r.payout_difference_amount,"
            " r.subsidy_difference_amount, r.commission_difference_amount, r.is_settled,"
            " r.is_reconciled from subject.fct_order_reconciliation as r"
            " join subject.fct_orders as o using (order_key)"
            " join subject.dim_shops as s on o.shop_key = s.shop_key"
        )
    }
    assert actual == expected
    assert {row[-1] for row in expected.values()} == {True, False, None}


def test_the_contribution_of_every_order_and_line(sample_brand, trade):
    lines = trade.raw.whole_orders()
    orders, parts = {}, {}
    for key, order in trade.base.orders.items():
        fees = trade.fees(key)
        skus = {row["line_no"]: row["sku_id"] for row in lines[key]}
        costs = {line.number: trade.line_cost(key, line, skus[line.number]) for line in order.lines}
        shares = {}
        for name, amount in fees.items():
            kept = name == "commission"
            weights = [
                (line.paid - (line.refunded_cash if kept else 0)) * 100 for line in order.lines
            ]
            units = spread(int(abs(amount or 0) * 10000), weights, capped=False)
            sign = -1 if (amount or 0) < 0 else 1
            shares[name] = [
                None if amount is None else Decimal(sign * unit) / 10000 for unit in units
            ]
        total = Decimal(0)
        for place, line in enumerate(order.lines):
            mine = [shares[name][place] for name in fees]
            kept_of_line = [shares[name][place] for name in fees if name != "service_fee"]
            net = line.paid + line.settled(order.platform)
            net = Decimal(net - line.refunded_cash - line.refunded_settled) / 100
            cost = costs[line.number]
            rest = None if cost is None else net - cost - sum(share or 0 for share in kept_of_line)
            total = None if rest is None or total is None else total + rest
            parts[*key, line.number] = (cost, *mine, rest)
        orders[key] = (*fees.values(), total)
    columns = ", ".join(f"x.{name}_amount" for name in (*fees, "contribution"))
    source = "join subject.dim_shops as s using (shop_key)"
    actual_orders = {
        row[:3]: row[3:]
        for row in sample_brand.query(
            f"select x.platform_code, s.shop_id, x.order_id, {columns}"
            f" from subject.fct_orders as x {source}"
        )
    }
    actual_parts = {
        row[:4]: row[4:]
        for row in sample_brand.query(
            "select x.platform_code, s.shop_id, o.order_id, x.line_number, x.cost_amount,"
            f" {columns} from subject.fct_order_lines as x join subject.fct_orders as o"
            " using (order_key) join subject.dim_shops as s on x.shop_key = s.shop_key"
        )
    }
    assert actual_orders == orders
    assert actual_parts == parts


@pytest.mark.parametrize(
    "deal",
    [
        "from subject.fct_orders where seller_discount_amount > 0 and platform_discount_amount > 0",
        "from subject.fct_orders where partner_discount_amount > 0",
        "from subject.fct_orders where points_discount_amount > 0 and paid_amount = 0 and is_valid",
        "from subject.fct_orders where freight_amount > 0 and tax_amount > 0",
        "from subject.fct_orders where is_cash_on_delivery and is_valid",
        "from subject.fct_orders where is_cash_on_delivery and not is_valid",
        "from subject.fct_refunds where refund_kind = 'refund_only' and refund_stage ="
        " 'before_shipping' and is_completed",
        "from subject.fct_refunds where refund_kind = 'return_and_refund' and is_completed",
        "from subject.fct_refunds where order_key is null and is_completed",
        "from subject.fct_order_lines where exchanged_quantity > 0 and refund_amount = 0",
        "from subject.fct_order_lines where is_gift and paid_amount = 0 and cost_amount > 0",
        "from subject.fct_orders where currency_code = 'USD' and contribution_amount is not null",
        "from subject.fct_orders where commission_source = 'settlement'",
        "from subject.fct_orders where is_valid and not is_settled and commission_amount > 0",
        "from subject.fct_order_reconciliation where abs(payout_difference_amount)"
        " between 0.01 and 0.05",
    ],
)
def test_every_kind_of_deal_is_in_the_sample(sample_brand, deal):
    """Pre-sales are not: they come with festivals; see the tests of the sample brand."""
    assert sample_brand.query(f"select count(*) {deal}")[0][0] > 0


def test_the_rates_are_those_of_the_seed(sample_brand):
    """The recomputation's own table of commissions, against the seed."""
    rates = dict(
        sample_brand.query("select platform_code, commission_rate from subject.dim_platforms")
    )
    assert {name: str(rates[name].normalize()) for name in COMMISSION} == COMMISSION
