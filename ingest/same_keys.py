"""Rows of one key that differ, of which nothing says which is the later one.

Staging takes the last of them. That is a guess: such rows are counted and warned about with an
example, and a file with too many of them does not land. Rows with an `updated_at` have an order,
by it and then by row. A table whose rows may be parts of one key says which columns tell the parts
apart (`parts`), or that all of them count (`parts: all`).
"""

from dataclasses import dataclass

import duckdb

from ingest.conversion import quoted
from ingest.declarations import Table

# Staging lower-cases these before it compares them.
ANY_CASE = ("platform", "channel", "scan_code", "stage", "kind")
ALL_ROWS = ("all",)
SHOWN_COLUMNS = 3
SHOWN_CHARACTERS = 40


@dataclass(frozen=True)
class SameKeys:
    """How many rows of a file differ from one of their key before them, and the first of these.

    `line` and `other_line` are the lines of the pair, the other one in `other_file_no`.
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
    """What scratch.typed holds of such rows, by file number.

    `deliveries` gives the delivery of each file: rows of two files meet where it is the same.
    """
    names = [column.name for column in table.columns]
    # A key that names the place of a row in its file is no other row's.
    if not table.key or not set(table.key) <= set(names):
        return {}
    numbers = {delivery: place for place, delivery in enumerate(sorted(set(deliveries.values())))}
    files = ", ".join(f"({file}, {numbers[delivery]})" for file, delivery in deliveries.items())
    rows = f"scratch.typed join (values {files}) as files (_file_no, delivery) using (_file_no)"
    found = {}
    if table.parts:
        # Parts of one key come in one file: of two files that differ, the last one counts alone.
        whole = (*table.key, *(name for name in ("platform", "shop_id") if name in table.parts))
        found = _contradicting(con, names, whole, rows, "min(_file_no) < max(_file_no)")
    if table.parts != ALL_ROWS:
        parts = (*table.key, *table.parts)
        found |= _contradicting(con, names, parts, rows, "count(*) > 1")
    return found


def _contradicting(
    con: duckdb.DuckDBPyConnection,
    names: list[str],
    of_key: tuple[str, ...],
    rows: str,
    shared: str,
) -> dict[int, SameKeys]:
    """Rows that differ from one of their key before them, where `shared` holds of the key."""
    key = [name for name in names if name in of_key]
    version = ("updated_at", "updated_at_offset_minutes", "is_deleted")
    others = [name for name in names if name not in (*key, *version)]
    if not others:
        return {}
    compared = ", ".join(
        f"lower({quoted(name)})" if name in ANY_CASE else quoted(name) for name in key
    )
    is_meant = " and ".join(
        condition
        for name, condition in (
            ("updated_at", "updated_at is null"),
            ("is_deleted", "not coalesce(is_deleted, false)"),
        )
        if name in names
    )
    is_meant = f"_problem is null and {is_meant or 'true'}"
    # Keys alone first: they are few columns, and hardly any is shared.
    key_hash = f"hash(delivery, {compared})"
    con.execute(f"""
        create or replace temp table shared_keys as
        select {key_hash} as key_hash
        from {rows}
        where {is_meant}
        group by key_hash
        having {shared}
    """)
    is_of_two_files = "and _file_no <> other_file_no" if shared != "count(*) > 1" else ""
    found = con.execute(f"""
        with hashed as (
            select
                _file_no, _line_number, {key_hash} as key_hash,
                hash({", ".join(map(quoted, others))}) as row_hash
            from {rows}
            where {is_meant} and key_hash in (from shared_keys)
        ),
        placed as (
            select
                *,
                lag(row_hash) over same_key as other_hash,
                lag(_line_number) over same_key as other_line,
                lag(_file_no) over same_key as other_file_no
            from hashed
            window same_key as (partition by key_hash order by _file_no, _line_number)
        )
        select
            _file_no, count(*), min(_line_number), arg_min(other_line, _line_number),
            arg_min(other_file_no, _line_number)
        from placed
        where row_hash <> other_hash {is_of_two_files}
        group by _file_no
    """).fetchall()
    return {
        file_no: SameKeys(
            rows,
            line,
            other_line,
            other_file_no,
            *_shown(con, key, others, (file_no, line), (other_file_no, other_line)),
        )
        for file_no, rows, line, other_line, other_file_no in found
    }


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
