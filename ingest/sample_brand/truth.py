"""The sample's ground truth, which never lands: the person of each account, and all errors."""

import csv
from pathlib import Path

import duckdb

from ingest.sample_brand.files import BadLine, quoted
from ingest.sample_brand.tables import TABLES, Table

# What dirt.csv counts; a row can be of several kinds.
KINDS = ("all rows", "late", "repeated", "overtaken by a newer version", "stray", "deletes")


def write_truth(
    connection: duckdb.DuckDBPyConnection, bad_lines: list[BadLine], folder: Path
) -> None:
    """Write three files: account_person.csv, bad_lines.csv and dirt.csv (rows by kind)."""
    path = quoted(folder / "account_person.csv")
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
    """Count the rows of each kind."""
    counts = {"all rows": 0, "deletes": 0}
    for dirt, row_count, delete_count in connection.execute(
        f"""
        select dirt, count(*), count(*) filter (is_deleted)
        from ready_{table.name}
        group by dirt
        """
    ).fetchall():
        counts[dirt] = row_count
        counts["all rows"] += row_count
        counts["deletes"] += delete_count
    same_key = " and ".join(f"newer.{name} is not distinct from old.{name}" for name in table.key)
    # The few rows in question are in their own table, so that they are the join's build side.
    connection.execute(
        f"""
        create or replace temp table old as
        select {", ".join(table.key)}, updated_at, file_day, row_number() over () as old_no
        from ready_{table.name}
        where dirt in ('late', 'repeated')
        """
    )
    overtaken = connection.execute(
        f"""
        select count(distinct old_no)
        from ready_{table.name} as newer
        inner join old on {same_key}
        where newer.updated_at > old.updated_at and newer.file_day < old.file_day
        """
    ).fetchone()
    counts["overtaken by a newer version"] = overtaken[0] if overtaken else 0
    return sorted((kind, count) for kind, count in counts.items() if kind in KINDS)


def _write(path: Path, header: list[str], rows: list[list[object]]) -> None:
    with open(path, "w", encoding="utf-8", newline="") as target:
        writer = csv.writer(target, lineterminator="\n")
        writer.writerow(header)
        writer.writerows(rows)
