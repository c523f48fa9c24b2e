"""What is measured of every raw table: when its rows happened, which columns sort them, which cost.

One line per table. The columns themselves are declared in `models/staging/<source>/`; the gates
that read these measures stand in `gates.py`.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Profile:
    """What is measured of one raw table.

    `times`: columns that say when a row happened or changed, the first that is filled counts.
    `categories`: columns of few values, whose shares are compared with the days before.
    `amounts`: numbers whose median is compared with the days before.
    `replaced_by`: what a later file must bring again to replace a row; default: the declared key.
    `is_planned`: a day holds what somebody planned for it, so the days before tell nothing.
    """

    times: tuple[str, ...] = ("updated_at",)
    categories: tuple[str, ...] = ()
    amounts: tuple[str, ...] = ()
    replaced_by: tuple[str, ...] = ()
    is_planned: bool = False


def _changes(
    *times: str,
    categories: tuple[str, ...] = (),
    amounts: tuple[str, ...] = (),
    replaced_by: tuple[str, ...] = (),
    is_planned: bool = False,
) -> Profile:
    """A table whose rows come again when they change."""
    return Profile(("updated_at", *times), categories, amounts, replaced_by, is_planned)


PROFILES: dict[str, Profile] = {
    # oms
    "shops": _changes(),
    "accounts": _changes("registered_at", categories=("platform", "gender")),
    "products": _changes(categories=("status",), amounts=("list_price", "unit_cost")),
    "orders": _changes(
        "created_at",
        categories=("platform", "status", "order_type", "currency"),
        amounts=("payable_amount",),
    ),
    "order_lines": _changes(
        categories=("platform",),
        amounts=("unit_price", "quantity"),
        replaced_by=("platform", "shop_id", "order_id"),
    ),
    "payments": _changes(
        "paid_at", categories=("platform", "method", "status", "stage"), amounts=("amount",)
    ),
    "refunds": _changes(
        "completed_at",
        "applied_at",
        categories=("platform", "kind", "stage", "status"),
        amounts=("amount",),
    ),
    "settlements": _changes(
        "settled_at", categories=("platform", "kind", "currency"), amounts=("amount",)
    ),
    "listings": _changes(categories=("platform",), amounts=("price",)),
    "point_movements": _changes(
        "occurred_at", categories=("platform", "reason"), amounts=("points",)
    ),
    "member_levels": _changes("valid_from", categories=("platform", "level")),
    # wms
    "warehouses": _changes(),
    "suppliers": _changes(),
    "shipments": _changes(
        "delivered_at",
        "shipped_at",
        categories=("platform", "warehouse_id", "carrier", "direction", "status"),
        amounts=("freight_cost", "weight"),
    ),
    "shipment_lines": _changes(amounts=("quantity",)),
    "parcel_scans": _changes("scanned_at", categories=("scan_code",)),
    "purchase_orders": _changes(
        "received_at",
        "ordered_at",
        categories=("warehouse_id", "status"),
        amounts=("quantity", "unit_cost"),
    ),
    "stock_movements": _changes(
        "moved_at", categories=("warehouse_id", "kind"), amounts=("quantity", "unit_cost")
    ),
    "stock_counts": _changes("counted_on", categories=("warehouse_id",), amounts=("on_hand",)),
    # helpdesk
    "tickets": _changes("closed_at", "opened_at", categories=("platform", "channel", "priority")),
    "ticket_messages": _changes("sent_at", categories=("sender",)),
    "reviews": _changes("created_at", categories=("platform",), amounts=("rating",)),
    "agent_shifts": _changes("starts_at", categories=("group_id",)),
    # marketing
    "campaigns": _changes(categories=("kind", "channel")),
    "web_events": _changes("occurred_at", categories=("platform", "kind", "device")),
    "ad_spend": _changes(
        "spend_on", categories=("platform", "channel", "currency"), amounts=("cost", "clicks")
    ),
    "live_sessions": _changes("starts_at", categories=("platform",), amounts=("viewers",)),
    "partners": _changes(),
    "market_listings": _changes(
        "observed_on", categories=("platform", "category"), amounts=("price", "sales_count")
    ),
    "coupons": _changes(
        "used_at",
        "issued_at",
        categories=("platform", "funded_by", "currency"),
        amounts=("face_value",),
    ),
    "outreach": _changes("sent_at", is_planned=True),
    "experiments": _changes(),
    "assignments": _changes("assigned_at", is_planned=True),
    # olist
    "olist_orders": Profile(("order_purchase_timestamp",), ("order_status",)),
    "olist_order_items": Profile(("shipping_limit_date",), (), ("price", "freight_value")),
    "olist_order_payments": Profile((), ("payment_type",), ("payment_value",)),
    "olist_order_reviews": Profile(("review_creation_date",), (), ("review_score",)),
    "olist_customers": Profile((), ("customer_state",)),
    "olist_products": Profile((), (), ("product_weight_g",)),
    "olist_sellers": Profile((), ("seller_state",)),
    "olist_category_names": Profile(()),
    "olist_geolocation": Profile((), ("geolocation_state",)),
    # online_retail
    "online_retail_invoices": Profile(("invoice_date",), ("country",), ("unit_price", "quantity")),
    # tmall
    "tmall_order_report": Profile(("created_at",), ("receiver_province",), ("total_amount",)),
    "tmall_listings": Profile(("observed_on",), ("shop_name",), ("price", "sales_count")),
}
