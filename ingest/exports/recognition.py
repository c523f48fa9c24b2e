"""Which layout a file has: found by its header, never by its name."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches
from functools import cache, lru_cache

from ingest.errors import FileRefused
from ingest.exports.layouts import PATTERN, Layout, fold, layouts, tables

SEARCHED_ROWS = 40
SHOWN_NAMES = 12
# Fewer known names in a row are no sign of a header.
LEAST_NAMES = 2
SIMILAR = 0.6
CACHED_ROWS = 10_000
# Beside amounts, what decides which money counts.
TELLING_ROLES = ("order_status", "refund_status", "paid_at", "quantity")
REFUNDED_ROLES = ("order_refunded_amount", "line_refunded_amount")
# As near as 订单金额 is to 订单应付金额.
NEAR = 0.8


@dataclass(frozen=True)
class Header:
    """A header in a file: its layout, its place (from 0), and its names as written."""

    layout: Layout
    row: int
    names: tuple[str, ...]

    def position(self, *written: str) -> int | None:
        """Where the first of these names stands; a doubled name counts at its first place."""
        return position(self.names, self.layout.spelled(written))

    def positions(self, *written: str) -> list[int]:
        """Where all columns with these names stand."""
        return list(_places(self.names, self.layout.spelled(written)))


@dataclass
class Difference:
    """How a header differs from the nearest layout: names missing, new, and renamed."""

    layout: Layout
    row: int
    missing: list[str] = field(default_factory=list)
    new: list[str] = field(default_factory=list)
    renamed: dict[str, str] = field(default_factory=dict)

    def told(self) -> str:
        """The difference in words."""
        said = []
        if self.renamed:
            pairs = ", ".join(f"{old} is perhaps {new}" for old, new in self.renamed.items())
            said.append(f"renamed: {pairs}")
        lost = [name for name in self.missing if name not in self.renamed]
        if lost:
            said.append(f"missing: {_list(lost)}")
        added = [name for name in self.new if name not in self.renamed.values()]
        if added:
            said.append(f"new: {_list(added)}")
        return "; ".join(said)


def renames(header: Header) -> Difference:
    """Columns that a layout reads and a file lacks, where an unknown one has nearly their name."""
    layout = header.layout
    groups = [*layout.columns.values(), *((name,) for name in layout.further_names)]
    read = {place for group in groups for place in header.positions(*group)}
    new = {
        fold(name): name
        for place, name in enumerate(header.names)
        if name and place not in read and fold(name) not in layout.known
    }
    found = Difference(layout, header.row, new=list(new.values()))
    for group in groups if new else ():
        written = [name for name in layout.spelled(group) if not name.startswith(PATTERN)]
        if header.position(*group) is not None or len(written) != len(layout.spelled(group)):
            continue
        close = [one for name in written for one in get_close_matches(fold(name), new, 1, NEAR)]
        if close:
            # By the name as the layout has it: a vintage adds to that.
            found.renamed[group[-1]] = new.pop(close[0])
    return found


def told_renames(header: Header) -> list[str]:
    """A warning for each column that seems renamed."""
    return [
        f"the column {new} is not read; if it is {old} under another name, change it back, or run"
        " `python -m ingest layout learn FILE` and review what it writes"
        for old, new in renames(header).renamed.items()
    ]


def told_lacks(header: Header) -> list[str]:
    """Columns of amounts, times of payment and statuses that a layout reads and a file lacks."""
    layout = header.layout
    types = {column.name: column.data_type for column in tables()[layout.table].columns}
    groups = {
        role: names
        for role, names in layout.columns.items()
        if types[role].startswith("decimal") or role in TELLING_ROLES
    }
    if "total" not in layout.amount.get("parts", {}):
        groups |= {name: (name,) for name in layout.parts}
    missing = {
        role: layout.spelled(names)[0].removeprefix(PATTERN)
        for role, names in groups.items()
        if header.position(*names) is None
    }
    lost = [name for role, name in missing.items() if role not in layout.sometimes]
    if lost:
        return [
            f"columns that {layout.name} reads are missing: {_list(lost)}; what they tell stays"
            " unknown. Export the file with all columns"
        ]
    # Whole files may lack it, but money back that no file tells leaves revenue too high.
    refunded = [name for role, name in missing.items() if role in REFUNDED_ROLES]
    if refunded:
        return [
            f"the file has no column {_list(refunded)}: what went back of its orders is known only"
            " where another file tells it"
        ]
    return []


def position(names: Sequence[str], written: Iterable[str]) -> int | None:
    """Where the first of the written header names stands in `names`."""
    return next(_places(names, written), None)


def _places(names: Sequence[str], written: Iterable[str]) -> Iterator[int]:
    folded = _folded_row(tuple(names))
    for name in written:
        if name.startswith(PATTERN):
            pattern = re.compile(name.removeprefix(PATTERN))
            yield from (place for place, one in enumerate(folded) if pattern.fullmatch(one))
        elif fold(name) in folded:
            yield folded.index(fold(name))


def recognise(rows: Sequence[Sequence[str | None]]) -> Header:
    """The header among the first rows of a table, with its layout.

    Raises FileRefused with the nearest layout when none fits, and when several fit equally.
    """
    best: list[tuple[tuple[int, int], int, Layout]] = []
    for number, row in enumerate(rows[:SEARCHED_ROWS]):
        names = tuple(cell or "" for cell in row)
        for layout in _fitting(names):
            known = layout.known
            held = sum(1 for name in set(_folded_row(names)) if name in known)
            best.append(((held, -(len(known) - held)), number, layout))
        if best:
            break
    if not best:
        raise FileRefused(_unknown(rows))
    top = max(rank for rank, _, _ in best)
    chosen = [(number, layout) for rank, number, layout in best if rank == top]
    if len(chosen) > 1:
        named = " and ".join(layout.name for _, layout in chosen)
        raise FileRefused(f"row {chosen[0][0] + 1} is the header of {named} alike; report this")
    number, layout = chosen[0]
    return Header(layout, number, tuple((cell or "").strip() for cell in rows[number]))


def nearest(rows: Sequence[Sequence[str | None]]) -> Difference | None:
    """The layout that shares most header names with a row, and how they differ."""
    best: tuple[float, int, int, Layout] | None = None
    for number, row in enumerate(rows[:SEARCHED_ROWS]):
        folded = {name for name in _folded_row(tuple(cell or "" for cell in row)) if name}
        for layout in layouts().values():
            held = len(folded & layout.known)
            if held < LEAST_NAMES:
                continue
            # A short row of few words is within many layouts; a long one within few.
            share = held / max(1, len(folded))
            rank = (round(share * held, 6), held, -number, layout)
            if best is None or rank[:3] > best[:3]:
                best = rank
    if best is None:
        return None
    _, _, negative_row, layout = best
    row = -negative_row
    return _difference(layout, row, [cell or "" for cell in rows[row]])


def _difference(layout: Layout, row: int, names: list[str]) -> Difference:
    known = layout.known
    found = Difference(layout, row)
    found.new = [name.strip() for name in names if name.strip() and fold(name) not in known]
    for group in layout.needed:
        if position(names, group) is None:
            found.missing.append(group[-1])
    new = {fold(name): name for name in found.new}
    for name in found.missing:
        close = get_close_matches(fold(name), new, 1, SIMILAR)
        if close:
            found.renamed[name] = new.pop(close[0])
    return found


def _unknown(rows: Sequence[Sequence[str | None]]) -> str:
    difference = nearest(rows)
    if difference is None:
        first = next(([c for c in row if c] for row in rows if any(row)), [])
        return (
            "no row of the first 40 is the header of a known export; the first row with values has:"
            f" {_list(first) or 'nothing'}. If a platform writes such files, describe them in"
            " ingest/layouts/ (docs/exports.md)"
        )
    layout = difference.layout
    return (
        f"row {difference.row + 1} is no known header; the nearest layout is {layout.name}"
        f" ({layout.title}): {difference.told()}. If the platform changed its file, run"
        " `python -m ingest layout learn FILE` and review what it writes; if somebody edited the"
        " header, export the file again"
    )


# Files of one layout have the same header, and are many.
@lru_cache(CACHED_ROWS)
def _fitting(names: tuple[str, ...]) -> tuple[Layout, ...]:
    """The layouts whose needed names are all in a row."""
    folded = set(_folded_row(names))
    maybe = {name for one in folded for name in _layouts_by_name().get(one, ())}
    found = []
    for name in sorted(maybe):
        layout = layouts()[name]
        if any(fold(one) in folded for one in layout.absent):
            continue
        if all(position(names, group) is not None for group in layout.needed):
            found.append(layout)
    return tuple(found)


@cache
def _layouts_by_name() -> dict[str, set[str]]:
    """Folded header name: the layouts that know it."""
    found: dict[str, set[str]] = {}
    for layout in layouts().values():
        for name in layout.known:
            found.setdefault(name, set()).add(layout.name)
    return found


@lru_cache(CACHED_ROWS)
def _folded_row(names: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(map(fold, names))


def _list(names: Sequence[str]) -> str:
    more = f" and {len(names) - SHOWN_NAMES} more" if len(names) > SHOWN_NAMES else ""
    return ", ".join(name.strip() for name in names[:SHOWN_NAMES]) + more
