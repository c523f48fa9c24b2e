"""The report of a dbt run: nodes, counts and columns, never engine messages with a value."""

import duckdb

from orchestration.dbt_results import SHOWN_NODES, failed_nodes, table_rows
from orchestration.project import Warehouse

RESULTS = [
    {"unique_id": "model.shop.fct_orders", "status": "success", "failures": None},
    {
        "unique_id": "model.shop.fct_refunds",
        "status": "error",
        "failures": None,
        "message": "Could not convert string '13900000000' to INT32",
    },
    {"unique_id": "test.shop.unique_x.0a1b", "status": "fail", "failures": 1200},
    {"unique_id": "test.shop.not_null_y.2c", "status": "warn", "failures": 3},
    {"unique_id": "model.shop.later", "status": "skipped", "failures": None},
]


def test_failed_nodes_are_named_with_their_rows_only():
    assert failed_nodes(RESULTS).splitlines() == [
        "2 of dbt's 5 nodes failed:",
        "  model fct_refunds: error",
        "  test unique_x: fail, 1,200 row(s)",
    ]


def test_a_column_that_refused_a_null_is_named():
    refused = {
        "unique_id": "model.shop.fct_orders",
        "status": "error",
        "message": "Constraint Error: NOT NULL constraint failed: fct_orders__dbt_tmp.order_key",
    }
    assert failed_nodes([refused]).splitlines()[1:] == [
        "  model fct_orders: error, a row without order_key"
    ]


def test_many_failed_nodes_are_counted():
    said = failed_nodes([RESULTS[1]] * (SHOWN_NODES + 2)).splitlines()
    assert len(said) == SHOWN_NODES + 2
    assert said[-1] == "  … and 2 more"


def test_row_counts_are_those_of_the_built_models(tmp_path):
    warehouse = Warehouse(tmp_path, tmp_path / "landing", ("oms",))
    warehouse.build.mkdir()
    with duckdb.connect(str(warehouse.working_file)) as con:
        for schema in ("raw", "subject", "operations"):
            con.execute(f"create schema {schema}")
            con.execute(f"create table {schema}.t as from range(3)")
        con.execute("create view subject.v as from subject.t")
    assert table_rows(warehouse) == {("subject", "t"): 3}
