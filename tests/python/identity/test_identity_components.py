"""Connected components of graphs of many shapes against a plain union-find."""

import json
import os
import random
import subprocess
from pathlib import Path

import duckdb
import pytest
import warm

PROJECT = Path(__file__).resolve().parents[3]
QUERY = (
    "with edges as (select * from graph), {{ connected_components('edges') }}"
    " select node, label from components"
)


@pytest.fixture(scope="module")
def components_sql(tmp_path_factory: pytest.TempPathFactory) -> str:
    folder = tmp_path_factory.mktemp("components")
    (folder / "build").mkdir()
    command = [warm.dbt(), "--quiet", "compile", "--inline", QUERY]
    command += ["--output", "json", "--target-path", str(folder / "target")]
    profiles = {"DBT_PROFILES_DIR": str(PROJECT / "profiles")}
    done = subprocess.run(
        command,
        cwd=PROJECT,
        env=os.environ | profiles | {"WAREHOUSE_DIR": str(folder)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return json.loads(done.stdout[done.stdout.index("{") :])["compiled"]


def smallest_of_component(edges: list[tuple[int, int]]) -> dict[int, int]:
    """Node → the smallest node that edges lead to, itself included."""
    parent: dict[int, int] = {}

    def root(node: int) -> int:
        while parent.setdefault(node, node) != node:
            parent[node] = parent[parent[node]]
            node = parent[node]
        return node

    for one, other in edges:
        low, high = sorted((root(one), root(other)))
        parent[high] = low
    return {node: root(node) for edge in edges if edge[0] != edge[1] for node in edge}


def labels(sql: str, edges: list[tuple[int, int]]) -> dict[int, int]:
    with duckdb.connect() as connection:
        connection.execute("create table graph (from_node bigint, to_node bigint)")
        if edges:
            connection.execute(
                "insert into graph select unnest(?), unnest(?)", list(zip(*edges, strict=True))
            )
        found = connection.execute(sql).fetchall()
    assert len(found) == len(dict(found))
    return dict(found)


def renamed(edges: list[tuple[int, int]], seed: int) -> list[tuple[int, int]]:
    """The same graph with its nodes' numbers shuffled: the order of numbers hides the shape."""
    nodes = sorted({node for edge in edges for node in edge})
    names = random.Random(seed).sample(range(1, 10 * len(nodes) + 1), len(nodes))
    name = dict(zip(nodes, names, strict=True))
    return [(name[one], name[other]) for one, other in edges]


SHAPES = {
    "nothing": [],
    "only a loop": [(1, 1)],
    "one edge twice, and back": [(2, 1), (2, 1), (1, 2)],
    "two components": [(1, 2), (3, 4), (4, 5)],
    "a chain in order": [(node, node + 1) for node in range(10_000)],
    "a chain in any order": renamed([(node, node + 1) for node in range(10_000)], 1),
    "a ring": renamed([(node, (node + 1) % 3_000) for node in range(3_000)], 2),
    "a star": renamed([(0, node) for node in range(1, 5_000)], 3),
    "a tree": renamed([((node - 1) // 2, node) for node in range(1, 8_191)], 4),
    "a comb": renamed(
        [(node, node + 1) for node in range(2_000)]
        + [(node, node + 10_000) for node in range(2_000)],
        5,
    ),
}


@pytest.mark.parametrize("shape", SHAPES)
def test_components_of_known_shapes(components_sql: str, shape: str) -> None:
    assert labels(components_sql, SHAPES[shape]) == smallest_of_component(SHAPES[shape])


@pytest.mark.parametrize("seed", range(10))
def test_components_of_random_graphs(components_sql: str, seed: int) -> None:
    rng = random.Random(seed)
    nodes = rng.choice([5, 50, 1_000])
    count = rng.choice([nodes // 3, nodes // 2, nodes, 2 * nodes])
    edges = [(rng.randrange(nodes), rng.randrange(nodes)) for _ in range(count)]
    assert labels(components_sql, edges) == smallest_of_component(edges)
