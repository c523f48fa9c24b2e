"""Superset reads the published file: numbers of charts and of SQL Lab are those of the marts.

Outside CI: `make test-superset` installs Superset into an environment of its own.
"""

from decimal import Decimal
from pathlib import Path

import duckdb
import pytest
from superset_server import ApiError, running_superset

from orchestration.project import Warehouse

VALID_ORDERS = """
    select count(*), sum(net_revenue_base_amount) from subject.fct_orders where is_valid
"""


@pytest.fixture(scope="module")
def published_file() -> Path:
    file = Warehouse().published_file
    assert file.exists(), "nothing is published yet: run `make build` first"
    return file


@pytest.fixture(scope="module")
def superset(tmp_path_factory):
    with running_superset(tmp_path_factory.mktemp("superset")) as api:
        yield api


@pytest.fixture(scope="module")
def database(superset, published_file) -> int:
    """The published file, with the address that `make connect` prints; DML is not held back."""
    database = {
        "database_name": "warehouse",
        "sqlalchemy_uri": f"duckdb:///{published_file}?access_mode=read_only",
        "expose_in_sqllab": True,
        "allow_dml": True,
    }
    return superset.ask("POST", "/api/v1/database/", database)["id"]


@pytest.fixture(scope="module")
def dataset(superset, database) -> int:
    table = {"database": database, "schema": "subject", "table_name": "fct_orders"}
    return superset.ask("POST", "/api/v1/dataset/", table)["id"]


def test_columns_come_with_their_descriptions(superset, dataset):
    columns = superset.ask("GET", f"/api/v1/dataset/{dataset}")["result"]["columns"]
    told = {column["column_name"]: column for column in columns}
    assert told["order_id"]["description"].startswith("The source's order id")
    assert told["purchase_date"]["is_dttm"]


def test_a_chart_shows_the_number_of_the_mart(superset, dataset, published_file):
    with duckdb.connect(str(published_file), read_only=True) as con:
        expected = con.execute("""
            select platform_code, count(*), sum(net_revenue_base_amount)
            from subject.fct_orders where is_valid group by platform_code
        """).fetchall()
    query = {
        "columns": ["platform_code"],
        "metrics": [
            {"expressionType": "SQL", "label": label, "sqlExpression": sql}
            for label, sql in {"orders": "count(*)", "net": "sum(net_revenue_base_amount)"}.items()
        ],
        "filters": [{"col": "is_valid", "op": "IS TRUE"}],
        "row_limit": 1000,
    }
    source = {"id": dataset, "type": "table"}
    chart = {"datasource": source, "queries": [query], "result_format": "json"}
    rows = superset.ask("POST", "/api/v1/chart/data", chart)["result"][0]["data"]
    shown = {(row["platform_code"], row["orders"], round(row["net"], 2)) for row in rows}
    assert len(expected) > 1
    assert shown == {(code, orders, round(float(net), 2)) for code, orders, net in expected}


def test_sql_lab_gives_the_number_of_the_mart(superset, database, published_file):
    with duckdb.connect(str(published_file), read_only=True) as con:
        orders, net = con.execute(VALID_ORDERS).fetchone()
    asked = {"database_id": database, "sql": VALID_ORDERS, "runAsync": False}
    (row,) = superset.ask("POST", "/api/v1/sqllab/execute/", asked)["data"]
    found = list(row.values())
    assert found[0] == orders
    assert round(Decimal(str(found[1])), 2) == round(net, 2)


def test_the_next_query_sees_the_next_publication(superset, tmp_path):
    """As a publication does it: another folder takes the link's name by one rename."""
    for number in (1, 2):
        folder = tmp_path / f"publication_{number}"
        folder.mkdir()
        with duckdb.connect(str(folder / "warehouse.duckdb")) as con:
            con.execute(f"create table told as select {number} as number")
    link, new = tmp_path / "published", tmp_path / "new"
    link.symlink_to(tmp_path / "publication_1")
    database = {
        "database_name": "swapped",
        "sqlalchemy_uri": f"duckdb:///{link}/warehouse.duckdb?access_mode=read_only",
        "expose_in_sqllab": True,
    }
    added = superset.ask("POST", "/api/v1/database/", database)["id"]
    asked = {"database_id": added, "sql": "select number from told", "runAsync": False}
    before = superset.ask("POST", "/api/v1/sqllab/execute/", asked)["data"]
    new.symlink_to(tmp_path / "publication_2")
    new.replace(link)
    after = superset.ask("POST", "/api/v1/sqllab/execute/", asked)["data"]
    assert (before, after) == ([{"number": 1}], [{"number": 2}])


def test_the_file_cannot_be_written_from_it(superset, database):
    asked = {
        "database_id": database,
        "sql": "create table thematic.mine as select 1 as one",
        "runAsync": False,
    }
    with pytest.raises(ApiError, match="read-only"):
        superset.ask("POST", "/api/v1/sqllab/execute/", asked)
