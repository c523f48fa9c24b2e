"""What is known about the sample and never lands: who is who, and what is wrong where."""

import csv
from pathlib import Path

import duckdb

from ingest.sample_brand.files import BadLine
from ingest.sample_brand.tables import TABLES, Table


def write_truth(
    connection: duckdb.DuckDBPyConnection, bad_lines: list[BadLine], folder: Path
) -> None:
    """Write three files: account_person.csv, bad_lines.csv and dirt.csv (rows by kind)."""
    path = str(folder / "account_person.csv").replace("'", "''")
    connection.execute(f"copy (from account_truth order by all) to '{path}' (format csv, header)")
    _write(
        folder / "bad_lines.csv",
        ["source", "table_name", "file", "kind", "line"],
        [[line.source, line.table, line.file, line.kind, line.text] for line in bad_lines],
    )
    _write(
        folder / "dirt.csv",
        ["source", "table_name", "kind", "row_count"],
        [
            [table.source, table.name, kind, count]
            for table in TABLES
            for kind, count in _dirt(connection, table)
        ],
    )


def _dirt(connection: duckdb.DuckDBPyConnection, table: Table) -> list[tuple[str, int]]:
    """Count the rows of each kind of dirt; a row can be of several kinds."""
    same_key = " and ".join(f"newer.{name} is not distinct from old.{name}" for name in table.key)
    return connection.execute(
        f"""
        select 'all rows' as kind, count(*) as row_count from ready_{table.name}
        union all
        select dirt, count(*) from ready_{table.name} where dirt <> 'first' group by dirt
        union all
        select 'deletes', count(*) from ready_{table.name} where is_deleted
        union all
        select 'older after newer', count(*)
        from ready_{table.name} as old
        where dirt in ('late', 'repeated') and exists (
            select 1 from ready_{table.name} as newer
            where {same_key}
                and newer.updated_at > old.updated_at and newer.file_day < old.file_day
        )
        order by kind
        """
    ).fetchall()


def _write(path: Path, header: list[str], rows: list[list[object]]) -> None:
    with open(path, "w", encoding="utf-8", newline="") as target:
        writer = csv.writer(target, lineterminator="\n")
        writer.writerow(header)
        writer.writerows(rows)
