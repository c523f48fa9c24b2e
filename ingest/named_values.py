"""Columns with a name from a known list: time zones and currencies.

Files have few distinct ones, so Python looks them up, once for each spelling.
"""

import unicodedata
from dataclasses import dataclass, field

import duckdb

from ingest import cleaning, currencies, time_zones
from ingest.cleaning import sql_text
from ingest.declarations import Table

# Files with other content in such a column are refused anyway; more values need no look-up.
SPELLINGS_READ = 2_000


@dataclass
class Meanings:
    """The meanings of a column's spellings, and the messages for unknown ones."""

    kind: str
    values: dict[str, str] = field(default_factory=dict)
    complaints: dict[str, str] = field(default_factory=dict)

    def value(self, text: str) -> str:
        """SQL for the name that a text means; null for an unknown one."""
        right = [name for name, value in self.values.items() if name == value]
        branches = [f"when {text} in ({', '.join(map(sql_text, right))}) then {text}"] * bool(right)
        branches += [
            f"when {text} = {sql_text(name)} then {sql_text(value)}"
            for name, value in self.values.items()
            if name != value
        ]
        return f"case {' '.join(branches)} end" if branches else "cast(null as varchar)"

    def complaint(self, text: str) -> str:
        """SQL for the end of the message about an unknown text."""
        branches = " ".join(
            f"when {text} = {sql_text(name)} then {sql_text(said)}"
            for name, said in self.complaints.items()
        )
        other = f" is no {self.kind}"
        return f"case {cleaning.spoiling_named(text)} {branches} else {sql_text(other)} end"


def meanings_in(con: duckdb.DuckDBPyConnection, table: Table, texts: str) -> dict[str, Meanings]:
    """The meanings of the values in a table of texts, by column."""
    found = {}
    for column in table.columns:
        if column.holds not in ("time_zone", "currency"):
            continue
        name = '"' + column.name + '"'
        spellings = con.execute(f"""
            select distinct
                case when {cleaning.is_clean(column, name)} then {name}
                else {cleaning.cleaned(column, name)} end as spelling
            from (select distinct {name} from {texts} where {name} is not null)
            where spelling <> '' order by 1 limit {SPELLINGS_READ}
        """).fetchall()
        meanings = found[column.name] = Meanings(
            "time zone of the IANA list" if column.holds == "time_zone" else "currency code"
        )
        if not spellings:
            continue
        known = _known_zones(con) if column.holds == "time_zone" else {}
        for (spelling,) in spellings:
            folded = unicodedata.normalize("NFKC", spelling)
            value, said = (
                time_zones.zone_of(folded, known)
                if column.holds == "time_zone"
                else currencies.currency_of(folded)
            )
            if value is None:
                meanings.complaints[spelling] = said
            else:
                meanings.values[spelling] = value
    return found


def _known_zones(con: duckdb.DuckDBPyConnection) -> dict[str, str]:
    names = con.execute("select name from pg_timezone_names()").fetchall()
    return time_zones.known_zones([name for (name,) in names])
