"""What people send, each case in a shop of its own, so that one build takes them all.

A row says what the case needs and no more: the other columns of its table are empty.
"""

from collections import defaultdict

Rows = dict[str, list[dict[str, object]]]

PAID_AT = "2024-11-05 10:01:00"
PAID = {"status": "completed", "created_at": "2024-11-05 10:00:00", "paid_at": PAID_AT}


def order(
    platform: str, shop_id: str | None, order_id: str, account_id: str | None, **more
) -> dict:
    """An order that is paid in November, unless `more` says otherwise."""
    key = {"platform": platform, "shop_id": shop_id, "order_id": order_id}
    return key | {"account_id": account_id} | PAID | more


def line(of: dict, unit_price: str, quantity: int = 1, line_no: int = 1, **more) -> dict:
    """A line of an order."""
    key = {name: of[name] for name in ("platform", "shop_id", "order_id")}
    goods = {"line_no": line_no, "sku_id": "S", "quantity": quantity, "unit_price": unit_price}
    return key | goods | more


def shop(platform: str, shop_id: str, **more) -> dict:
    """A shop in its platform's own zone and currency."""
    return {"platform": platform, "shop_id": shop_id, **more}


def all_cases() -> Rows:
    """The rows of every case by table, `source/table`."""
    together: Rows = defaultdict(list)
    for case in CASES:
        for table, rows in case().items():
            together[table].extend(rows)
    return together


def ad_spend_in_parts() -> Rows:
    spent = {"spend_on": "2024-11-05", "platform": "tmall", "shop_id": "parts", "campaign_id": "C1"}
    return {
        "oms/shops": [shop("tmall", "parts")],
        "marketing/ad_spend": [
            spent | {"channel": "search", "clicks": 10, "cost": cost, "currency": currency}
            for cost, currency in ((10, "CNY"), (25, "￥"), (7, "RMB"))
        ],
    }


def closed_after_payment() -> Rows:
    closed = {"status": "closed", "closed_at": "2024-11-07 10:00:00"}
    orders = [
        order("taobao", "closed", "TC1", "tc1", **closed),
        order("shopify", "closed", "CN1", "c8", status="cancelled"),
    ]
    return {"oms/orders": orders, "oms/order_lines": [line(one, "100") for one in orders]}


def ids_as_numbers() -> Rows:
    one = order("jd", "floats", "1001", "501")
    back = {"platform": "jd", "shop_id": "floats", "kind": "refund_only", "status": "completed"}
    back |= {"completed_at": "2024-11-08 10:00:00"}
    return {
        "oms/orders": [one],
        "oms/order_lines": [line(one, "90")],
        "oms/accounts": [
            {"platform": "jd", "account_id": "501", "phone": "13800138000"},
            {"platform": "douyin", "account_id": "601", "phone": "13800138000.0"},
        ],
        "oms/refunds": [
            back | {"refund_id": "f1", "order_id": "1001.0", "amount": 30},
            back | {"refund_id": "f2", "account_id": "501.0", "amount": 5},
        ],
    }


def invisible_characters() -> Rows:
    one = order("tmall", "invisible", "ZW1", "801")
    other = order("tmall", "invisible", "ＺＷ２", "802")
    back = {"platform": "tmall", "shop_id": "invisible", "kind": "refund_only", "amount": 30}
    back |= {"status": "completed", "completed_at": "2024-11-08 10:00:00"}
    return {
        "oms/orders": [one, other],
        "oms/order_lines": [line(one, "90"), line(other, "90")],
        "oms/refunds": [
            back | {"refund_id": "z1", "order_id": "ZW1\u200b"},
            back | {"refund_id": "z2", "order_id": "\u202aZW2\u202c"},
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


def without_a_shop() -> Rows:
    one = order("tmall", "known", "NS1", "t8")
    named = {"platform": "tmall", "order_id": "NS1"}
    return {
        "oms/orders": [one],
        "oms/order_lines": [line(one, "90")],
        "oms/refunds": [
            named
            | {"refund_id": "n1", "kind": "refund_only", "amount": 30, "status": "completed"}
            | {"completed_at": "2024-11-08 10:00:00"}
        ],
        "wms/shipments": [named | {"shipment_id": "n1", "shipped_at": "2024-11-06 09:00:00"}],
        "helpdesk/tickets": [named | {"ticket_id": "n1", "opened_at": "2024-11-06 10:00:00"}],
        "helpdesk/reviews": [
            named | {"review_id": "n1", "rating": 5, "created_at": "2024-11-09 10:00:00"}
        ],
    }


def names_nothing() -> Rows:
    """A refund and a parcel of orders that nobody knows, and a refund in a shop that nobody has."""
    back = {"platform": "tmall", "kind": "refund_only", "amount": 3, "status": "completed"}
    back |= {"completed_at": "2024-11-08 10:00:00"}
    return {
        "oms/refunds": [
            back | {"refund_id": "u1", "order_id": "NOWHERE"},
            back | {"refund_id": "u2", "order_id": "NOWHERE", "shop_id": "no_such_shop"},
        ],
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


def delivered_by_scan() -> Rows:
    one = order("tmall", "scans", "DS1", "t17", created_at="2024-09-01 10:00:00")
    parcel = {"platform": "tmall", "shop_id": "scans", "order_id": "DS1", "carrier": "STO"}
    parcel |= {"deliver_by_at": "2024-09-06 23:59:59", "shipped_at": "2024-09-02 09:00:00"}
    return {
        "oms/orders": [one],
        "oms/order_lines": [line(one, "50")],
        "wms/shipments": [
            parcel | {"shipment_id": "shDS1", "tracking_no": "ST300", "status": "shipped"},
            parcel | {"shipment_id": "shDS2", "tracking_no": "ST301", "status": "delivered"},
        ],
        "wms/parcel_scans": [
            {"tracking_no": number, "scanned_at": scanned_at, "scan_code": code}
            for number in ("ST300", "ST301")
            for scanned_at, code in (
                ("2024-09-02 10:00:00", "picked_up"),
                ("2024-09-04 11:00:00", "delivered"),
            )
        ],
    }


def a_number_used_again() -> Rows:
    first = order("tmall", "again", "RT1", "t13", created_at="2024-02-01 10:00:00")
    second = order("tmall", "again", "RT2", "t14", created_at="2024-11-01 10:00:00")
    parcel = {"platform": "tmall", "shop_id": "again", "carrier": "YTO", "tracking_no": "YT100"}
    return {
        "oms/orders": [first, second],
        "oms/order_lines": [line(first, "50"), line(second, "50")],
        "wms/shipments": [
            parcel
            | {"shipment_id": "shRT1", "order_id": "RT1", "shipped_at": "2024-02-02 09:00:00"}
            | {"delivered_at": "2024-02-04 09:00:00", "status": "delivered"},
            parcel
            | {"shipment_id": "shRT2", "order_id": "RT2", "shipped_at": "2024-11-02 09:00:00"}
            | {"status": "shipped"},
        ],
        "wms/parcel_scans": [
            {"tracking_no": "YT100", "scanned_at": scanned_at, "scan_code": code}
            for scanned_at, code in (
                ("2024-02-02 10:00:00", "picked_up"),
                ("2024-02-03 10:00:00", "in_transit"),
                ("2024-02-04 09:00:00", "delivered"),
                ("2024-11-02 10:00:00", "picked_up"),
            )
        ],
    }


def nobody_s_accounts() -> Rows:
    orders = [
        *(order("woocommerce", "guests", f"W{number}", "0") for number in range(3)),
        *(order("tmall", "guests", f"N{number}", "NULL") for number in range(3)),
        order("tmall", "guests", "N5", "k1"),
    ]
    return {"oms/orders": orders, "oms/order_lines": [line(one, "10") for one in orders]}


def one_address_two_accounts() -> Rows:
    orders = [order("shopify", "mail", f"G{number}", f"g{number}") for number in (1, 2)]
    address = "guest.one@example.org"
    return {
        "oms/orders": orders,
        "oms/order_lines": [line(one, "30") for one in orders],
        "oms/accounts": [
            {"platform": "shopify", "shop_id": "mail", "account_id": account, "email": email}
            for account, email in (("g1", address), ("g2", f" {address.upper()}"))
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


def a_zone_as_it_is_shown() -> Rows:
    one = order("shopify", "zone", "o1", "a", created_at="2024-10-05 10:00:00")
    return {
        "oms/shops": [shop("shopify", "zone", time_zone="(GMT+08:00) Beijing", currency="RMB")],
        "oms/orders": [one | {"paid_at": "2024-10-05 10:01:00"}],
        "oms/order_lines": [line(one, "10")],
    }


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


def two_cases_of_a_platform() -> Rows:
    """The second file of the pair is written by the test: one row here, one there."""
    one = order("Tmall", "cases", "P1", "a1", status="paid", updated_at="2024-11-05 10:01:00")
    return {
        "oms/shops": [shop("Tmall", "cases")],
        "oms/orders": [one],
        "oms/order_lines": [line(one | {"platform": "tmall"}, "10")],
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


def gone_without_a_shop() -> Rows:
    """A deletion and lines that name no shop; a status in capitals; tax that is told apart."""
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


def subsidy_beside_a_line_below_zero() -> Rows:
    one = order("tmall", "subsidy", "SU1", "su1", platform_discount=20)
    back = {"platform": "tmall", "shop_id": "subsidy", "order_id": "SU1", "refund_id": "su1"}
    return {
        "oms/orders": [one],
        "oms/order_lines": [line(one, "100"), line(one, "-30", line_no=2)],
        "oms/refunds": [back | {"kind": "refund_only", "status": "completed", "amount": 50}],
    }


def odd_and_told() -> Rows:
    """Paid without a time of it; a discount below nothing."""
    paid = order("jd", "told", "PT1", "pt1", status="paid", paid_at=None)
    below = order("jd", "told", "PT2", "pt2", seller_discount=-10)
    return {"oms/orders": [paid, below], "oms/order_lines": [line(paid, "80"), line(below, "100")]}


CASES = (
    one_id_for_several,
    parts_with_times_of_their_own,
    gone_without_a_shop,
    subsidy_beside_a_line_below_zero,
    odd_and_told,
    ad_spend_in_parts,
    closed_after_payment,
    ids_as_numbers,
    invisible_characters,
    lines_below_zero,
    stamps_of_lines,
    one_number_for_two_lines,
    without_a_shop,
    names_nothing,
    paid_by_payments,
    delivered_by_scan,
    a_number_used_again,
    nobody_s_accounts,
    one_address_two_accounts,
    tax_inside,
    a_zone_as_it_is_shown,
    a_million,
    the_largest_amounts,
    two_cases_of_a_platform,
)
