"""Seconds and rows of each thematic mart in a full build of the sample brand, dearest first.

    .venv/bin/python -m benchmarks.marts --scale 10

Prints each mart's share of the seconds of all models; data tests are not in it. Folders are
temporary. With `--warehouse FOLDER`, of the last dbt run of that warehouse, which builds nothing.
"""

import argparse
import json
import sys
import tempfile
from pathlib import Path

import duckdb

from benchmarks.build import build
from orchestration.project import Warehouse


def main() -> int:
    """Print the table; exit code 1 when a step of the build fails."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--scale", type=float, default=1, help="of the sample brand (default: 1)")
    parser.add_argument("--warehouse", type=Path, help="a folder that was built already")
    given = parser.parse_args()
    if given.warehouse:
        report(Warehouse(given.warehouse, given.warehouse / "landing", ()))
        return 0
    with tempfile.TemporaryDirectory(prefix="benchmark-") as folder:
        build(given.scale, Path(folder))
        report(Warehouse(Path(folder), Path(folder) / "landing", ()))
    return 0


def report(warehouse: Warehouse) -> None:
    """Print a row for each thematic mart, and one for all models."""
    results = warehouse.folder / "build" / "target" / "run_results.json"
    seconds = {
        result["unique_id"].split(".")[-1]: result["execution_time"]
        for result in json.loads(results.read_text())["results"]
        if result["unique_id"].startswith("model.")
    }
    total = sum(seconds.values())
    with duckdb.connect(str(warehouse.published_file), read_only=True) as con:
        marts = con.execute(
            "select table_name, estimated_size from duckdb_tables()"
            " where schema_name = 'thematic' order by table_name"
        ).fetchall()
    print("| mart | rows | seconds | of all models |\n|---|---:|---:|---:|")
    for name, rows in sorted(marts, key=lambda mart: -seconds.get(mart[0], 0)):
        spent = seconds.get(name, 0)
        print(f"| `{name}` | {rows:,} | {spent:.2f} | {spent / total:.1%} |")
    print(f"| all {len(seconds)} models | | {total:,.1f} | |")


if __name__ == "__main__":
    sys.exit(main())
