"""Great Expectations over a DuckDB file, by SQL in the file itself."""

from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import great_expectations as gx
from great_expectations.data_context import EphemeralDataContext
from great_expectations.data_context.types.base import ProgressBarsConfig
from great_expectations.datasource.fluent import SQLDatasource
from sqlalchemy import Engine, event
from sqlalchemy.engine.cursor import FullyBufferedCursorFetchStrategy
from sqlalchemy.pool import NullPool


@event.listens_for(Engine, "after_cursor_execute")
def _buffer(_connection, cursor, _statement, _parameters, context, _many) -> None:
    """Read a result while its connection is open: GX closes it before it reads the rows."""
    if cursor.description:
        context.cursor_fetch_strategy = FullyBufferedCursorFetchStrategy(
            cursor, initial_buffer=deque(cursor.fetchall())
        )


@contextmanager
def opened(path: Path) -> Iterator[tuple[EphemeralDataContext, SQLDatasource]]:
    """A context that lives in memory, and the file as its data source.

    Nothing is pooled: a connection that waits in a pool keeps the file's lock and blocks dbt. One
    stays open until the end, because opening the file again for every query takes longer than
    most queries.
    """
    context = gx.get_context(mode="ephemeral")
    context.variables.progress_bars = ProgressBarsConfig(globally=False)
    source = context.data_sources.add_sql(
        "warehouse",
        connection_string=f"duckdb:///{path}",
        create_temp_table=False,
        kwargs={"poolclass": NullPool, "connect_args": {"read_only": True}},
    )
    with source.get_engine().connect():
        yield context, source
