"""The watch over the landing folder, and the day that a run is for."""

import os
from datetime import UTC, date, datetime
from pathlib import Path

import dagster as dg
import pytest

from orchestration import partitions, sensors
from orchestration.arrivals import Watch, decide, look
from orchestration.project import SettingError, Warehouse

DAY = date(2024, 7, 5)


@pytest.fixture
def warehouse(tmp_path: Path) -> Warehouse:
    landing = tmp_path / "landing"
    (landing / "wms" / "parcel_scans").mkdir(parents=True)
    return Warehouse(tmp_path, landing, ("wms",))


def write(warehouse: Warehouse, name: str, text: str) -> Path:
    path = warehouse.landing / "wms" / "parcel_scans" / name
    path.write_text(text)
    return path


class Clock:
    """Looks again and again, as the sensor does, keeping the cursor as text."""

    def __init__(self, warehouse: Warehouse, published_at: float = 0.0) -> None:
        self.warehouse, self.published_at = warehouse, published_at
        self.cursor: str | None = None

    def tick(self, day: date = DAY) -> bool:
        """Whether this look asks for a run."""
        snapshot = look(self.warehouse, day)
        watch, wanted, _ = decide(Watch.from_cursor(self.cursor), snapshot, self.published_at)
        self.cursor = watch.cursor()
        return wanted


def test_unchanged_files_are_taken_exactly_once(warehouse):
    clock = Clock(warehouse)
    assert [clock.tick(), clock.tick()] == [False, False], "an empty folder is nothing to do"
    write(warehouse, "2024-07-05.csv", "half")
    assert not clock.tick()
    write(warehouse, "2024-07-05.csv", "half and more")
    assert not clock.tick(), "it grew since the last look"
    assert clock.tick()
    assert [clock.tick(), clock.tick()] == [False, False], "it was taken"
    write(warehouse, "2024-07-01.csv", "late")
    assert [clock.tick(), clock.tick()] == [False, True]


def test_a_corrected_file_of_the_same_size_is_an_arrival(warehouse):
    clock = Clock(warehouse)
    path = write(warehouse, "2024-07-05.csv", "wrong")
    assert [clock.tick(), clock.tick()] == [False, True]
    path.write_text("right")
    os.utime(path, ns=(1, 1))
    assert [clock.tick(), clock.tick(), clock.tick()] == [False, True, False]


def test_files_of_the_current_day_wait_for_its_end(warehouse):
    clock = Clock(warehouse)
    write(warehouse, "2024-07-05.csv", "a")
    assert [clock.tick(), clock.tick()] == [False, True]
    write(warehouse, "2024-07-06.csv", "b")
    assert [clock.tick(), clock.tick()] == [False, False]
    tomorrow = date(2024, 7, 6)
    assert [clock.tick(tomorrow), clock.tick(tomorrow)] == [False, True]


def test_unfinished_files_and_files_without_a_table_are_ignored(warehouse):
    clock = Clock(warehouse)
    write(warehouse, "2024-07-05.csv.part", "a")
    write(warehouse, ".2024-07-05.csv", "a")
    write(warehouse, "2024-07-05.pdf", "a")
    assert [clock.tick(), clock.tick()] == [False, False]


def test_the_first_look_ignores_files_older_than_the_publication(warehouse):
    path = write(warehouse, "2024-07-05.csv", "a")
    published = path.stat().st_mtime + 1
    clock = Clock(warehouse, published)
    assert [clock.tick(), clock.tick()] == [False, False]
    # From then on a copy with an old modification time is an arrival too.
    os.utime(write(warehouse, "2024-07-04.csv", "b"), (1, 1))
    assert [clock.tick(), clock.tick()] == [False, True]
    assert [Clock(warehouse, published - 2).tick()] == [False]


@pytest.mark.parametrize(
    ("now", "day"),
    [
        # Shanghai is eight hours ahead: its day closes at 16:00 UTC.
        (datetime(2024, 7, 5, 15, 59, 59, tzinfo=UTC), date(2024, 7, 4)),
        (datetime(2024, 7, 5, 16, 0, 0, tzinfo=UTC), date(2024, 7, 5)),
    ],
)
def test_a_day_closes_by_the_clock_of_the_brand(now, day):
    assert partitions.time_zone() == "Asia/Shanghai"
    assert partitions.last_closed_day(now) == day
    with dg.partition_loading_context(effective_dt=now):
        assert partitions.business_days.get_last_partition_key() == day.isoformat()


def test_invalid_settings_are_named(monkeypatch):
    monkeypatch.setenv("FIRST_BUSINESS_DAY", "July")
    with pytest.raises(SettingError, match="FIRST_BUSINESS_DAY is 'July'; give the first day"):
        partitions.first_business_day()
    monkeypatch.setenv("FIRST_BUSINESS_DAY", "2010-12-01")
    assert partitions.first_business_day() == date(2010, 12, 1)
    for given in ("0", "soon", "1.5"):
        monkeypatch.setenv("LANDING_QUIET_SECONDS", given)
        with pytest.raises(SettingError, match="LANDING_QUIET_SECONDS is"):
            sensors.quiet_seconds()
    monkeypatch.delenv("LANDING_QUIET_SECONDS")
    assert sensors.quiet_seconds() == 60
