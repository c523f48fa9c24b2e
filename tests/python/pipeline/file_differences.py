"""Two DuckDB files side by side, table by table."""

from pathlib import Path

import duckdb


def differences(
    one: Path,
    other: Path,
    schemas: tuple[str, ...],
    ignored: tuple[str, ...] = (),
    only: dict[str, str] | None = None,
) -> list[str]:
    """Compare all tables of the schemas as bags of rows, both ways, every column.

    `ignored` names columns that are not compared; `only` says by table which rows are.
    """
    found = []
    with duckdb.connect(config={"memory_limit": "2GB"}) as con:
        tables = {}
        for name, path in (("one", one), ("other", other)):
            con.execute(f"attach '{path}' as {name} (read_only)")
            rows = con.execute(
                "select schema_name, table_name, list(column_name order by column_index)"
                " from duckdb_columns() join duckdb_tables()"
                " using (database_name, schema_name, table_name)"
                " where database_name = $name and list_contains($schemas, schema_name)"
                " group by all order by all",
                {"name": name, "schemas": list(schemas)},
            ).fetchall()
            tables[name] = {(schema, table): columns for schema, table, columns in rows}
        assert tables["one"], f"{one} has no table in {schemas}"
        for place in sorted(tables["one"].keys() | tables["other"].keys()):
            schema, table = place
            columns = tables["one"].get(place)
            if columns != tables["other"].get(place):
                found.append(f"{schema}.{table}: not there, or other columns, in one of them")
                continue
            kept = ", ".join(f'"{column}"' for column in columns if column not in ignored)
            where = f"where {only[table]}" if only and table in only else ""
            # Counting all rows together is much faster than `except all` both ways.
            (too_many, missing) = con.execute(
                f"""
                select sum(greatest(_surplus, 0)), sum(greatest(-_surplus, 0))
                from (
                    select sum(_side) as _surplus
                    from (
                        select {kept}, 1 as _side from one.{schema}."{table}" {where}
                        union all
                        select {kept}, -1 as _side from other.{schema}."{table}" {where}
                    )
                    group by {kept}
                    having sum(_side) <> 0
                )
                """
            ).fetchone()
            for word, rows in (("too many", too_many), ("missing", missing)):
                if rows:
                    found.append(f"{schema}.{table}: {rows} rows {word}")
    return found
