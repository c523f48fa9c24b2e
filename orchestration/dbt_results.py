"""The results of a dbt run: failed nodes, and the rows of each table."""

import re

from ingest.working_file import connect
from orchestration.project import Warehouse

SHOWN_NODES = 20
FAILED = ("error", "fail", "runtime error")
# The only message of the engine without a value.
NULL_REFUSED = re.compile(r"NOT NULL constraint failed: \w+\.(\w+)")


def failed_nodes(results: list[dict]) -> str:
    """The failed ones of run_results.json, with rows for tests, with the column where a null was.

    The engine's other messages stay in the log: they may quote a value, and this text goes into
    alerts.
    """
    failed = [result for result in results if result["status"] in FAILED]
    lines = [f"{len(failed)} of dbt's {len(results)} nodes failed:"]
    for result in failed[:SHOWN_NODES]:
        kind, _, name = result["unique_id"].split(".")[:3]
        rows = f", {result['failures']:,} row(s)" if result.get("failures") else ""
        refused = NULL_REFUSED.search(result.get("message") or "")
        column = f", a row without {refused[1]}" if refused else ""
        lines.append(f"  {kind} {name}: {result['status']}{rows}{column}")
    if len(failed) > SHOWN_NODES:
        lines.append(f"  … and {len(failed) - SHOWN_NODES} more")
    return "\n".join(lines)


def table_rows(warehouse: Warehouse) -> dict[tuple[str, str], int]:
    """Rows of every table that dbt has built, by schema and name.

    Raises LandingError when the working file cannot be opened.
    """
    with connect(warehouse.working_file, read_only=True) as con:
        tables = con.execute(
            "select schema_name, table_name from duckdb_tables()"
            " where schema_name not in ('raw', 'operations')"
        ).fetchall()
        return {
            (schema, table): con.execute(f'select count(*) from {schema}."{table}"').fetchone()[0]
            for schema, table in tables
        }
