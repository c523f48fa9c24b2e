"""A union of a source's staging model that lacks a column says which, and what to write."""

import pytest
from dbt.adapters.duckdb.connections import DuckDBConnectionManager
from dbt.cli.main import dbtRunner

UNION = "{{ config(materialized='view') }} {{ union_entity('warehouses') }}"
STAGING = """
{{ config(materialized='table') }}
select warehouse_id, warehouse_name, LACKS 1 as batch_id, timestamp '2024-01-01' as loaded_at
from (select 'w' as warehouse_id, 'W' as warehouse_name)
"""


@pytest.fixture
def bazaar(warehouse_project):
    """A source bazaar that brings warehouses."""
    project = warehouse_project
    text = (project.folder / "dbt_project.yml").read_text(encoding="utf-8")
    project.write(
        "dbt_project.yml",
        text.replace("source_entities:\n", "source_entities:\n    bazaar: [warehouses]\n"),
    )
    project.settings["SOURCES"] = "bazaar"
    project.write("models/int_warehouses_unioned.sql", UNION)
    return project


def run(project, *arguments: str) -> list[str]:
    """Run dbt; what its nodes that failed say."""
    with project.environment():
        try:
            result = dbtRunner().invoke(["--quiet", "--no-write-json", "run", *arguments])
        finally:
            DuckDBConnectionManager.close_all_connections()
    return [node.message for node in result.result.results if node.status == "error"]


def test_the_staging_model_and_its_columns_are_named_as_often_as_it_is_tried(bazaar):
    bazaar.write("models/stg_bazaar__warehouses.sql", STAGING.replace("LACKS", ""))
    for _ in range(2):
        (message,) = run(bazaar, "--select", "stg_bazaar__warehouses+")
        assert "stg_bazaar__warehouses lacks " in message
        assert "{{ lacks('warehouses', [\n" in message
    lacking = message.split(" lacks ")[1].split(":")[0].split(", ")
    assert lacking == ["province", "city", "time_zone"]
    # As it stands in the message.
    offered = message[message.index("{{ lacks(") : message.index(") }},") + len(") }},")]
    bazaar.write("models/stg_bazaar__warehouses.sql", STAGING.replace("LACKS", offered))
    assert run(bazaar, "--select", "stg_bazaar__warehouses+") == []
    assert bazaar.ask("select source, warehouse_id from main.int_warehouses_unioned") == [
        ("bazaar", "w")
    ]


def test_a_list_of_many_columns_is_offered_in_short_lines(bazaar):
    bazaar.write("models/int_warehouses_unioned.sql", UNION.replace("warehouses", "orders"))
    text = (bazaar.folder / "dbt_project.yml").read_text(encoding="utf-8")
    bazaar.write("dbt_project.yml", text.replace("[warehouses]", "[orders]", 1))
    staging = STAGING.replace("warehouse_id, warehouse_name, LACKS", "'bazaar' as platform_code,")
    bazaar.write("models/stg_bazaar__orders.sql", staging)
    (message,) = run(bazaar, "--select", "stg_bazaar__orders+")
    lines = message[message.index("{{ lacks(") :].splitlines()
    assert len(lines) > 5
    assert max(map(len, lines)) <= 100
    assert "'shop_id', 'order_id'" in lines[1]


def test_a_source_that_is_declared_nowhere_is_named(bazaar):
    bazaar.settings["SOURCES"] = "bazaar,bazar"
    with (
        bazaar.environment(),
        pytest.raises(Exception, match="SOURCES names 'bazar', and source_entities in dbt_pr"),
    ):
        raise dbtRunner().invoke(["--quiet", "parse", "--no-partial-parse"]).exception
