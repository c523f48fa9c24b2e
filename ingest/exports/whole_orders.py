"""Rows that tell a whole order, which rows for each of its items tell again."""

from ingest.cleaning import sql_text
from ingest.conversion import quoted
from ingest.exports.cells import bare
from ingest.exports.layouts import Layout

OF_ITEMS = ("sub_order_id", "product_id", "sku_id", "quantity", "unit_price")
ITEM_MONEY, ORDER_MONEY = "line_", "order_"


def whole_order_values(layout: Layout, values: dict[str, str]) -> dict[str, str]:
    """The values of order rows: what an item's row tells of its line, a whole row tells of all."""
    is_whole = is_whole_order(layout, "texts")
    found = {"row_kind": f"case when {is_whole} then 'order' else 'item' end"}
    for role, value in values.items():
        if role in OF_ITEMS:
            found[role] = f"case when not {is_whole} then {value} end"
        elif role.startswith(ITEM_MONEY):
            of_order = ORDER_MONEY + role.removeprefix(ITEM_MONEY)
            other = values.get(of_order, "null")
            found[of_order] = f"case when {is_whole} then {value} else {other} end"
            found[role] = f"case when not {is_whole} then {value} end"
    return found


def is_told_again(layout: Layout, held: set[str]) -> str | None:
    """SQL for whether a row of money is of an item whose whole order the file tells too."""
    if layout.kind != "money" or layout.whole_orders.get("without") not in held:
        return None
    order = "{}.order_id"
    return f"""not {is_whole_order(layout, "texts")} and {_is_of(layout, "texts")} and exists (
        select 1 from scratch.texts as whole
        where whole._file_no = texts._file_no and {is_whole_order(layout, "whole")}
            and {bare(order.format("whole"))} = {bare(order.format("texts"))}
    )"""


def is_whole_order(layout: Layout, rows: str) -> str:
    """SQL for whether a row of the relation tells a whole order."""
    without = bare(f"{rows}.{quoted(layout.whole_orders['without'])}")
    empty = ", ".join(map(sql_text, ("", *layout.empty, "--")))
    return f"({without} in ({empty}) and {_is_of(layout, rows)})"


def _is_of(layout: Layout, rows: str) -> str:
    """SQL for whether a row has an order's number and the words of such rows."""
    tests = [f"{bare(f'{rows}.order_id')} not in ('', '--')"]
    for role, words in layout.whole_orders.get("where", {}).items():
        listed = ", ".join(sql_text(word.lower()) for word in words)
        tests.append(f"lower({bare(f'{rows}.{quoted(role)}')}) in ({listed})")
    return " and ".join(tests)
