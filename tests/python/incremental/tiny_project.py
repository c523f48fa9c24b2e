"""A dbt project of four models with this project's macros and hooks, to try what these promise."""

import shutil
from pathlib import Path

import duckdb
import yaml
from dbt.adapters.duckdb.connections import DuckDBConnectionManager
from dbt.cli.main import dbtRunner
from incremental_warehouse import PROJECT, environment

BUILD = ("build", "--exclude-resource-type", "unit_test")

FILES = {
    "seeds/rates.csv": "shop_id,rate\na,2\nb,3\n",
    "models/sources.yml": """
        sources:
          - {name: shop, schema: raw, tables: [{name: orders}, {name: shops}]}
    """,
    "models/stg_orders.sql": """
        {{ config(
            materialized='incremental', meta={'touched_key': 'order_id', 'touched_by': ['orders']},
        ) }}
        select order_id, shop_id, receipt, amount from {{ source('shop', 'orders') }}
        where {{ touched('order_id') }}
        qualify row_number() over (partition by order_id order by _batch_id desc) = 1
            and amount is not null
    """,
    "models/int_shops.sql": """
        {{ config(materialized='table') }}
        select shop_id, arg_max(name, _batch_id) as name from {{ source('shop', 'shops') }}
        group by shop_id
    """,
    "models/fct_orders.sql": """
        {{ config(
            materialized='incremental',
            meta={'touched_key': 'order_id', 'touched_by': ['stg_orders']},
        ) }}
        with orders as (select * from {{ ref('stg_orders') }} where {{ touched() }})
        select
            order_id, shop_id, shops.name as shop_name, receipt, rate,
            case when amount = 13 then error('thirteen') else amount end as amount
        from orders
        inner join {{ ref('int_shops') }} as shops using (shop_id)
        inner join {{ ref('rates') }} as rates using (shop_id)
    """,
    "models/fct_refunds.sql": """
        {{ config(
            materialized='incremental',
            meta={'touched_key': 'order_id', 'touched_by': ['stg_orders']},
        ) }}
        select order_id, receipt as refunded_order_id from {{ ref('stg_orders') }}
        where receipt like 'refund of %' and {{ touched() }}
    """,
    "tests/assert_orders_are_small.sql": """
        select order_id from {{ ref('fct_orders') }}
        where
            amount > 1000
            and {{ changed_since_good_build('order_id', ['fct_orders', 'fct_refunds']) }}
    """,
    "models/models.yml": """
        models:
          - name: fct_orders
            data_tests: [{holds: {arguments: {condition: amount >= 0}}}]
            columns: [{name: receipt, data_tests: [primary_key]}]
          - name: fct_refunds
            columns:
              - name: refunded_order_id
                data_tests:
                  - relationships:
                      arguments: {to: ref('fct_orders'), field: "'refund of ' || order_id"}
    """,
}


class TinyProject:
    """Its folder, with the models, a working file and the raw rows that were sent."""

    def __init__(self, folder: Path, batches: int = 0) -> None:
        self.folder = folder
        self.batches = batches
        self.settings: dict[str, str] = {}

    def copy_to(self, folder: Path) -> "TinyProject":
        """The same project and warehouse in another folder."""
        shutil.copytree(self.folder, folder, dirs_exist_ok=True)
        return TinyProject(folder, self.batches)

    def create(self) -> None:
        """Write the project and a working file with empty raw tables."""
        folder = self.folder
        shutil.copytree(PROJECT / "macros", folder / "macros")
        for path in (PROJECT / "tests" / "generic").glob("*.sql"):
            shutil.copy(path, folder / "macros")
        settings = yaml.safe_load((PROJECT / "dbt_project.yml").read_text(encoding="utf-8"))
        models = settings["models"]["commerce_warehouse"]
        settings["models"]["commerce_warehouse"] = {
            name: value for name, value in models.items() if name.startswith("+")
        } | {"+persist_docs": {}}
        (folder / "dbt_project.yml").write_text(yaml.safe_dump(settings), encoding="utf-8")
        for name in FILES:
            self.write(name, FILES[name])
        self.working_file.parent.mkdir()
        with duckdb.connect(str(self.working_file)) as con:
            con.execute(
                "create schema raw;"
                "create table raw.orders"
                " (order_id int, shop_id varchar, receipt varchar, amount int, _batch_id bigint);"
                "create table raw.shops (shop_id varchar, name varchar, _batch_id bigint)"
            )

    @property
    def working_file(self) -> Path:
        return self.folder / "build" / "warehouse.duckdb"

    def write(self, name: str, text: str) -> None:
        """Write a file of the project."""
        path = self.folder / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")

    def send(self, table: str, *rows: tuple) -> None:
        """Land rows as one batch."""
        self.batches += 1
        with duckdb.connect(str(self.working_file)) as con:
            for row in rows:
                marks = ", ".join("?" * (len(row) + 1))
                con.execute(f"insert into raw.{table} values ({marks})", [*row, self.batches])

    def dbt(self, *arguments: str) -> set[str]:
        """Run dbt; the names of the nodes that came out badly."""
        with environment(self.folder, self.folder, "oms", self.settings):
            try:
                result = dbtRunner().invoke(["--quiet", "--no-write-json", *arguments])
            finally:
                DuckDBConnectionManager.close_all_connections()
        assert result.result is not None, result.exception
        return {
            node.node.name.split("_fct")[0]
            for node in result.result.results
            if node.status not in ("success", "pass", "skipped")
        }

    def ask(self, query: str) -> list[tuple]:
        """What the working file answers."""
        with duckdb.connect(str(self.working_file)) as con:
            return con.execute(query).fetchall()

    def rebuilt(self) -> set[str]:
        """The models that the last run built anew."""
        return {
            name
            for (name,) in self.ask(
                "select model from operations.model_runs where is_rebuilt and run_number ="
                " (select max(run_number) from operations.dbt_invocations)"
            )
        }

    def amounts(self) -> list[tuple]:
        """Orders with their shop's name, rate and amount, as they stand."""
        return self.ask(
            "select order_id, shop_name, rate, amount from main.fct_orders order by order_id"
        )
