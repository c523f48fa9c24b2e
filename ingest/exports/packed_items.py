"""An order's items that stand packed in cells of its row: `name:Cup|sku:CUP|quantity:2|total:9.00`.

A row becomes the order's, and one for each item; the order's money stays on the order's row.
"""

from ingest.cleaning import sql_text
from ingest.exports.candidate import ITEMS
from ingest.exports.cells import plain, with_decimal_point
from ingest.exports.layouts import Layout

# What every row of an order has.
OF_ORDER = ("layout", "platform", "shop_id", "seller", "order_id", "currency")


def item_values(layout: Layout, values: dict[str, str], numbers: frozenset[str]) -> dict[str, str]:
    """The values of the order's row, and those that the patterns find in the texts of its items.

    `numbers` are the roles that hold numbers.
    """
    found = {
        role: value if role in OF_ORDER else f"case when item_no = 0 then {value} end"
        for role, value in values.items()
    }
    for role, pattern in layout.items["fields"].items():
        text = plain(f"regexp_extract(_items[item_no], {sql_text(pattern)}, 1)")
        text = with_decimal_point(layout, text) if role in numbers else text
        found[role] = f"case when item_no = 0 then {values.get(role, 'null')} else {text} end"
    # Their places tell items apart.
    found["sub_order_id"] = "case when item_no > 0 then format('{:02d}', item_no) end"
    found["row_kind"] = "case when item_no = 0 then 'order' else 'item' end"
    return found


def rows_of_items(layout: Layout, held: set[str]) -> str:
    """The relation `texts` with `item_no`: 0 for the order, then a number for each item."""
    cells = ", ".join(f"nullif({plain(name)}, '')" for name in ITEMS if name in held)
    # Names may hold the separator: an item begins where one of its first keys follows.
    begin = sql_text(rf"(?:;|\|\|)\s*((?:{layout.items['begin']}):)")
    joined = f"regexp_replace(concat_ws(chr(1), {cells}), {begin}, chr(1) || '\\1', 'g')"
    return f"""(
            select *, unnest(range(len(_items) + 1)) as item_no
            from (
                select
                    *, list_filter(string_split({joined}, chr(1)), lambda one: one <> '') as _items
                from scratch.texts
            )
        )"""
