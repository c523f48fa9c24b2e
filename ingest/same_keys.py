"""Conflicting rows: rows of one key that differ and have no known order.

Staging takes the last of them, which is a guess. So landing counts them, warns with an example, and
refuses a file with too many. Rows with an `updated_at` are ordered by it and then by row, because a
log writes two states in one second. Parts of a key with an equal `updated_at` are not ordered. A
table whose rows may be parts of one key declares the columns of a part (`parts`, `values`), or that
every row counts (`parts: all`).
"""

from dataclasses import dataclass

import duckdb

from ingest.conversion import quoted
from ingest.declarations import Table

# Staging lower-cases these before it compares them.
ANY_CASE = ("platform", "channel", "scan_code", "stage", "kind")
ALL_ROWS = ("all",)
VERSION = ("updated_at", "updated_at_offset_minutes")
WHAT_TO_SEND = "Send an updated_at that tells them apart, or one row a key"
SHOWN_COLUMNS = 3
SHOWN_CHARACTERS = 40


@dataclass(frozen=True)
class SameKeys:
    """How many rows of a file conflict with an earlier row of their key, and the first of these.

    `line` and `other_line` are the lines of the first pair, the other one in `other_file_no`.
    """

    rows: int
    line: int
    other_line: int
    other_file_no: int
    key: str
    differing: str


def find_same_keys(
    con: duckdb.DuckDBPyConnection, table: Table, deliveries: dict[int, str]
) -> dict[int, SameKeys]:
    """The conflicting rows in scratch.typed, by file number.

    `deliveries` gives the delivery of each file: rows of two files are compared if it is the same.
    """
    names = [column.name for column in table.columns]
    # A key of file and line is never shared.
    if not table.key or not set(table.key) <= set(names):
        return {}
    numbers = {delivery: place for place, delivery in enumerate(sorted(set(deliveries.values())))}
    files = ", ".join(f"({file}, {numbers[delivery]})" for file, delivery in deliveries.items())
    rows = f"scratch.typed join (values {files}) as files (_file_no, delivery) using (_file_no)"
    found = {}
    if whole := _whole_key(table):
        parts = [name for name in (*table.key, *table.parts) if name not in (*whole, *ALL_ROWS)]
        found = _replaced(con, _Rows(names, whole, rows, True), parts)
    if table.parts != ALL_ROWS:
        key = (*table.key, *table.parts, *table.values)
        found |= _contradicting(con, _Rows(names, key, rows, bool(table.parts or table.values)))
    return found


def _whole_key(table: Table) -> tuple[str, ...]:
    """The key that a later file replaces with all of its parts; () if rows have no parts."""
    if whole := table.measured.get("replaced_by"):
        return tuple(whole)
    if table.parts or table.values:
        return (*table.key, *(name for name in ("platform", "shop_id") if name in table.parts))
    return ()


@dataclass(frozen=True)
class _Rows:
    """Rows of these files without an order: their columns, the key columns, SQL, and whether
    several rows of a key may be its parts."""

    names: list[str]
    of_key: tuple[str, ...]
    source: str
    are_parts: bool

    @property
    def key(self) -> list[str]:
        return [name for name in self.names if name in self.of_key]

    @property
    def others(self) -> list[str]:
        """The columns in which rows of one key may differ."""
        no_value = (*self.key, *VERSION, "is_deleted")
        return [name for name in self.names if name not in no_value]

    def find_shared(self, con: duckdb.DuckDBPyConnection, condition: str) -> str:
        """A query of the rows with shared keys; most keys are not shared, and cost little."""
        is_meant = "_problem is null"
        if "updated_at" in self.names and not self.are_parts:
            is_meant += " and updated_at is null"
        if "is_deleted" in self.names:
            is_meant += " and not coalesce(is_deleted, false)"
        stamp = list(VERSION) if "updated_at" in self.names else []
        key_hash = f"hash(delivery, {_compared(self.key + stamp)})"
        con.execute(f"""
            create or replace temp table shared_keys as
            select {key_hash} as key_hash
            from {self.source}
            where {is_meant}
            group by key_hash
            having {condition}
        """)
        return f"""
            select
                _file_no, _line_number, {key_hash} as key_hash,
                hash({", ".join(map(quoted, self.others))}) as row_hash
            from {self.source}
            where {is_meant} and key_hash in (from shared_keys)
        """

    def told(self, con: duckdb.DuckDBPyConnection, query: str) -> dict[int, SameKeys]:
        """The result of a query: file, number of rows, line, the other line and its file."""
        return {
            file_no: SameKeys(
                rows,
                line,
                other_line,
                other_file_no,
                *_shown(con, self.key, self.others, (file_no, line), (other_file_no, other_line)),
            )
            for file_no, rows, line, other_line, other_file_no in con.execute(query).fetchall()
        }


def _contradicting(con: duckdb.DuckDBPyConnection, rows: _Rows) -> dict[int, SameKeys]:
    """Rows that differ from an earlier row of their key."""
    if not rows.others:
        return {}
    shared = rows.find_shared(con, "count(*) > 1")
    return rows.told(
        con,
        f"""
        with placed as (
            select
                *,
                lag(row_hash) over same_key as other_hash,
                lag(_line_number) over same_key as other_line,
                lag(_file_no) over same_key as other_file_no
            from ({shared})
            window same_key as (partition by key_hash order by _file_no, _line_number)
        )
        select
            _file_no, count(*), min(_line_number), arg_min(other_line, _line_number),
            arg_min(other_file_no, _line_number)
        from placed
        where row_hash <> other_hash
        group by _file_no
        """,
    )


def _replaced(con: duckdb.DuckDBPyConnection, rows: _Rows, parts: list[str]) -> dict[int, SameKeys]:
    """Rows missing from the last file with their key, if that file has one of their parts.

    Files without a common part are a split list, in which all rows count.
    """
    part = f"hash({_compared(parts) or 0})"
    shared = rows.find_shared(
        con,
        "min(_file_no) < max(_file_no)"
        f" and count(distinct {part}) < count(distinct hash(_file_no, {part}))",
    )
    return rows.told(
        con,
        f"""
        with placed as (
            select
                *,
                max(_file_no) over (partition by key_hash) as last_file_no,
                max(_file_no) over (partition by key_hash, row_hash) as last_file_with_it
            from ({shared})
        ),
        replaced as (
            select
                *,
                min(case when _file_no = last_file_no then _line_number end)
                    over (partition by key_hash) as line
            from placed
        )
        select
            last_file_no, count(*), min(line), arg_min(_line_number, (line, _file_no)),
            arg_min(_file_no, (line, _file_no))
        from replaced
        where last_file_with_it < last_file_no
        group by last_file_no
        """,
    )


def _compared(names: list[str]) -> str:
    """These columns as SQL, as staging compares them."""
    return ", ".join(
        f"lower({quoted(name)})" if name in ANY_CASE else quoted(name) for name in names
    )


def _shown(
    con: duckdb.DuckDBPyConnection,
    key: list[str],
    others: list[str],
    first: tuple[int, int],
    second: tuple[int, int],
) -> tuple[str, str]:
    """The key of a pair of rows, and the columns in which they differ."""
    listed = ", ".join(f"cast({quoted(name)} as varchar)" for name in key + others)
    query = f"select {listed} from scratch.typed where _file_no = ? and _line_number = ?"
    one, other = (con.execute(query, place).fetchone() for place in (first, second))
    shown = ", ".join(
        f"{name} {(value or '(empty)')[:SHOWN_CHARACTERS]}"
        for name, value in zip(key, one[: len(key)], strict=True)
    )
    differing = [
        name
        for name, *values in zip(others, one[len(key) :], other[len(key) :], strict=True)
        if values[0] != values[1]
    ]
    more = f" and {len(differing) - SHOWN_COLUMNS} more" if len(differing) > SHOWN_COLUMNS else ""
    return shown, ", ".join(differing[:SHOWN_COLUMNS]) + more
