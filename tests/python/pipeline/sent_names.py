"""Ids, references, parcels and people as they are sent."""

from sent_rows import Rows, line, order, shop


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
    """A refund and a parcel of unknown orders, and a refund in an unknown shop."""
    back = {"platform": "tmall", "kind": "refund_only", "amount": 3, "status": "completed"}
    back |= {"completed_at": "2024-11-08 10:00:00"}
    return {
        "oms/refunds": [
            back | {"refund_id": "u1", "order_id": "NOWHERE"},
            back | {"refund_id": "u2", "order_id": "NOWHERE", "shop_id": "no_such_shop"},
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


def placeholder_accounts() -> Rows:
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


def a_zone_as_it_is_shown() -> Rows:
    one = order("shopify", "zone", "o1", "a", created_at="2024-10-05 10:00:00")
    return {
        "oms/shops": [shop("shopify", "zone", time_zone="(GMT+08:00) Beijing", currency="RMB")],
        "oms/orders": [one | {"paid_at": "2024-10-05 10:01:00"}],
        "oms/order_lines": [line(one, "10")],
    }


CASES = (
    ids_as_numbers,
    invisible_characters,
    without_a_shop,
    names_nothing,
    delivered_by_scan,
    a_number_used_again,
    placeholder_accounts,
    one_address_two_accounts,
    a_zone_as_it_is_shown,
)
