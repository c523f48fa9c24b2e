"""The second engine's own parts: what needs neither Java nor Spark."""

import json
import struct
import zipfile
from pathlib import Path

import duckdb
import pytest

from orchestration.project import SettingError, Warehouse
from orchestration.spark import layout
from orchestration.spark.missing_class import NAME, write_missing_class
from orchestration.spark.parity import compare, table

DUCKDB = "create table subject.orders as select * from (values {}) as orders (id, amount, paid_at)"
ROWS = "(1, 9.50::decimal(18, 4), timestamp '2024-01-01 10:00:00'), (2, null, null)"


@pytest.fixture
def engines(tmp_path: Path):
    """A warehouse of one table, and a function that writes Spark's side of it."""
    warehouse = Warehouse(tmp_path, tmp_path / "landing", ("oms",))
    spark = layout.SparkFolder(tmp_path / "spark")
    warehouse.build.mkdir()
    with duckdb.connect(str(warehouse.working_file)) as con:
        con.execute("create schema subject")
        con.execute(DUCKDB.format(ROWS))
    node = {
        "resource_type": "model",
        "schema": "subject",
        "alias": "orders",
        "config": {"materialized": "incremental"},
    }
    target = spark.folder / "target"
    target.mkdir(parents=True)
    (target / "manifest.json").write_text(json.dumps({"nodes": {"a": node}}))
    folder = spark.tables / "subject.db" / "orders"
    folder.mkdir(parents=True)

    def made(rows: str, columns: str = "id, amount, paid_at") -> None:
        with duckdb.connect() as con:
            con.execute("set TimeZone = 'UTC'")
            # Spark writes instants.
            con.execute(
                f"copy (select * replace (paid_at::timestamptz as paid_at) from (values {rows})"
                f" as made ({columns})) to '{folder}/part-0.parquet' (format parquet)"
            )

    return warehouse, spark, made


def test_equal_rows_are_equal_whatever_their_order(engines):
    warehouse, spark, made = engines
    made("(2, null, null), (1, 9.50::decimal(18, 4), timestamp '2024-01-01 10:00:00')")
    (compared,) = compare(warehouse, spark, marts_only=False)
    assert compared.is_equal and compared.rows == 2
    assert table([compared]).endswith("1 of 1 tables are equal, 2 rows")


@pytest.mark.parametrize(
    ("rows", "only_in_duckdb", "only_in_spark"),
    [
        ("(1, 9.50::decimal(18, 4), timestamp '2024-01-01 10:00:00')", 1, 0),
        (f"{ROWS}, (2, null, null)", 0, 1),
        (ROWS.replace("9.50", "9.51"), 1, 1),
        (ROWS.replace("10:00:00", "11:00:00"), 1, 1),
        (ROWS.replace("(2, null", "(2, 0"), 1, 1),
    ],
)
def test_every_other_row_is_counted_on_its_side(engines, rows, only_in_duckdb, only_in_spark):
    warehouse, spark, made = engines
    made(rows)
    (compared,) = compare(warehouse, spark, marts_only=True)
    assert (compared.only_in_duckdb, compared.only_in_spark) == (only_in_duckdb, only_in_spark)
    assert not compared.is_equal


def test_a_table_that_spark_lacks_is_a_difference(engines):
    warehouse, spark, _ = engines
    (compared,) = compare(warehouse, spark, marts_only=False)
    assert not compared.is_equal and compared.reason == "Spark has no such table"


def test_another_column_is_a_difference(engines):
    warehouse, spark, made = engines
    made(ROWS, "id, price, paid_at")
    (compared,) = compare(warehouse, spark, marts_only=False)
    assert compared.reason == "other columns: amount, price"


def test_without_a_build_of_spark_there_is_nothing_to_compare(engines):
    warehouse, spark, _ = engines
    (spark.folder / "target" / "manifest.json").unlink()
    with pytest.raises(SettingError, match="make spark-build"):
        compare(warehouse, spark, marts_only=False)


def test_without_java_17_the_message_says_what_to_install(monkeypatch):
    monkeypatch.setattr(layout, "_version", lambda home: 25)
    with pytest.raises(SettingError, match=r"openjdk-17-jre-headless.*JAVA_HOME"):
        layout.java()


def test_java_home_comes_before_the_system(monkeypatch, tmp_path):
    monkeypatch.setenv("JAVA_HOME", str(tmp_path))
    monkeypatch.setattr(layout, "_version", lambda home: 17)
    assert layout.java() == tmp_path


def test_the_missing_class_is_an_empty_public_interface(tmp_path):
    jar = tmp_path / "missing.jar"
    write_missing_class(jar)
    with zipfile.ZipFile(jar) as archive:
        content = archive.read(f"{NAME}.class")
    magic, minor, major, constants = struct.unpack(">IHHH", content[:10])
    assert (magic, minor, major, constants) == (0xCAFEBABE, 0, 52, 5)
    flags, this_class, parent, *members = struct.unpack(">HHHHHHH", content[-14:])
    assert (flags, this_class, parent, members) == (0x0601, 2, 4, [0, 0, 0, 0])
    assert content[10:13] == struct.pack(">BH", 1, len(NAME))
    assert NAME.encode() in content
