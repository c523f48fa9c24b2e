"""The last lines of a build: published tables, their place, and a query to try."""

import json
import shlex

from ingest import settings
from orchestration.project import Warehouse

QUERY = (
    "select segment_name, customers, net_revenue_amount "
    "from thematic.rfm_segment_summary order by net_revenue_amount desc"
)


def summary(warehouse: Warehouse) -> str:
    """The current publication in a few lines, from its publication.json."""
    named_folder = (
        f" WAREHOUSE_DIR={shlex.quote(str(warehouse.folder))}"
        if warehouse.folder != settings.DEFAULT_WAREHOUSE
        else ""
    )
    publication = json.loads((warehouse.published / "publication.json").read_text())
    lines = ["", f"Published, as of {publication['as_of_date'] or 'no day: nothing was bought'}:"]
    for schema in ("subject", "thematic"):
        tables = [table for table in publication["tables"] if table["schema"] == schema]
        rows = sum(table["rows"] for table in tables)
        largest = sorted(tables, key=lambda table: -table["rows"])[:3]
        named = ", ".join(f"{table['name']} {table['rows']:,}" for table in largest)
        lines.append(f"  {schema:<9} {len(tables):>3} tables {rows:>12,} rows   ({named})")
    pages = warehouse.published / "pages" / "index.html"
    lines += [f"  Pages     {pages}"] if pages.exists() else []
    lines += [
        f"  DuckDB    {warehouse.published_file}",
        f"  Parquet   {warehouse.published / 'parquet'}",
        "Try:",
        f'  make query{named_folder} SQL="{QUERY}"',
    ]
    return "\n".join(lines)
