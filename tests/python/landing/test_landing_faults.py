"""Faults: files that change, readers that lose lines, full disks, kills."""

import os
import signal
import subprocess
import sys
import time

import pytest
from landing_samples import HEADER, batches, scans

from ingest import group, physical_lines
from ingest.errors import LandingError
from ingest.settings import PROJECT_DIR


def test_a_file_that_changes_while_it_is_read_is_refused(brand, monkeypatch):
    brand.write("wms/parcel_scans_1.csv", scans("a"))
    growing = brand.write("wms/parcel_scans_2.csv", scans("b"))
    read = group._read

    def read_and_grow(*arguments):
        readings = read(*arguments)
        growing.write_text(scans("b", "c"))
        return readings

    monkeypatch.setattr(group, "_read", read_and_grow)
    report = brand.land()
    assert report.refusals == [
        "wms/parcel_scans_2.csv: it changed while it was read; the next run tries again"
    ]
    monkeypatch.undo()
    brand.land()
    assert batches(brand) == [
        (1, "wms/parcel_scans_1.csv", "a"),
        (2, "wms/parcel_scans_2.csv", "b c"),
    ]


def test_a_lost_line_is_noticed(brand, monkeypatch):
    record = physical_lines.CsvRecords._record

    def forgetful(self, values):
        if values[:1] == ["b"]:
            return None
        return record(self, values)

    monkeypatch.setattr(physical_lines.CsvRecords, "_record", forgetful)
    brand.write("wms/parcel_scans.csv", scans("a", "b", "c") + "\n")
    report = brand.land()
    assert (
        "5 lines in the file, but 1 of the header, 1 blank and 2 of records" in (report.refusals[0])
    )
    assert batches(brand) == []


def test_an_interrupted_commit_leaves_nothing(brand, monkeypatch):
    brand.write("wms/parcel_scans.csv", scans("a"))

    def broken(*arguments):
        raise KeyboardInterrupt

    monkeypatch.setattr("ingest.raw_tables.LoadLog.record", broken)
    with pytest.raises(KeyboardInterrupt):
        brand.land()
    monkeypatch.undo()
    assert batches(brand) == []
    brand.land()
    assert batches(brand) == [(1, "wms/parcel_scans.csv", "a")]
    assert sorted(path.name for path in brand.working_file.parent.iterdir()) == ["warehouse.duckdb"]


def test_a_full_disk_gives_a_clear_message(brand, monkeypatch):
    brand.write("wms/parcel_scans.csv.gz", b"\x1f\x8b rest")

    def full(path, target):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("ingest.probe.gunzip", full)
    with pytest.raises(LandingError, match=r"the disk that holds .* is full; free some space"):
        brand.land()


def test_a_file_that_is_not_regular_is_refused(brand):
    brand.write("wms/parcel_scans_a.csv", scans("a"))
    os.mkfifo(brand.landing_dir / "wms/parcel_scans_b.csv")
    report = brand.land()
    assert "not a regular file" in report.refusals[0]
    assert report.total.landed_files == 1


@pytest.mark.skipif(os.geteuid() == 0, reason="root reads everything")
def test_a_file_without_permission_is_refused(brand):
    brand.write("wms/parcel_scans.csv", scans("a")).chmod(0)
    assert "cannot be read: Permission denied" in brand.land().refusals[0]


def test_a_dangling_link_is_refused(brand):
    brand.write("wms/parcel_scans_a.csv", scans("a"))
    (brand.landing_dir / "wms/parcel_scans_b.csv").symlink_to("nowhere.csv")
    report = brand.land()
    assert report.refusals == ["wms/parcel_scans_b.csv: cannot be read: No such file or directory"]
    assert report.total.landed_files == 1


def test_after_a_kill_at_any_moment_the_next_run_completes(brand):
    for day in range(1, 29):
        rows = "".join(f"{day}-{number},2024-01-{day:02d},x,\n" for number in range(300))
        # Alternate what is read carefully, so that the kill meets both ways.
        brand.write(f"wms/parcel_scans/{day}.csv", HEADER + rows + ("bad\n" if day % 2 else ""))
    environment = {**os.environ, "PYTHONPATH": str(PROJECT_DIR)}
    program = (
        "import sys, ingest.landing as landing; landing.GROUP_FILES = 4;"
        " landing.land(['wms'], sys.argv[1], sys.argv[2])"
    )
    kills = 0
    for delay in (0.0, 0.05, 0.1, 0.2, 0.3):
        process = subprocess.Popen(
            [sys.executable, "-c", program, brand.landing_dir, brand.warehouse_dir],
            env=environment, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        started = time.monotonic()
        while process.poll() is None and not brand.working_file.exists():
            assert time.monotonic() - started < 30
            time.sleep(0.005)
        time.sleep(delay)
        process.send_signal(signal.SIGKILL)
        kills += process.wait() == -signal.SIGKILL
        # What stands is whole: every batch of the log with its rows, and no other.
        if brand.query("select 1 from duckdb_tables() where table_name = 'load_log'"):
            assert brand.query("""
                select coalesce(sum(rows_landed), 0) - (select count(*) from raw.parcel_scans),
                    coalesce(sum(rows_rejected), 0) - (select count(*) from raw.rejected_rows)
                from raw.load_log
            """) == [(0, 0)]
    assert kills > 0
    brand.land()
    assert brand.query("""
        select count(*), count(distinct tracking_no), count(distinct _batch_id)
        from raw.parcel_scans
    """) == [(28 * 300, 28 * 300, 28)]
    assert len(brand.rejected()) == 14
    assert not (brand.working_file.parent / "landing.tmp").exists()
