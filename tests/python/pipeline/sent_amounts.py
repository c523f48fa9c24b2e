"""Amounts as people send them: large, negative, in two sources."""

from sent_rows import PAID_AT, Rows, line, order, shop


def a_million() -> Rows:
    one = order("tmall", "million", "big", "m1")
    return {"oms/orders": [one], "oms/order_lines": [line(one, "1000.00", quantity=1000)]}


def the_largest_amounts() -> Rows:
    """One person buys on one day for more than an amount can hold, of goods that cost as much."""
    orders = [
        order("douyin", "largest", f"L{n}", "l1", live_session_id="LS", tax=10**12)
        for n in range(20)
    ]
    named = {"warehouse_id": "WL", "sku_id": "L", "unit_cost": 10**12}
    return {
        "oms/shops": [shop("douyin", "largest", currency="JPY")],
        "oms/products": [{"sku_id": "L", "unit_cost": 10**12}],
        "oms/orders": orders,
        "oms/order_lines": [
            line(one, str(10**12), quantity=10, line_no=n) | {"sku_id": "L"}
            for one in orders
            for n in (1, 2)
        ],
        "oms/refunds": [
            {"platform": "douyin", "shop_id": "largest", "order_id": "L1", "refund_id": f"l{n}"}
            | {"kind": "refund_only", "status": "completed", "amount": 10**12}
            for n in range(3)
        ],
        "wms/stock_counts": [
            {"warehouse_id": "WL", "sku_id": "L", "counted_on": "2024-11-01", "on_hand": 2 * 10**9}
        ],
        "wms/stock_movements": [
            named
            | {"movement_id": "l1", "kind": "receipt", "quantity": 10}
            | {"moved_at": "2024-11-02 10:00:00"},
            named
            | {"movement_id": "l2", "kind": "sale", "quantity": -(10**6), "unit_cost": None}
            | {"moved_at": "2024-11-05 12:00:00"},
        ],
        "wms/purchase_orders": [
            named
            | {"purchase_order_id": "l", "line_no": 1, "quantity": 10}
            | {"ordered_at": "2024-11-01 10:00:00"}
        ],
    }


def lines_below_zero() -> Rows:
    o0, o1, o2 = (order("shopify", "below", f"z{number}", f"z{number}") for number in range(3))
    return {
        "oms/orders": [o0, o1, o2],
        "oms/order_lines": [
            line(o0, "10"),
            line(o0, "4", quantity=-1, line_no=2),
            line(o1, "10"),
            line(o1, "-3", line_no=2, sku_id="DISCOUNT"),
            line(o2, "10"),
            line(o2, "8", quantity=0, line_no=2),
        ],
    }


def subsidy_beside_a_line_below_zero() -> Rows:
    one = order("tmall", "subsidy", "SU1", "su1", platform_discount=20)
    back = {"platform": "tmall", "shop_id": "subsidy", "order_id": "SU1", "refund_id": "su1"}
    return {
        "oms/orders": [one],
        "oms/order_lines": [line(one, "100"), line(one, "-30", line_no=2)],
        "oms/refunds": [back | {"kind": "refund_only", "status": "completed", "amount": 50}],
    }


def closed_after_payment() -> Rows:
    closed = {"status": "closed", "closed_at": "2024-11-07 10:00:00"}
    orders = [
        order("taobao", "closed", "TC1", "tc1", **closed),
        order("shopify", "closed", "CN1", "c8", status="cancelled"),
    ]
    return {"oms/orders": orders, "oms/order_lines": [line(one, "100") for one in orders]}


def closed_and_given_back_by_a_refund_without_a_shop() -> Rows:
    """Two shops have the order's id."""
    closed = order("taobao", "twin", "TW1", "tw1", status="closed", closed_at=PAID_AT)
    other = order("taobao", "closed", "TW1", "tw2")
    refund = {"platform": "taobao", "refund_id": "tw1", "order_id": "TW1", "amount": 100}
    return {
        "oms/orders": [closed, other],
        "oms/order_lines": [line(closed, "100"), line(other, "100")],
        "oms/refunds": [refund | {"kind": "refund_only", "status": "completed"}],
    }


def paid_by_payments() -> Rows:
    silent = order("tmall", "paid", "D4", "t4", status="paid", paid_at=None)
    presale = order("tmall", "paid", "D1", "t1", status="paid", order_type="presale")
    presale |= {"created_at": "2024-10-31 20:00:00", "paid_at": "2024-10-31 20:05:00"}
    came = {"platform": "tmall", "shop_id": "paid", "status": "succeeded"}
    return {
        "oms/orders": [silent, presale],
        "oms/order_lines": [line(silent, "80"), line(presale, "200")],
        "oms/payments": [
            came
            | {"payment_id": "p4", "order_id": "D4", "stage": "full", "amount": 80}
            | {"paid_at": "2024-11-11 10:01:00"},
            came
            | {"payment_id": "p1", "order_id": "D1", "stage": "deposit", "amount": 50}
            | {"paid_at": "2024-10-31 20:05:00"},
            came
            | {"payment_id": "p2", "order_id": "D1", "stage": "balance", "amount": 150}
            | {"paid_at": "2024-11-11 00:30:00"},
        ],
    }


def tax_inside() -> Rows:
    one = order("shopify", "tax", "TX1", "x1", tax=8, payable_amount=108)
    other = order("shopify", "tax", "TX2", "x1", tax=34, freight=100, payable_amount=234)
    back = {"platform": "shopify", "shop_id": "tax", "status": "completed"}
    back |= {"completed_at": "2024-11-07 10:00:00"}
    return {
        "oms/orders": [one, other],
        "oms/order_lines": [line(one, "50", quantity=2), line(other, "100")],
        "oms/refunds": [
            back
            | {"refund_id": "x1", "order_id": "TX1", "line_no": 1, "kind": "return_and_refund"}
            | {"quantity": 1, "amount": 54},
            back
            | {"refund_id": "x2", "order_id": "TX2", "kind": "refund_only"}
            | {"amount": 134, "freight_amount": 100},
        ],
    }


def odd_and_told() -> Rows:
    """Paid without a payment time; a negative discount."""
    paid = order("jd", "told", "PT1", "pt1", status="paid", paid_at=None)
    below = order("jd", "told", "PT2", "pt2", seller_discount=-10)
    return {"oms/orders": [paid, below], "oms/order_lines": [line(paid, "80"), line(below, "100")]}


CASES = (
    a_million,
    the_largest_amounts,
    lines_below_zero,
    subsidy_beside_a_line_below_zero,
    closed_after_payment,
    closed_and_given_back_by_a_refund_without_a_shop,
    paid_by_payments,
    tax_inside,
    odd_and_told,
)
