"""Writes what a step of a history sends into the landing folder."""

from functools import cache
from pathlib import Path

import duckdb
from histories import Event, Step
from places import EMPTIED, LOOK_UPS, LOOKED_UP_BY, MOVES, SHIFTS, UNKNOWN, WHOLES

from ingest.declarations import Table, load_sources

# A row under a new key happens at another time, too.
HAPPENED = ("occurred_at", "moved_at", "created_at", "paid_at")


class Sender:
    """Sends rows again that the raw tables of a working file hold."""

    def __init__(self, landing: Path, held_back: Path, sources: str) -> None:
        self.landing = landing
        self.held_back = held_back
        self.sources = sources
        self.sent = 0

    def send(self, step: Step, file: Path) -> None:
        """Write late files and events; rows are picked from the working file as it stands."""
        for pick in step.late_files:
            self._send_late_file(pick)
        with duckdb.connect(str(file), read_only=True) as con:
            for event in step.events:
                self._send_again(con, event, step.look_ups)

    def _send_late_file(self, pick: int) -> None:
        waiting = sorted(path for path in self.held_back.rglob("*") if path.is_file())
        if waiting:
            path = waiting[pick % len(waiting)]
            target = self.landing / path.relative_to(self.held_back)
            target.parent.mkdir(parents=True, exist_ok=True)
            path.rename(target)

    def _send_again(self, con: duckdb.DuckDBPyConnection, event: Event, look_ups: bool) -> None:
        self.sent += 1
        table, columns = self._place(con, event, look_ups)
        count = _count(con, table)
        if not count:
            return
        query = getattr(self, f"_{event.kind}")(table, columns, count, event)
        target = self._target(con, table, count, event)
        target.parent.mkdir(parents=True, exist_ok=True)
        con.execute(f"copy ({query}) to '{target}' (header)")

    def _place(self, con, event: Event, look_ups: bool) -> tuple[Table, tuple[str, ...]]:
        """Table and columns of the event."""
        tables = _tables(self.sources)
        places = {
            "move": MOVES,
            "empty": EMPTIED,
            "shift": SHIFTS,
            "new": UNKNOWN,
            "shorten": WHOLES,
        }
        if event.kind in places:
            found = places[event.kind]
        else:
            filled = [table for table in tables.values() if _count(con, table)]
            found = [(table.name, (column,)) for table in filled for column in _columns(table)]
        if not look_ups:
            is_asked = event.kind in ("change", "new")
            found = [
                (name, columns)
                for name, columns in found
                if name not in LOOK_UPS and not (is_asked and columns[0] in LOOKED_UP_BY)
            ]
        name, columns = found[event.place % len(found)]
        return tables[name], columns

    def _target(self, con, table: Table, count: int, event: Event) -> Path:
        if event.kind == "same_name":
            (name,) = con.execute(
                f"select _source_file from {_row(table, event.row % count)}"
            ).fetchone()
            if name.endswith(".csv"):
                return self.landing / name
        return self.landing / table.source / table.stem / f"sent-again-{self.sent:06}.csv"

    def _replay(self, table: Table, columns, count: int, event: Event) -> str:
        return f"select {_sent(table, {})} from {_row(table, event.row % count)} as picked"

    def _change(self, table: Table, columns: tuple[str, ...], count: int, event: Event) -> str:
        values = {column: f"donor.{column}" for column in columns}
        return (
            f"select {_sent(table, _dated(table, event) | values)}"
            f" from {_row(table, event.row % count)} as picked,"
            f" {_row(table, event.donor % count)} as donor"
        )

    _move = _change

    def _shift(self, table: Table, columns: tuple[str, ...], count: int, event: Event) -> str:
        return self._with(table, event, count, _dated(table, event) | _moved(columns, event))

    def _empty(self, table: Table, columns: tuple[str, ...], count: int, event: Event) -> str:
        return self._with(
            table, event, count, _dated(table, event) | dict.fromkeys(columns, "null")
        )

    def _new(self, table: Table, columns: tuple[str, ...], count: int, event: Event) -> str:
        happened = tuple(column for column in _columns(table) if column in HAPPENED)
        unknown = {
            column: f"'139{self.sent:08}'" if column == "phone" else f"'new {self.sent}'"
            for column in columns
        }
        return self._with(table, event, count, _moved(happened, event) | unknown)

    def _delete(self, table: Table, columns, count: int, event: Event) -> str:
        return self._with(table, event, count, _dated(table, event) | {"is_deleted": "true"})

    def _return(self, table: Table, columns, count: int, event: Event) -> str:
        key = " and ".join(f"one.{name} is not distinct from first.{name}" for name in table.key)
        latest = f"(select max(updated_at) + interval 1 hour from {_raw(table)})"
        return (
            f"select {_sent(table, {'updated_at': latest})} from ("
            f"select first.* from {_raw(table)} as first"
            f" inner join {_row(table, event.row % count)} as one on {key}"
            " order by first._batch_id, first._source_row limit 1) as picked"
        )

    def _shorten(self, table: Table, columns: tuple[str, ...], count: int, event: Event) -> str:
        whole = " and ".join(
            f"picked.{name} is not distinct from one.{name}" for name in (*columns, "_batch_id")
        )
        return (
            f"select {_sent(table, _dated(table, event))} from {_raw(table)} as picked"
            f" inner join {_row(table, event.row % count)} as one on {whole}"
            " and picked.line_no <> one.line_no"
        )

    def _same_name(self, table: Table, columns, count: int, event: Event) -> str:
        return (
            f"select {_sent(table, {})} from {_raw(table)} as picked"
            f" inner join {_row(table, event.row % count)} as one"
            " on picked._batch_id = one._batch_id and picked._source_row <> one._source_row"
        )

    def _with(self, table: Table, event: Event, count: int, values: dict[str, str]) -> str:
        return f"select {_sent(table, values)} from {_row(table, event.row % count)} as picked"


@cache
def _tables(sources: str) -> dict[str, Table]:
    return {
        table.name: table for source in load_sources(sources.split(",")) for table in source.tables
    }


def _columns(table: Table) -> list[str]:
    return [column.name for column in table.columns]


def _raw(table: Table) -> str:
    return f'raw."{table.raw_name}"'


def _count(con: duckdb.DuckDBPyConnection, table: Table) -> int:
    return con.execute(f"select count(*) from {_raw(table)}").fetchone()[0]


def _row(table: Table, place: int) -> str:
    """A query in brackets: the row at this place, in the order of landing."""
    return f"(select * from {_raw(table)} order by _batch_id, _source_row limit 1 offset {place})"


def _sent(table: Table, values: dict[str, str]) -> str:
    """The columns of a file: from `picked`, but for the given expressions."""
    return ", ".join(f"{values.get(name, f'picked.{name}')} as {name}" for name in _columns(table))


def _dated(table: Table, event: Event) -> dict[str, str]:
    """When the sender says that this version was written."""
    if event.hours is None:
        return {"updated_at": "null"}
    return {"updated_at": f"picked.updated_at + interval '{event.hours} hours'"}


def _moved(columns: tuple[str, ...], event: Event) -> dict[str, str]:
    return {name: f"picked.{name} + interval '{event.minutes} minutes'" for name in columns}
