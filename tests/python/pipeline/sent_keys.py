"""Rows that share a key or an id."""

from sent_rows import PAID_AT, Rows, line, order, shop


def ad_spend_in_parts() -> Rows:
    spent = {"spend_on": "2024-11-05", "platform": "tmall", "shop_id": "parts", "campaign_id": "C1"}
    return {
        "oms/shops": [shop("tmall", "parts")],
        "marketing/ad_spend": [
            spent | {"channel": "search", "clicks": 10, "cost": cost, "currency": currency}
            for cost, currency in ((10, "CNY"), (25, "￥"), (7, "RMB"))
        ],
    }


def one_id_for_several() -> Rows:
    """A payment of two orders, a refund of two lines, a statement's id for each of its lines."""
    first, second = (order("tmall", "shared", f"S{n}", f"s{n}", paid_at=None) for n in (1, 2))
    named = {"platform": "tmall", "shop_id": "shared"}
    back = named | {"refund_id": "s", "kind": "refund_only", "status": "completed"}
    settled = named | {"settlement_id": "s", "order_id": "S1", "settled_at": "2024-11-20 10:00:00"}
    return {
        "oms/orders": [first, second],
        "oms/order_lines": [line(first, "60"), line(first, "40", line_no=2), line(second, "50")],
        "oms/payments": [
            named | {"payment_id": "s", "order_id": order_id, "amount": amount, "paid_at": PAID_AT}
            for order_id, amount in (("S1", 100), ("S2", 50))
        ],
        "oms/refunds": [
            back | {"order_id": "S1", "line_no": line_no, "amount": amount}
            for line_no, amount in ((1, 20), (2, 10))
        ],
        "oms/settlements": [
            settled | {"kind": kind, "amount": amount}
            for kind, amount in (("payout", 100), ("commission", -3), ("commission", -2))
        ],
    }


def parts_with_times_of_their_own() -> Rows:
    """Parts of one id in one file that changed at different times; a bin that was counted again."""
    one = order("tmall", "times", "T1", "t1", paid_at=None)
    named = {"platform": "tmall", "shop_id": "times", "order_id": "T1"}
    paid = named | {"payment_id": "t", "paid_at": PAID_AT}
    back = named | {"refund_id": "t", "kind": "refund_only", "status": "completed"}
    settled = named | {"settlement_id": "t", "settled_at": "2024-11-20 10:00:00"}
    counted = {"warehouse_id": "W", "sku_id": "S", "counted_on": "2024-11-30"}

    def at(hour: int) -> dict:
        return {"updated_at": f"2024-11-30 {hour}:00:00"}

    return {
        "oms/orders": [one],
        "oms/order_lines": [line(one, "60"), line(one, "40", line_no=2)],
        "oms/payments": [
            paid | {"stage": "deposit", "amount": 30} | at(10),
            paid | {"stage": "balance", "amount": 70} | at(11),
        ],
        "oms/refunds": [
            back | {"line_no": 1, "amount": 20} | at(10),
            back | {"line_no": 2, "amount": 10} | at(11),
        ],
        "oms/settlements": [
            settled | {"kind": "payout", "amount": 100} | at(10),
            settled | {"kind": "commission", "amount": -5} | at(11),
        ],
        "wms/stock_counts": [
            counted | {"bin": "A", "on_hand": 5} | at(10),
            counted | {"bin": "B", "on_hand": 7} | at(11),
            counted | {"bin": "A", "on_hand": 6} | at(12),
        ],
    }


def stamps_of_lines() -> Rows:
    one = order("shopify", "stamps", "LU1", "lu1", payable_amount=30)
    return {
        "oms/orders": [one],
        "oms/order_lines": [
            line(one, "10", updated_at="2024-11-05 10:00:00"),
            line(one, "20", line_no=2, updated_at="2024-11-05 10:05:00"),
        ],
    }


def one_number_for_two_lines() -> Rows:
    one = order("amazon", "numbers", "AM1", "az1")
    return {
        "oms/orders": [one],
        "oms/order_lines": [line(one, "10", quantity=2), line(one, "10", quantity=3)],
    }


def two_cases_of_a_platform() -> Rows:
    """The second file of the pair is written by the test: one row here, one there."""
    one = order("Tmall", "cases", "P1", "a1", status="paid", updated_at="2024-11-05 10:01:00")
    return {
        "oms/shops": [shop("Tmall", "cases")],
        "oms/orders": [one],
        "oms/order_lines": [line(one | {"platform": "tmall"}, "10")],
    }


def gone_without_a_shop() -> Rows:
    """A deletion and lines without a shop; a status in capitals; separate tax."""
    one = order("amazon", "silent", "AS1", "as1", status="COMPLETED", seller_discount=10, tax=9)
    back = {"platform": "amazon", "kind": "refund_only", "status": "completed"}
    return {
        "oms/orders": [one],
        "oms/order_lines": [line(one | {"shop_id": None}, "100")],
        "oms/refunds": [
            back | {"refund_id": "as1", "shop_id": "silent", "order_id": "AS1", "amount": 50},
            back | {"refund_id": "as1", "is_deleted": "true"},
            back
            | {"refund_id": "as2", "shop_id": "silent", "order_id": "AS1", "amount": 30}
            | {"tax_amount": 3},
        ],
    }


def fewer_lines_later() -> Rows:
    """The later file, with the first line alone, is written by the test."""
    one = order("shopify", "fewer", "FL1", "fl1")
    return {"oms/orders": [one], "oms/order_lines": [line(one, "60"), line(one, "40", line_no=2)]}


CASES = (
    ad_spend_in_parts,
    one_id_for_several,
    parts_with_times_of_their_own,
    stamps_of_lines,
    one_number_for_two_lines,
    two_cases_of_a_platform,
    gone_without_a_shop,
    fewer_lines_later,
)
