"""A file's header: its delimiter, and which of its columns is which declared one."""

import csv
import unicodedata
from functools import lru_cache

from ingest.cleaning import INVISIBLE
from ingest.declarations import Table
from ingest.errors import FileRefused
from ingest.physical_lines import DIALECT
from ingest.probe import DELIMITERS

SHOWN_NAMES = 40
DROPPED = dict.fromkeys((ord("_"), *INVISIBLE))


@lru_cache(maxsize=10_000)
def normalise(name: str) -> str:
    """A name without case, spaces, underscores, wide and invisible forms: `ＩＤ_1 ` is `id1`."""
    folded = unicodedata.normalize("NFKC", name).casefold().translate(DROPPED)
    return "".join(folded.split())


def match_columns(table: Table, names: list[str], where: str = "") -> dict[str, int]:
    """Position in `names` of every declared column that is there; messages begin with `where`.

    Raises FileRefused when two names stand for one declared column, or when one that is required
    is missing.
    """
    positions = _positions(table, names)
    doubled = next((column for column, found in positions.items() if len(found) > 1), None)
    if doubled is not None:
        shown = " and ".join(
            f"{names[index]!r} (column {index + 1})" for index in positions[doubled]
        )
        raise FileRefused(f"{where}{shown} both stand for {doubled}; leave one of them out")
    missing = [
        column
        for column in table.columns
        if (column.required or column.required_column) and column.name not in positions
    ]
    if missing:
        raise FileRefused(where + _missing_message(table, missing, names))
    return {column: found[0] for column, found in positions.items()}


def choose_delimiter(table: Table, line: str, where: str) -> tuple[str, list[str]]:
    """The delimiter under which most declared columns are found in a header, and the names.

    A header is one line: over several, a quote that is never closed would swallow rows.
    """
    readings = []
    for delimiter in DELIMITERS:
        try:
            names = next(csv.reader([line], delimiter=delimiter, **DIALECT))
        except csv.Error:
            continue
        readings.append((len(_positions(table, names)), delimiter, names))
    if not readings:
        raise FileRefused(
            f"{where}the header cannot be read ({line.strip()[:200]!r});"
            " look for a quote that is not closed on its line"
        )
    _, delimiter, names = max(readings, key=lambda reading: reading[0])
    return delimiter, names


def _positions(table: Table, names: list[str]) -> dict[str, list[int]]:
    declared = {}
    for column in table.columns:
        for name in (column.name, *column.aliases):
            declared[normalise(name)] = column.name
    positions: dict[str, list[int]] = {}
    for index, name in enumerate(names):
        column = declared.get(normalise(name))
        if column is not None:
            positions.setdefault(column, []).append(index)
    return positions


def _missing_message(table: Table, missing, names: list[str]) -> str:
    wanted = ", ".join(
        column.name + (f" (or {', '.join(column.aliases)})" if column.aliases else "")
        for column in missing
    )
    found = ", ".join(name.strip() for name in names[:SHOWN_NAMES])
    more = f" and {len(names) - SHOWN_NAMES} more" if len(names) > SHOWN_NAMES else ""
    return (
        f"missing the required column {wanted}; the columns found are: {found}{more}."
        f" Add the column, or its name here as an alias in {table.declared_in}"
    )
