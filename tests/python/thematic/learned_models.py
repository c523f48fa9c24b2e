"""Models in Python, run as dbt-duckdb runs them, without dbt."""

import importlib.util
from pathlib import Path
from types import ModuleType, SimpleNamespace

import duckdb

FOLDER = Path(__file__).resolve().parents[3] / "models" / "intermediate" / "learned"
NAMES = sorted(path.stem for path in FOLDER.glob("*.py"))


def load(name: str) -> ModuleType:
    """The module of a model, to call its functions."""
    spec = importlib.util.spec_from_file_location(name, FOLDER / f"{name}.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def build(connection: duckdb.DuckDBPyConnection, name: str) -> None:
    """Create the model's table in the schema `intermediate` from those in `thematic`."""
    dbt = SimpleNamespace(
        config=lambda **_: None,
        ref=lambda upstream: connection.query(f"select * from thematic.{upstream}"),
    )
    result = load(name).model(dbt, connection)
    connection.register("learned", result)
    connection.execute("create schema if not exists intermediate")
    connection.execute(f"create or replace table intermediate.{name} as select * from learned")
    connection.unregister("learned")
