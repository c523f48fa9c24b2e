"""The raw tables that the sample brand fills, and how each is exported."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Table:
    """One raw table; `export_<name>` in the working database holds its rows.

    key: the columns that name a row. number, moment: columns that a bad line can spoil.
    mistake: the SQL by which a row entered by mistake differs from a right one (none: no such
    rows). file_days: how many days one file covers. late, again: the shares of batches that
    arrive late or a second time.
    """

    source: str
    name: str
    key: tuple[str, ...]
    number: str = "is_deleted"
    moment: str = "updated_at"
    mistake: str = ""
    file_days: int = 1
    file_format: str = "csv"
    late: float = 0.008
    again: float = 0.003
    has_bad_lines: bool = True


def _small(source: str, name: str, key: tuple[str, ...], file_format: str = "csv") -> Table:
    """A table of a few rows: one file, and one more on each day that something changed."""
    return Table(source, name, key, file_format=file_format, late=0, again=0, has_bad_lines=False)


TABLES = (
    _small("oms", "shops", ("platform", "shop_id")),
    Table("oms", "accounts", ("platform", "shop_id", "account_id"), moment="birth_date"),
    _small("oms", "products", ("sku_id",), file_format="parquet"),
    Table("oms", "orders", ("platform", "shop_id", "order_id"), "payable_amount", "created_at"),
    Table("oms", "order_lines", ("platform", "shop_id", "order_id", "line_no"), "quantity"),
    Table(
        "oms", "payments", ("payment_id",), "amount", "paid_at", "'X' || payment_id as payment_id"
    ),
    Table(
        "oms", "refunds", ("refund_id",), "amount", "applied_at", "'X' || refund_id as refund_id"
    ),
    Table(
        "oms",
        "settlements",
        ("settlement_id",),
        "amount",
        "settled_at",
        "'X' || settlement_id as settlement_id",
        file_days=7,
    ),
    _small("oms", "listings", ("platform", "shop_id", "listing_id")),
    Table(
        "oms",
        "point_movements",
        ("movement_id",),
        "points",
        "occurred_at",
        "'X' || movement_id as movement_id",
        file_days=7,
    ),
    Table(
        "oms",
        "member_levels",
        ("platform", "shop_id", "account_id", "valid_from"),
        moment="valid_from",
        mistake="'黑卡' as level, left(updated_at, 11) || '00:00:01' as valid_from",
        file_days=7,
    ),
    _small("wms", "warehouses", ("warehouse_id",)),
    Table(
        "wms",
        "shipments",
        ("shipment_id",),
        "freight_cost",
        "shipped_at",
        "'X' || shipment_id as shipment_id",
    ),
    Table(
        "wms",
        "shipment_lines",
        ("shipment_id", "line_no"),
        "quantity",
        mistake="line_no + 90 as line_no",
    ),
    Table(
        "wms",
        "parcel_scans",
        ("tracking_no", "scanned_at", "scan_code"),
        moment="scanned_at",
        mistake="'returned' as scan_code",
    ),
    _small("wms", "suppliers", ("supplier_id",)),
    Table(
        "wms",
        "purchase_orders",
        ("purchase_order_id", "line_no"),
        "quantity",
        "ordered_at",
        "line_no + 90 as line_no",
    ),
    Table(
        "wms",
        "stock_movements",
        ("movement_id",),
        "quantity",
        "moved_at",
        "'X' || movement_id as movement_id",
    ),
    Table(
        "wms",
        "stock_counts",
        ("warehouse_id", "sku_id", "counted_on"),
        "on_hand",
        mistake="'X' || sku_id as sku_id",
    ),
    Table("helpdesk", "tickets", ("ticket_id",), "csat", "opened_at"),
    Table(
        "helpdesk",
        "ticket_messages",
        ("message_id",),
        moment="sent_at",
        mistake="'X' || message_id as message_id",
    ),
    Table(
        "helpdesk",
        "agent_shifts",
        ("agent_id", "starts_at"),
        moment="ends_at",
        mistake="'X' || agent_id as agent_id",
        file_days=7,
    ),
    Table(
        "helpdesk",
        "reviews",
        ("review_id", "platform", "shop_id", "order_id"),
        file_days=7,
        file_format="jsonl",
        has_bad_lines=False,
    ),
    _small("marketing", "campaigns", ("campaign_id",)),
    Table(
        "marketing",
        "coupons",
        ("coupon_id", "platform", "shop_id", "account_id"),
        "face_value",
        "issued_at",
        "'X' || coupon_id as coupon_id",
        file_days=7,
    ),
    Table(
        "marketing",
        "outreach",
        ("message_id",),
        "delivered",
        "sent_at",
        "'X' || message_id as message_id",
        file_days=7,
    ),
    _small("marketing", "experiments", ("experiment_id", "variant")),
    Table(
        "marketing",
        "assignments",
        ("experiment_id", "platform", "shop_id", "account_id", "assigned_at"),
        moment="assigned_at",
        mistake="'X' || experiment_id as experiment_id",
        file_days=7,
    ),
    Table(
        "marketing",
        "web_events",
        ("event_id",),
        moment="occurred_at",
        mistake="'X' || event_id as event_id",
    ),
    Table(
        "marketing",
        "ad_spend",
        ("spend_on", "platform", "shop_id", "campaign_id", "channel", "sku_id"),
        "cost",
        "spend_on",
        "'X' || channel as channel",
        file_days=7,
    ),
    Table(
        "marketing",
        "live_sessions",
        ("platform", "shop_id", "live_session_id"),
        "viewers",
        "starts_at",
        "'X' || live_session_id as live_session_id",
        file_days=7,
    ),
    _small("marketing", "partners", ("partner_id",)),
    Table(
        "marketing",
        "market_listings",
        ("platform", "shop_name", "listing_id", "observed_on"),
        "price",
        "observed_on",
        "'X' || listing_id as listing_id",
        file_days=7,
    ),
)
