"""Landing and staging agree on the rows of one key."""

import itertools
import re
from collections.abc import Iterator
from pathlib import Path

import jinja2
import pytest

from ingest.declarations import Table, load_sources
from ingest.same_keys import ALL_ROWS, ANY_CASE

LOWERED = re.compile(r"\blower\((?:\w+\.)?(\w+)\)")
ANY_CASE_IN_MACRO = re.compile(r"macro match_key\(.*?if column in \[([^\]]+)\]", re.DOTALL)
# An instant's columns go together: a key that has the time may have its offset.
OFFSET = "_offset_minutes"


class Anything(jinja2.ChainableUndefined):
    """Every other macro: it takes anything and gives nothing."""

    def __call__(self, *arguments, **named):
        return self


Columns = tuple[str, ...]


def calls_of(sql: str) -> list[tuple[str, Columns, Columns, Columns]]:
    """Table, key, parts and values of each call that takes the latest rows of a raw table."""
    calls = []

    def latest_version(relation, key, touched_column=None, deleted_by=None):
        calls.append((relation, tuple(key), (), ()))
        return ""

    def latest_parts(relation, key, touched_column, parts, values=(), deleted_by=None):
        parts = (parts,) if isinstance(parts, str) else tuple(parts)
        calls.append((relation, tuple(key), parts, tuple(values)))
        return ""

    def latest_delivery(relation, key):
        calls.append((relation, tuple(key), (), ()))
        return ""

    def latest_sending(relation, key, touched_column=None):
        calls.append((relation, tuple(key), ALL_ROWS, ()))
        return ""

    def latest_whole_version(relation, whole, whole_key, part_key, columns, touched_column):
        calls.append((relation, (*whole_key, part_key), (), tuple(columns)))
        return ""

    environment = jinja2.Environment(undefined=Anything, extensions=["jinja2.ext.do"])
    environment.globals |= {
        "source": lambda source, table: f"{source}.{table}",
        "latest_version": latest_version,
        "latest_parts": latest_parts,
        "latest_delivery": latest_delivery,
        "latest_sending": latest_sending,
        "latest_whole_version": latest_whole_version,
    }
    environment.from_string(sql).render()
    return calls


def staged(project_dir: Path) -> Iterator[tuple[str, str, Columns, Columns, Columns]]:
    """Model text, table, key, parts and values of each such call in staging."""
    for path in sorted((project_dir / "models" / "staging").rglob("*.sql")):
        sql = path.read_text()
        for call in calls_of(sql):
            yield sql, *call


@pytest.fixture(scope="module")
def tables(sources) -> dict[str, Table]:
    """Declared tables by source and name."""
    return {
        f"{source.name}.{table.name}": table
        for source in load_sources(sources)
        for table in source.tables
    }


def disagreement(table: Table, key: Columns, parts: Columns, values: Columns = ()) -> str | None:
    """How a declared table and a call in staging differ, or None."""
    in_key = {name for name in key if not name.endswith(OFFSET)}
    if ALL_ROWS in (parts, table.parts):
        if parts != table.parts or in_key != set(table.key):
            return f"declared {table.key}, parts {table.parts}; staged {key}, parts {parts}"
        return None
    declared, taken = {*table.key, *table.parts}, {*in_key, *parts}
    if set(values) != set(table.values):
        return f"declared values {table.values}; staged {values}"
    if declared != taken:
        return f"only declared: {sorted(declared - taken)}; only staged: {sorted(taken - declared)}"
    return None


def test_declared_parts_match_staging(project_dir, tables):
    found = list(staged(project_dir))
    wrong = [
        f"{name}: {difference}"
        for _, name, key, parts, values in found
        if (difference := disagreement(tables[name], key, parts, values)) is not None
    ]
    assert not wrong, "\n".join(wrong)
    taken = {name for _, name, *_ in found}
    # Rows of exports are never compared: a later download holds the same orders as they are then.
    compared = {name: table for name, table in tables.items() if not table.by_layout}
    declaring = [name for name, table in compared.items() if table.parts or table.values]
    assert not [name for name in declaring if name not in taken]
    assert sum(bool(parts or values) for *_, parts, values in found) > 5


def test_lower_cased_keys_and_parts_are_declared_case_insensitive(project_dir):
    text = (project_dir / "macros" / "unions" / "latest_version.sql").read_text()
    compared = set(re.findall(r"'(\w+)'", ANY_CASE_IN_MACRO.search(text)[1]))
    assert compared == set(ANY_CASE)
    lowered = {
        (name, column)
        for sql, name, *compared_columns in staged(project_dir)
        for column in set(LOWERED.findall(sql)) & set(itertools.chain(*compared_columns))
    }
    assert len({column for _, column in lowered}) == len(compared)
    assert not [one for one in lowered if one[1] not in compared]


@pytest.mark.parametrize(
    "declared, staged_key, parts, agrees",
    [
        ((("id",), ("order_id",)), ("id",), ("order_id",), True),
        ((("id",), ("platform", "order_id")), ("platform", "id"), ("order_id",), True),
        ((("id",), ()), ("id",), (), True),
        ((("id", "scanned_at"), ()), ("id", "scanned_at", "scanned_at_offset_minutes"), (), True),
        ((("id",), ALL_ROWS), ("id",), ALL_ROWS, True),
        ((("id",), ("order_id",)), ("id",), (), False),
        ((("id",), ()), ("id",), ("order_id",), False),
        ((("id",), ALL_ROWS), ("id",), (), False),
        ((("id",), ()), ("id",), ALL_ROWS, False),
        ((("id",), ALL_ROWS), ("id", "x"), ALL_ROWS, False),
    ],
)
def test_the_check_finds_a_difference(declared, staged_key, parts, agrees):
    key, declared_parts = declared
    table = Table("s", "t", "t", "t", key, (), 0.05, "f", parts=declared_parts)
    assert (disagreement(table, staged_key, parts) is None) == agrees


def test_the_check_finds_a_difference_of_values():
    table = Table("s", "t", "t", "t", ("id",), (), 0.05, "f", values=("amount",))
    assert disagreement(table, ("id",), (), ("amount",)) is None
    assert disagreement(table, ("id",), ()) is not None


def test_calls_are_read_with_their_lists():
    sql = """
        {{ config(meta={'touched_key': 'x'}) }} {% set key = ['id'] %}
        {{ latest_parts(source('a', 'b'), key, 'id', 'all', ['c']) }}
        {{ other('x') }}
    """
    assert calls_of(sql) == [("a.b", ("id",), ALL_ROWS, ("c",))]
