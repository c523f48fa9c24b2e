"""A mart's rows for people: names beside keys, in an order that one can read.

A key of a shop or product is a hash: its name stands after it. Rows are in the order of the columns
before the first figure, which are the mart's grain, by names instead of keys.
"""

from dataclasses import dataclass

from reports.columns import Column

# Key → the table that names it, the name, and what the name's column means.
NAMES = {
    "shop_key": ("dim_shops", "shop_name", "Name of the shop; see dim_shops."),
    "product_key": ("dim_products", "product_name", "Name of the product; see dim_products."),
}
FIGURES = {"money", "rate", "count", "days", "hours", "minutes"}
# The order in which to work through a list, where the mart has one.
PLACE = "place"


@dataclass(frozen=True)
class NamedRows:
    """The columns of a mart with those of names, and the query of its rows."""

    columns: tuple[Column, ...]
    sql: str


def named_rows(schema: str, name: str, columns: tuple[Column, ...], tables: set[str]) -> NamedRows:
    """Names and order for a mart; `tables` are the published ones of the schema `subject`."""
    known = {column.name for column in columns}
    shown: list[Column] = []
    selected, joins = [], []
    sorted_by: dict[str, str] = {}
    for column in columns:
        shown.append(column)
        selected.append(f'mart."{column.name}"')
        table, named, about = NAMES.get(column.name, ("", "", ""))
        if table in tables - {name} and named not in known:
            shown.append(Column(named, "VARCHAR", about))
            selected.append(f"{table}.{named}")
            joins.append(f"left join subject.{table} on mart.{column.name} = {table}.{column.name}")
            sorted_by[column.name] = f"{table}.{named}"
    grain = []
    for column in columns:
        if column.unit in FIGURES:
            break
        # A key that no name stands for says nothing.
        if not column.name.endswith("_key") or column.name in sorted_by:
            grain.append(column.name)
    order = [PLACE, *grain] if PLACE in known else grain
    terms = [sorted_by.get(each, f'mart."{each}"') for each in order]
    # All columns settle what is left: the same rows give the same file.
    terms += [f'mart."{column.name}"' for column in columns]
    return NamedRows(
        tuple(shown),
        f'select {", ".join(selected)} from {schema}."{name}" as mart {" ".join(joins)}'
        f" order by {', '.join(dict.fromkeys(terms))}",
    )
