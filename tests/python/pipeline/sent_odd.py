"""Rows in the odd ways of some systems: each is read, or gives a warning."""

from sent_rows import PAID_AT, Rows, line, order, shop


def scans_in_the_carriers_words() -> Rows:
    one = order("jd", "words", "W1", "w1")
    parcel = {"platform": "jd", "shop_id": "words", "order_id": "W1", "carrier": "ZTO"}
    scan = {"tracking_no": "ZT-W1"}
    return {
        "oms/orders": [one],
        "oms/order_lines": [line(one, "10")],
        "wms/shipments": [
            parcel
            | {"shipment_id": "w1", "tracking_no": "ZT-W1", "status": "已发货"}
            | {"shipped_at": "2024-11-06 10:00:00"}
        ],
        "wms/parcel_scans": [
            scan | {"scanned_at": "2024-11-06 12:00:00", "scan_code": "揽收"},
            scan | {"scanned_at": "2024-11-07 12:00:00", "scan_code": "清关"},
            scan | {"scanned_at": "2024-11-08 12:00:00", "scan_code": "已签收"},
        ],
    }


def refused_at_the_door() -> Rows:
    """Cash on delivery that came back; the time of delivery is that of its return."""
    one = order("jd", "refused", "RF1", "rf1", status="closed", paid_at=None)
    one |= {"closed_at": "2024-11-09 10:00:00", "payment_on_delivery": "true"}
    parcel = {"platform": "jd", "shop_id": "refused", "order_id": "RF1", "carrier": "JD"}
    return {
        "oms/orders": [one],
        "oms/order_lines": [line(one, "10")],
        "wms/shipments": [
            parcel
            | {"shipment_id": "rf1", "status": "returned", "shipped_at": "2024-11-06 10:00:00"}
            | {"delivered_at": "2024-11-08 10:00:00"}
        ],
    }


def taken_back_after_the_balance() -> Rows:
    """A chargeback as a negative payment; an order paid twice and refunded once."""
    presale = order("jd", "back", "BK1", "bk1", order_type="presale", paid_at=None)
    twice = order("jd", "back", "BK2", "bk2")
    paid = {"platform": "jd", "shop_id": "back", "status": "支付成功"}
    refund = {"platform": "jd", "shop_id": "back", "refund_id": "bk2", "order_id": "BK2"}
    return {
        "oms/orders": [presale, twice],
        "oms/order_lines": [line(presale, "200"), line(twice, "100")],
        "oms/payments": [
            paid
            | {"payment_id": payment_id, "order_id": order_id, "amount": amount}
            | {"stage": stage, "paid_at": f"2024-11-{day} 10:00:00"}
            for payment_id, order_id, amount, stage, day in (
                ("bk-1", "BK1", 50, "定金", "01"),
                ("bk-2", "BK1", 150, "尾款", "11"),
                ("bk-3", "BK1", -30, None, "25"),
                ("bk-4", "BK2", 100, None, "05"),
                ("bk-5", "BK2", 100, None, "05"),
            )
        ],
        "oms/refunds": [refund | {"amount": 100, "kind": "仅退款", "status": "退款成功"}],
    }


def stock_of_other_days() -> Rows:
    """A cost that rose since the count, a meaningless zero, a sale without its sign."""
    named = {"warehouse_id": "W", "sku_id": "COST"}

    def moved(number: int, kind: str, quantity: int, unit_cost: int | None = None) -> dict:
        at = {"movement_id": f"cost-{number}", "moved_at": f"2024-11-0{number} 10:00:00"}
        return named | at | {"kind": kind, "quantity": quantity, "unit_cost": unit_cost}

    return {
        "oms/products": [
            {"sku_id": "COST", "unit_cost": 10, "updated_at": "2024-10-01 00:00:00"},
            {"sku_id": "COST", "unit_cost": 30, "updated_at": "2024-12-01 00:00:00"},
        ],
        "wms/stock_counts": [
            named | {"counted_on": "2024-11-01", "on_hand": 100},
            {"warehouse_id": "W", "sku_id": "LOTS", "counted_on": "2024-11-01", "on_hand": 5},
            {"warehouse_id": "W", "sku_id": "LOTS", "counted_on": "2024-11-01", "on_hand": 5},
        ],
        "wms/stock_movements": [
            moved(2, "sale", -1),
            moved(3, "adjustment", 3, 0),
            moved(4, "sale", 1),
        ],
    }


def a_shop_of_two_currencies() -> Rows:
    one = order("shopify", "moved", "MV1", "mv1")
    return {
        "oms/shops": [
            shop("shopify", "moved", currency="USD", updated_at="2024-01-01 00:00:00"),
            shop("shopify", "moved", currency="EUR", updated_at="2024-11-20 00:00:00"),
        ],
        "oms/orders": [one],
        "oms/order_lines": [line(one, "100")],
    }


def numbers_out_of_their_scale() -> Rows:
    """Each of these stopped the publication of everything."""
    streamed = {"platform": "douyin", "shop_id": "scale", "starts_at": "2024-11-05 20:00:00"}
    opened = {"platform": "jd", "opened_at": PAID_AT}
    return {
        "oms/refunds": [
            {"platform": "jd", "shop_id": "words", "refund_id": "tax", "order_id": "W1"}
            | {"amount": 5, "tax_amount": -1, "kind": "refund_only", "status": "completed"}
        ],
        "helpdesk/reviews": [
            {"review_id": "ten", "platform": "jd", "order_id": "W1", "rating": 10}
            | {"created_at": PAID_AT}
        ],
        "helpdesk/tickets": [
            opened | {"ticket_id": "before", "closed_at": "2024-11-05 09:00:00"},
            opened | {"ticket_id": "after", "closed_at": "2024-11-05 11:00:00"},
        ],
        "marketing/live_sessions": [
            streamed | {"live_session_id": "percent", "commission_rate": 20},
            streamed | {"live_session_id": "share", "commission_rate": 0.2},
        ],
        "wms/purchase_orders": [
            {"purchase_order_id": "back", "line_no": 1, "sku_id": "S", "quantity": quantity}
            | {"received_quantity": -3, "ordered_at": PAID_AT, "line_no": line_no}
            for line_no, quantity in ((1, 0), (2, -3))
        ],
        "marketing/web_events": [
            {"event_id": "browse", "platform": "own_shop", "kind": "浏览", "occurred_at": PAID_AT}
        ],
    }


CASES = (
    scans_in_the_carriers_words,
    refused_at_the_door,
    taken_back_after_the_balance,
    stock_of_other_days,
    a_shop_of_two_currencies,
    numbers_out_of_their_scale,
)
