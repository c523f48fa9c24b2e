"""No model compares every row of one table with every row of another, as long as both may grow.

DuckDB does where a left join has a condition beside its keys; a hundred rows hide it.
"""

import json
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest

COMPARES_ALL = ("BLOCKWISE_NL_JOIN", "NESTED_LOOP_JOIN")
# Seeds, groups, limits, days of one row: with as many on a side, all are compared soon.
FEW = 60
# Whose smaller side does not grow with the brand.
ALLOWED = {
    "int_service_groups_listed": "a row for each group of agents",
    "fct_unmatched_references": "a row for each kind of reference",
}


def compiled(folder: Path) -> list[Path]:
    models = folder / "build" / "target" / "compiled" / "commerce_warehouse" / "models"
    return sorted(path for path in models.rglob("*.sql") if path.parent.suffix != ".yml")


def rows(node: dict) -> int:
    """How many rows DuckDB expects of a node of a plan; where it does not say, many."""
    told = node.get("extra_info", {}).get("Estimated Cardinality")
    if told is not None:
        return int(told)
    return max((rows(child) for child in node.get("children", [])), default=FEW + 1)


def loops(node: dict) -> Iterator[str]:
    """The joins of a plan that compare all with all, where both sides are long."""
    sides = [rows(child) for child in node.get("children", [])]
    if node["name"].strip() in COMPARES_ALL and min(sides) > FEW:
        yield f"{sides[0]:,} with {sides[1]:,} rows: {node['extra_info']}"
    for child in node.get("children", []):
        yield from loops(child)


def plan(connection: duckdb.DuckDBPyConnection, sql: str) -> dict:
    ((_, text),) = connection.execute(f"explain (format json) {sql}").fetchall()
    return json.loads(text)[0]


def test_no_model_compares_all_with_all(sample_brand):
    paths, found = compiled(sample_brand.folder), {}
    working_file = sample_brand.folder / "build" / "warehouse.duckdb"
    with duckdb.connect(str(working_file), read_only=True) as connection:
        for path in paths:
            told = list(loops(plan(connection, path.read_text())))
            if told and path.stem not in ALLOWED:
                found[path.stem] = told
    assert len(paths) > 200
    assert found == {}


@pytest.mark.parametrize(
    ("condition", "is_loop"),
    [
        ("a.k = b.k", False),
        ("a.k = b.k and a.v is null", True),
        ("case when a.v is null then a.k end = b.k", False),
    ],
)
def test_a_condition_beside_the_key_is_seen(condition, is_loop):
    with duckdb.connect() as connection:
        connection.execute("create table a as select i as k, i as v from range(1000) as t(i)")
        connection.execute("create table b as from a")
        sql = f"select a.k, b.v from a left join b on {condition}"
        assert bool(list(loops(plan(connection, sql)))) is is_loop
