"""The page of the layouts: which files of which platforms are known, and what they bring."""

from ingest.exports.layouts import Layout, layouts

KINDS = {
    "orders": "orders",
    "after_sales": "refunds",
    "money": "money",
    "ads": "advertising",
    "parcels": "parcels and costs",
    "stock": "stock",
    "accounts": "customers",
}
TRUST = {
    "rows": "files with rows",
    "headers": "lists of headers that are tested against uploads",
    "parser": "the names that a reader of such files uses",
}
# What an order file may tell beside its number: roles, any of which tells it.
FACTS = {
    "status": ("order_status",),
    "paid at": ("paid_at",),
    "items": ("sku_id", "product_id"),
    "unit price": ("unit_price", "line_gross_amount"),
    "seller's discount": ("order_seller_discount", "line_seller_discount"),
    "platform's discount": ("order_platform_discount", "line_platform_discount"),
    "freight": ("order_freight_amount", "line_freight_amount"),
    "buyer": ("account_id", "buyer_email", "buyer_phone"),
    "refunded": ("order_refunded_amount", "line_refunded_amount"),
    "parcel": ("tracking_no",),
}


def layouts_page(header: str) -> str:
    """Tables of platforms by kind of file, of what orders tell, and of every layout."""
    found = sorted(layouts().values(), key=lambda one: (one.platform, one.kind, one.name))
    platforms = sorted({layout.platform for layout in found})
    lines = ["# Files of platforms that are known", "", header, ""]
    lines += [
        f"{len(found)} layouts of {len(platforms)} platforms. [exports](exports.md) says how they",
        "are read. A number counts the layouts; what none of a platform's files has is null.",
        "",
        "| platform | " + " | ".join(KINDS.values()) + " |",
        "|---|" + "---|" * len(KINDS),
    ]
    for platform in platforms:
        counts = [
            sum(layout.platform == platform and layout.kind == kind for layout in found)
            for kind in KINDS
        ]
        lines.append(f"| {platform} | " + " | ".join(str(count or "") for count in counts) + " |")
    lines += ["", "## What order files tell", ""]
    lines += ["| layout | " + " | ".join(FACTS) + " |", "|---|" + "---|" * len(FACTS)]
    for layout in found:
        if layout.kind == "orders":
            cells = (
                "●" if any(role in layout.columns for role in roles) else ""
                for roles in FACTS.values()
            )
            lines.append(f"| {layout.name} | " + " | ".join(cells) + " |")
    lines += ["", "## Every layout", ""]
    told = "; ".join(f"*{name}*: {what}" for name, what in TRUST.items())
    lines += [f"How each is known: {told}.", ""]
    lines += [
        "| layout | kind | known by | amounts | proofs | what it is |",
        "|---|---|---|---|---|---|",
    ]
    lines += [_row(layout) for layout in found]
    return "\n".join(lines).rstrip() + "\n"


def _row(layout: Layout) -> str:
    amount = next(iter(layout.amount), "").replace("_", " ")
    proofs = list(layout.proofs)
    title = layout.title.replace("|", "\\|")
    link = f"[`{layout.name}`](../ingest/layouts/{layout.name}.yml)"
    return f"| {link} | {layout.kind} | {layout.trust} | {amount} | {', '.join(proofs)} | {title} |"
