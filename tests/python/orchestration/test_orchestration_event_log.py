"""The event log keeps its files open, and they are those of Dagster's own log."""

import sqlite3
import threading
from collections.abc import Iterator
from pathlib import Path

import dagster as dg
import pytest
from dagster._core.storage.event_log import SqliteEventLogStorage

from orchestration.event_log import OPEN_RUNS, OpenEventLog
from orchestration.project import PROJECT_DIR


@dg.asset
def orders() -> dg.MaterializeResult:
    return dg.MaterializeResult(metadata={"rows": 6})


@dg.asset_check(asset=orders)
def has_rows() -> dg.AssetCheckResult:
    return dg.AssetCheckResult(passed=True)


def run(instance: dg.DagsterInstance) -> str:
    result = dg.materialize([orders, has_rows], instance=instance)
    assert result.success
    return result.run_id


@pytest.fixture
def instance(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[dg.DagsterInstance]:
    """The instance that `make dagster` opens."""
    (tmp_path / "dagster.yaml").symlink_to(PROJECT_DIR / "orchestration" / "dagster.yaml")
    monkeypatch.setenv("DAGSTER_HOME", str(tmp_path))
    with dg.DagsterInstance.get() as made:
        yield made


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The files of events that were opened since."""
    files, without = [], sqlite3.connect

    def connect(database: str, *args, **kwargs) -> sqlite3.Connection:
        if Path(database).parent.name == "runs":
            files.append(Path(database).stem)
        return without(database, *args, **kwargs)

    monkeypatch.setattr(sqlite3, "connect", connect)
    monkeypatch.setattr(sqlite3.dbapi2, "connect", connect)
    return files


def test_the_instance_of_a_warehouse_uses_it(instance):
    assert isinstance(instance.event_log_storage, OpenEventLog)


def test_no_file_is_opened_for_an_event(instance, opened):
    run_id = run(instance)
    assert {run_id, "index"} <= set(opened)
    event = instance.get_latest_materialization_event(orders.key)
    opened.clear()
    instance.store_event(event)
    assert instance.all_logs(run_id)[-1] == event
    assert opened == []


def test_dagsters_own_log_reads_and_goes_on_with_what_it_wrote(instance, tmp_path):
    run_id = run(instance)
    own = SqliteEventLogStorage(str(tmp_path / "history" / "runs"))
    own.register_instance(instance)
    assert own.get_logs_for_run(run_id) == instance.all_logs(run_id)
    event = instance.get_latest_materialization_event(orders.key)
    own.store_event(event)
    records = instance.fetch_materializations(orders.key, limit=5).records
    assert [record.event_log_entry for record in records] == [event, event]
    (check,) = own.get_latest_asset_check_execution_by_key([has_rows.check_key]).values()
    assert check.run_id == run_id


def test_few_runs_stay_open(instance, opened):
    runs = [run(instance) for _ in range(OPEN_RUNS + 1)]
    opened.clear()
    assert instance.all_logs(runs[-1])
    assert opened == []
    assert instance.all_logs(runs[0])
    assert set(opened) == {runs[0]}


def test_threads_write_and_read_at_once(instance):
    run_id = run(instance)
    event = instance.get_latest_materialization_event(orders.key)
    before = len(instance.all_logs(run_id))

    def write() -> None:
        for _ in range(20):
            instance.store_event(event)
            instance.all_logs(run_id)

    writers = [threading.Thread(target=write) for _ in range(4)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    assert len(instance.all_logs(run_id)) == before + 80
    assert len(instance.fetch_materializations(orders.key, limit=100).records) == 81


def test_wiped_events_are_gone(instance):
    run_id = run(instance)
    instance.event_log_storage.wipe()
    assert instance.all_logs(run_id) == []
    assert len(instance.all_logs(run(instance))) > 10
