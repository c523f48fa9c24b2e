"""What other programs need to read the published marts: a file, a driver, an address."""

from orchestration.project import Warehouse


def connections(warehouse: Warehouse) -> str:
    """A few lines for each program; docs/connect.md has the steps. Names no secret: there is none.

    Every program reads the file read-only: it is never written in place, and a new publication
    takes its name by one rename, so a program that keeps it open sees the old one until it connects
    anew.
    """
    file = warehouse.published_file
    parquet = warehouse.published / "parquet"
    programs = {
        "DuckDB": [f'duckdb -readonly "{file}"'],
        "Python": [f"duckdb.connect({str(file)!r}, read_only=True)"],
        "SQLAlchemy, Superset": [
            f"duckdb:///{file}?access_mode=read_only",
            "needs duckdb-engine, or duckdb-sqlalchemy for SQLAlchemy 2.1",
        ],
        "R": [f'DBI::dbConnect(duckdb::duckdb(), dbdir = "{file}", read_only = TRUE)'],
        "DBeaver, JDBC": [f"jdbc:duckdb:{file}", "driver property duckdb.read_only = true"],
        "Metabase": [str(file), "needs the plugin duckdb.metabase-driver.jar; tick read-only"],
        "Power BI, Excel": [
            f"{parquet / 'thematic' / '<mart>.parquet'}",
            f"facts with a day are folders: {parquet / 'subject' / 'fct_orders'}",
        ],
        "Spark, pandas, Polars": [f"{parquet}/<schema>/<table>.parquet or /month=*/*.parquet"],
    }
    lines = []
    for program, needed in programs.items():
        lines.append(program)
        lines += [f"  {line}" for line in needed]
    return "\n".join(lines)
