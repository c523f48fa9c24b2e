"""What Spark reads and does not make: the raw tables, and what Python learned."""

import shutil
from pathlib import Path

import duckdb
from pyhive import hive

from ingest.conversion import literal, quoted
from ingest.landed_parquet import (
    differing_tables,
    landed_dir,
    raw_tables,
    rewrite,
    write_landed,
)
from orchestration.project import Warehouse
from orchestration.spark.layout import LEARNED, SparkFolder

SPARK_TYPES = {"varchar": "string", "integer": "int"}


def register_raw(warehouse: Warehouse, connection: hive.Connection) -> int:
    """Declare every raw table to Spark, over its landed Parquet; returns their number.

    The files are written first where landing did not, and checked against the raw tables by a hash
    of all rows.
    """
    folder = landed_dir(warehouse.folder)
    with duckdb.connect(str(warehouse.working_file), read_only=True) as con:
        write_landed(con, folder)
        for table in differing_tables(con, folder):
            rewrite(con, table, folder)
        tables = raw_tables(con)
    connection.cursor().execute("create schema if not exists raw")
    for table, columns in tables.items():
        _declare(connection, "raw", table, columns, folder / table)
    return len(tables)


def register_learned(
    warehouse: Warehouse, spark: SparkFolder, connection: hive.Connection
) -> list[str]:
    """Declare the tables that Python learned, as DuckDB's build has them; returns their names."""
    found = []
    with duckdb.connect(str(warehouse.working_file), read_only=True) as con:
        for schema, tables in LEARNED.items():
            connection.cursor().execute(f"create schema if not exists `{schema}`")
            for table in tables:
                columns = _columns(con, schema, table)
                if not columns:
                    continue
                folder = spark.learned / table
                shutil.rmtree(folder, ignore_errors=True)
                folder.mkdir(parents=True)
                path = folder / "learned.parquet"
                con.execute(
                    f"copy {schema}.{quoted(table)} to {literal(str(path))} (format parquet)"
                )
                _declare(connection, schema, table, columns, folder)
                found.append(table)
    return found


def forget_models(spark: SparkFolder, connection: hive.Connection, schemas: list[str]) -> None:
    """Drop every table of these schemas with its files: those of a killed build too."""
    cursor = connection.cursor()
    for schema in schemas:
        cursor.execute(f"drop schema if exists `{schema}` cascade")
        shutil.rmtree(spark.tables / f"{schema}.db", ignore_errors=True)


def forget_half_built(spark: SparkFolder, connection: hive.Connection) -> None:
    """Remove the files of tables that a killed build never declared: nobody else could."""
    cursor = connection.cursor()
    for folder in spark.tables.glob("*.db"):
        cursor.execute(f"show tables in `{folder.stem}`")
        known = {name for _, name, _ in cursor.fetchall()}
        for left_over in folder.iterdir():
            if left_over.name not in known:
                shutil.rmtree(left_over)


def _columns(con: duckdb.DuckDBPyConnection, schema: str, table: str) -> dict[str, str]:
    return dict(
        con.execute(
            "select column_name, lower(data_type) from information_schema.columns where"
            " table_schema = $schema and table_name = $table order by ordinal_position",
            {"schema": schema, "table": table},
        ).fetchall()
    )


def _declare(
    connection: hive.Connection, schema: str, table: str, columns: dict[str, str], folder: Path
) -> None:
    """An external table: dropping it leaves its files."""
    listed = ", ".join(
        f"`{name}` {SPARK_TYPES.get(data_type, data_type)}" for name, data_type in columns.items()
    )
    cursor = connection.cursor()
    cursor.execute(f"drop table if exists `{schema}`.`{table}`")
    cursor.execute(
        f"create table `{schema}`.`{table}` ({listed}) using parquet location '{folder.as_uri()}'"
    )
