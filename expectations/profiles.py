"""The measured columns of a raw table: times, categories and amounts.

`config.meta.measured` beside the table's columns (`models/staging/<source>/`) declares them; the
defaults follow from the declared names and types. The gates of these measures are in `gates.py`.
"""

from dataclasses import dataclass

from ingest.declarations import Table
from ingest.errors import LandingError

# Other text is compared only if declared: free text is new every day.
CODES = ("platform", "status", "kind", "channel", "currency")
# The time of the last change shows best which day a row belongs to.
CHANGED = "updated_at"
DELETED = "is_deleted"
TIME_TYPES = ("timestamp", "date")


@dataclass(frozen=True)
class Profile:
    """The measured columns of one raw table.

    `times`: when a row happened or changed; the first filled column counts.
    `categories`: columns of few values, whose shares are compared with the days before.
    `amounts`: numbers whose median is compared with the days before.
    `replaced_by`: what a later file must bring again to replace a row; default: the declared key.
    `is_planned`: rows are planned by day, so the days before are no reference.
    """

    times: tuple[str, ...]
    categories: tuple[str, ...]
    amounts: tuple[str, ...]
    replaced_by: tuple[str, ...]
    is_planned: bool = False


def profile_of(table: Table) -> Profile:
    """The measured columns of a declared table.

    Raises LandingError when the declaration names something that cannot be measured.
    """
    said = table.measured
    allowed = ("times", "categories", "amounts", "replaced_by", "is_planned")
    for name in said:
        if name not in allowed:
            raise LandingError(
                f"{_where(table)}: measured knows no {name!r}; it takes {', '.join(allowed)}"
            )
    return Profile(
        times=_named(table, "times", TIME_TYPES) or _usual_times(table),
        categories=_said(table, "categories", ("varchar", "boolean"), _usual_categories(table)),
        amounts=_said(table, "amounts", ("integer", "bigint", "double", "decimal"), _money(table)),
        replaced_by=_named(table, "replaced_by", None) or table.key,
        is_planned=bool(said.get("is_planned", False)),
    )


def _said(
    table: Table, what: str, types: tuple[str, ...], otherwise: tuple[str, ...]
) -> tuple[str, ...]:
    return _named(table, what, types) if what in table.measured else otherwise


def _named(table: Table, what: str, types: tuple[str, ...] | None) -> tuple[str, ...]:
    """The declared columns; each must exist and have a measurable type."""
    named = tuple(table.measured.get(what) or ())
    declared = {column.name: column.data_type.split("(")[0] for column in table.columns}
    for name in named:
        if name not in declared and not (types is None and name.startswith("_source_")):
            raise LandingError(
                f"{_where(table)}: measured.{what} names {name}, which is not one of its columns"
            )
        if types and declared[name] not in types:
            raise LandingError(
                f"{_where(table)}: measured.{what} names {name}, which is {declared[name]};"
                f" it can be {', '.join(types)}"
            )
    return named


def _usual_times(table: Table) -> tuple[str, ...]:
    """The time of the last change, else the first timestamp, else the first date."""
    if "times" in table.measured:
        return ()
    typed = {column.name: column.data_type for column in table.columns}
    if CHANGED in typed:
        return (CHANGED,)
    for data_type in TIME_TYPES:
        for name, declared in typed.items():
            if declared == data_type:
                return (name,)
    return ()


def _usual_categories(table: Table) -> tuple[str, ...]:
    """Flags, and text columns whose name means codes."""
    return tuple(
        column.name
        for column in table.columns
        if column.name not in table.key
        and (
            (column.data_type == "boolean" and column.name != DELETED)
            or (column.data_type == "varchar" and column.name.endswith(CODES))
        )
    )


def _money(table: Table) -> tuple[str, ...]:
    """Decimals: a whole number may be any kind of number."""
    return tuple(column.name for column in table.columns if column.decimal_size)


def _where(table: Table) -> str:
    return f"{table.declared_in}: {table.name}"
