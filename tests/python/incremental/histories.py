"""Random histories of a brand: what its systems may send after they sent something.

A step is a list of events. Every event takes a row that a raw table holds and sends it again in a
new file, changed: the picks are plain numbers, taken modulo what there is, so that a history that
fails shrinks to few and small ones.
"""

from dataclasses import dataclass
from pathlib import Path

import duckdb
from hypothesis import strategies as st

# Columns that are written by landing.
BOOKKEEPING = ("_batch_id", "_loaded_at", "_source_file", "_source_row")


@dataclass(frozen=True)
class Event:
    """Something that is sent again.

    kind      `change`: with other values in some columns, each taken from another row; `delete`;
              `replay`: as it was; `shorten`: all parts of its whole but this one
    table     which raw table
    row       which of its rows
    columns   for a change: pairs of a column and the row whose value it takes
    hours     what is added to `updated_at`; none: the sender no longer says when
    """

    kind: str
    table: int
    row: int
    columns: tuple[tuple[int, int], ...]
    hours: int | None


@dataclass(frozen=True)
class Step:
    """What arrives between two runs: files held back so far, by their place, and events."""

    late_files: tuple[int, ...]
    events: tuple[Event, ...]


_pick = st.integers(0, 10_000)
_events = st.builds(
    Event,
    kind=st.sampled_from(["change", "change", "change", "delete", "replay", "shorten"]),
    table=_pick,
    row=_pick,
    columns=st.lists(st.tuples(_pick, _pick), min_size=1, max_size=3).map(tuple),
    hours=st.sampled_from([-48, 0, 1, 1, 24, 24, None]),
)
steps = st.builds(
    Step,
    late_files=st.lists(_pick, max_size=6).map(tuple),
    events=st.lists(_events, min_size=3, max_size=40).map(tuple),
)


class Sender:
    """Writes what a step sends into the landing folder."""

    def __init__(self, landing: Path, held_back: Path) -> None:
        self.landing = landing
        self.held_back = held_back
        self.sent = 0

    def send(self, step: Step, working_file: Path) -> None:
        """Write the step's files: rows come from the working file as it stands."""
        for pick in step.late_files:
            self._send_late_file(pick)
        with duckdb.connect(str(working_file), read_only=True) as con:
            for event in step.events:
                self._send_again(con, event)

    def send_everything_held_back(self) -> None:
        """What is late arrives in the end."""
        while self._send_late_file(0):
            pass

    def _send_late_file(self, pick: int) -> bool:
        waiting = sorted(path for path in self.held_back.rglob("*") if path.is_file())
        if not waiting:
            return False
        path = waiting[pick % len(waiting)]
        target = self.landing / path.relative_to(self.held_back)
        target.parent.mkdir(parents=True, exist_ok=True)
        path.rename(target)
        return True

    def _send_again(self, con: duckdb.DuckDBPyConnection, event: Event) -> None:
        tables = _tables_with_rows(con)
        source, table = tables[event.table % len(tables)]
        columns = _columns(con, table)
        self.sent += 1
        folder = self.landing / source / table
        folder.mkdir(parents=True, exist_ok=True)
        con.execute(
            f"copy ({_query(con, table, columns, event)})"
            f" to '{folder}/sent-again-{self.sent:06}.csv' (header)"
        )


def _tables_with_rows(con: duckdb.DuckDBPyConnection) -> list[tuple[str, str]]:
    """Source and name of the raw tables with rows: the first folder of their files' names."""
    names = con.execute(
        "select table_name from duckdb_columns() where schema_name = 'raw'"
        " and column_name = '_source_row' and table_name <> 'rejected_rows' order by table_name"
    ).fetchall()
    found = []
    for (name,) in names:
        row = con.execute(f'select min(_source_file) from raw."{name}"').fetchone()
        if row[0]:
            found.append((row[0].split("/")[0], name))
    return found


def _columns(con: duckdb.DuckDBPyConnection, table: str) -> list[str]:
    """The columns that files have: offsets are part of what a time says."""
    return [
        column
        for (column,) in con.execute(
            "select column_name from duckdb_columns() where schema_name = 'raw'"
            " and table_name = $table order by column_index",
            {"table": table},
        ).fetchall()
        if column not in BOOKKEEPING and not column.endswith("_offset_minutes")
    ]


def _query(con: duckdb.DuckDBPyConnection, table: str, columns: list[str], event: Event) -> str:
    """The rows to send: one row of the table, or its fellows, changed as the event says."""
    (count,) = con.execute(f'select count(*) from raw."{table}"').fetchone()
    numbered = (
        f"select *, row_number() over (order by _batch_id, _source_row) - 1 as place"
        f' from raw."{table}"'
    )
    values = {column: f'picked."{column}"' for column in columns}
    if event.kind == "change":
        for column_pick, donor_pick in event.columns:
            column = columns[column_pick % len(columns)]
            values[column] = (
                f'(select "{column}" from ({numbered}) where place = {donor_pick % count})'
            )
    if event.kind == "delete" and "is_deleted" in columns:
        values["is_deleted"] = "true"
    if event.kind != "replay" and "updated_at" in columns:
        values["updated_at"] = (
            "null" if event.hours is None else f"picked.updated_at + interval '{event.hours} hours'"
        )
    sent = ", ".join(f'{value} as "{column}"' for column, value in values.items())
    chosen = f"(select * from ({numbered}) where place = {event.row % count})"
    if event.kind == "shorten" and {"line_no", "order_id"} <= set(columns):
        return (
            f'select {sent} from raw."{table}" as picked inner join {chosen} as one'
            " on picked.order_id = one.order_id and picked._batch_id = one._batch_id"
            " and picked.line_no <> one.line_no"
        )
    return f"select {sent} from {chosen} as picked"
