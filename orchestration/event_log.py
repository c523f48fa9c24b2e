"""Dagster's event log of a home, without opening its files for every event.

A run writes thousands of events. Dagster's own SQLite log opens a file for each, waits until the
disk has it, and closes the file again: that took longer than building a small brand.
"""

import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Self

import sqlalchemy
from dagster._core.storage.event_log import SqliteEventLogStorage
from dagster._core.storage.event_log.sqlite.sqlite_event_log import INDEX_SHARD_NAME
from dagster._serdes import ConfigurableClassData

# Of runs' files, one a run; the index of all runs stays open besides.
OPEN_RUNS = 4
BUSY_SECONDS = 60.0


class OpenEventLog(SqliteEventLogStorage):
    """Dagster's files and tables, kept open; a process opens a file for its first event only."""

    def __init__(self, base_dir: str, inst_data: ConfigurableClassData | None = None) -> None:
        self._engines: dict[str, sqlalchemy.Engine] = {}
        self._tables: set[str] = set()
        self._one_at_a_time = threading.Lock()
        super().__init__(base_dir, inst_data)

    @classmethod
    def config_type(cls) -> dict:
        """No settings: the files are where Dagster's own log of a home has them."""
        return {}

    @classmethod
    def from_config_value(cls, inst_data: ConfigurableClassData | None, config_value: Any) -> Self:
        """The log of $DAGSTER_HOME."""
        return cls(str(Path(os.environ["DAGSTER_HOME"], "history", "runs")), inst_data)

    def run_connection(self, run_id: str | None = None) -> Any:
        """A transaction on the events of a run."""
        return self._transaction(run_id or "")

    def index_connection(self) -> Any:
        """A transaction on the index of all runs."""
        return self._transaction(INDEX_SHARD_NAME)

    def has_table(self, table_name: str) -> bool:
        """Whether the index has a table; one that is there stays."""
        if table_name not in self._tables and super().has_table(table_name):
            self._tables.add(table_name)
        return table_name in self._tables

    def wipe(self) -> None:
        """Delete all events and the runs' files."""
        self.dispose()
        super().wipe()

    def dispose(self) -> None:
        """Close the files."""
        with self._one_at_a_time:
            while self._engines:
                self._engines.popitem()[1].dispose()
        super().dispose()

    @contextmanager
    def _transaction(self, shard: str) -> Iterator[sqlalchemy.Connection]:
        with self._one_at_a_time, self._engine(shard).begin() as connection:
            yield connection

    def _engine(self, shard: str) -> sqlalchemy.Engine:
        engine = self._engines.pop(shard, None) or self._opened(shard)
        # The last one used is the last one closed.
        self._engines[shard] = engine
        runs = [name for name in self._engines if name != INDEX_SHARD_NAME]
        for name in runs[:-OPEN_RUNS]:
            self._engines.pop(name).dispose()
        return engine

    def _opened(self, shard: str) -> sqlalchemy.Engine:
        # Dagster's own connection makes the tables of a new file.
        with self._connect(shard):
            pass
        engine = sqlalchemy.create_engine(
            self.conn_string_for_shard(shard), connect_args={"timeout": BUSY_SECONDS}
        )
        sqlalchemy.event.listen(engine, "connect", _without_waiting_for_the_disk)
        return engine


def _without_waiting_for_the_disk(connection: Any, _: object) -> None:
    # With its write-ahead log, SQLite's file stays whole whatever happens. When the machine goes
    # down, the last events may be missing: of a run that it ended, and that starts again.
    connection.execute("pragma synchronous = normal")
