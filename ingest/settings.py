"""Where things are: paths and sources, from arguments or the environment."""

import argparse
import os
from datetime import date
from pathlib import Path

PROJECT_DIR = Path(__file__).resolve().parent.parent
DEFAULT_WAREHOUSE = PROJECT_DIR / "data"
DEFAULT_SOURCES = "oms,wms,helpdesk,marketing"


def warehouse_dir(value: str | os.PathLike | None = None) -> Path:
    """The folder of the working and published files: `value`, $WAREHOUSE_DIR or `data`."""
    chosen = value or os.environ.get("WAREHOUSE_DIR") or DEFAULT_WAREHOUSE
    return Path(chosen).expanduser().absolute()


def landing_dir(
    value: str | os.PathLike | None = None, warehouse: str | os.PathLike | None = None
) -> Path:
    """The folder of the files to land: `value`, $LANDING_DIR or `landing` in the warehouse."""
    chosen = value or os.environ.get("LANDING_DIR") or warehouse_dir(warehouse) / "landing"
    return Path(chosen).expanduser().absolute()


def build_dir(warehouse: str | os.PathLike | None = None) -> Path:
    """The folder that only the build writes to."""
    return warehouse_dir(warehouse) / "build"


def working_file(warehouse: str | os.PathLike | None = None) -> Path:
    """The DuckDB file that landing and dbt write."""
    return build_dir(warehouse) / "warehouse.duckdb"


def source_names(value: str | None = None) -> list[str]:
    """The enabled sources, in the order given: `value`, $SOURCES or the brand's four systems."""
    chosen = value or os.environ.get("SOURCES") or DEFAULT_SOURCES
    return list(dict.fromkeys(name.strip() for name in chosen.split(",") if name.strip()))


def day(text: str) -> date:
    """A day of the command line, for argparse: raises its error when it is not a day."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is not a day; write 2026-01-31") from None
