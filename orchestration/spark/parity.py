"""Whether both engines made the same tables: every row and column, counted both ways."""

import json
from dataclasses import dataclass

import duckdb

from ingest.conversion import literal, quoted
from orchestration.project import SettingError, Warehouse
from orchestration.spark.layout import LEARNED, SparkFolder

READ_BY_EVERYBODY = ("subject", "thematic")


@dataclass(frozen=True)
class Compared:
    """A relation in both engines; rows are numbers of rows, None where an engine lacks it."""

    relation: str
    rows: int | None
    only_in_duckdb: int | None
    only_in_spark: int | None
    # Why rows were not compared: a missing table, another column.
    reason: str = ""

    @property
    def is_equal(self) -> bool:
        return self.only_in_duckdb == 0 and self.only_in_spark == 0


def compare(warehouse: Warehouse, spark: SparkFolder, marts_only: bool) -> list[Compared]:
    """Compare the tables and seeds of the last DuckDB build with those of the last Spark build.

    Views are left out: they add nothing to the tables that they read. Raises SettingError where
    either engine has built nothing.
    """
    if not warehouse.working_file.exists():
        raise SettingError(f"there is no {warehouse.working_file}: run make build first")
    manifest = spark.folder / "target" / "manifest.json"
    if not manifest.exists():
        raise SettingError("Spark has built nothing yet: make spark-build")
    nodes = json.loads(manifest.read_text(encoding="utf-8"))["nodes"].values()
    relations = sorted(
        (node["schema"], node["alias"])
        for node in nodes
        if node["resource_type"] in ("model", "seed")
        and node["config"]["materialized"] not in ("view", "ephemeral")
        and node["alias"] not in LEARNED.get(node["schema"], ())
        and (not marts_only or node["schema"] in READ_BY_EVERYBODY)
    )
    with duckdb.connect(str(warehouse.working_file), read_only=True) as con:
        # Spark's timestamps come as instants: here they are UTC, as everywhere.
        con.execute("set TimeZone = 'UTC'")
        return [_compare(con, spark, *relation) for relation in relations]


def _compare(
    con: duckdb.DuckDBPyConnection, spark: SparkFolder, schema: str, name: str
) -> Compared:
    relation = f"{schema}.{name}"
    columns = _columns(con, f"from {quoted(schema)}.{quoted(name)}")
    files = spark.tables / f"{schema}.db" / name / "*.parquet"
    made = f"from read_parquet({literal(str(files))})"
    made_columns = _columns(con, made)
    for engine, found in (("DuckDB", columns), ("Spark", made_columns)):
        if found is None:
            return Compared(relation, None, None, None, f"{engine} has no such table")
    if list(columns) != list(made_columns):
        other = sorted(set(columns).symmetric_difference(made_columns)) or ["their order"]
        return Compared(relation, None, None, None, f"other columns: {', '.join(other)}")
    names = ", ".join(map(quoted, columns))
    cast = ", ".join(f"cast({quoted(column)} as {kind})" for column, kind in columns.items())
    here, there = f"select {names} from {quoted(schema)}.{quoted(name)}", f"select {cast} {made}"
    return Compared(
        relation,
        _count(con, here),
        _count(con, f"{here} except all {there}"),
        _count(con, f"{there} except all {here}"),
    )


def _columns(con: duckdb.DuckDBPyConnection, source: str) -> dict[str, str] | None:
    try:
        return {name: kind for name, kind, *_ in con.execute(f"describe {source}").fetchall()}
    except (duckdb.CatalogException, duckdb.IOException):
        return None


def _count(con: duckdb.DuckDBPyConnection, query: str) -> int:
    return con.execute(f"select count(*) from ({query}) as counted").fetchone()[0]


def table(compared: list[Compared]) -> str:
    """The comparison as lines of text, one a relation, and the sums."""
    lines = [f"{'relation':<56} {'rows':>10} {'only DuckDB':>12} {'only Spark':>11}"]
    for one in compared:
        if one.reason:
            lines.append(f"{one.relation:<56} {one.reason}")
        else:
            lines.append(
                f"{one.relation:<56} {one.rows:>10,} {one.only_in_duckdb:>12,}"
                f" {one.only_in_spark:>11,}"
            )
    equal = sum(one.is_equal for one in compared)
    rows = sum(one.rows or 0 for one in compared)
    lines.append(f"{equal:,} of {len(compared):,} tables are equal, {rows:,} rows")
    return "\n".join(lines)
