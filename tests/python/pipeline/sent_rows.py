"""Rows as people send them.

A row says what the case needs and no more: the other columns of its table are empty.
"""

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
