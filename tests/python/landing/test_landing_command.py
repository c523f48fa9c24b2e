"""The command line: exit codes and messages."""

import os
import re
import subprocess
import sys

import duckdb
import pytest
from landing_samples import scans

from ingest.landing import land
from ingest.settings import PROJECT_DIR


def command(brand, *arguments: str) -> subprocess.CompletedProcess:
    return subprocess.run(
        [sys.executable, "-m", "ingest", "land", "--sources", "wms", "--landing-dir",
         str(brand.landing_dir), "--warehouse-dir", str(brand.warehouse_dir), *arguments],
        cwd=PROJECT_DIR, capture_output=True, text=True, timeout=60,
    )  # fmt: skip


def test_exit_code_0_with_a_summary(brand):
    brand.write("wms/parcel_scans.csv", scans("a", "b"))
    done = command(brand)
    assert (done.returncode, done.stderr) == (0, "")
    assert re.search(r"^parcel_scans +1 +0 +0 +2 +2 +0$", done.stdout, re.MULTILINE)
    assert re.search(r"^all +1 +0 +0 +2 +2 +0$", done.stdout, re.MULTILINE)


def test_exit_code_0_with_a_warning_that_counts_rejects(brand):
    brand.write("wms/parcel_scans.csv", scans(*"abcdefgh") + "bad\n")
    done = command(brand)
    assert done.returncode == 0
    assert "1 of 9 rows were rejected; they are in raw.rejected_rows" in done.stderr


def test_exit_code_1_when_a_file_is_refused(brand):
    brand.write("wms/parcel_scans.csv", "")
    done = command(brand)
    assert done.returncode == 1
    assert "refused: wms/parcel_scans.csv: the file is empty" in done.stderr
    assert "1 file was refused" in done.stderr


@pytest.mark.parametrize(
    "arguments, expected",
    [
        (
            ["--sources", "oms,shop"],
            "unknown source shop; the declared ones are exports, helpdesk, ",
        ),
        (["--sources", ","], "no source is named"),
        (["--landing-dir", "/nowhere/at/all"], "there is no landing folder /nowhere/at/all;"),
        (["--colour", "red"], "unrecognized arguments: --colour red"),
    ],
)
def test_exit_code_2_when_the_run_cannot_start(brand, arguments, expected):
    done = command(brand, *arguments)
    assert done.returncode == 2
    assert expected in done.stderr and "Traceback" not in done.stderr
    assert not brand.warehouse_dir.exists()


def test_exit_code_2_when_the_warehouse_cannot_be_created(brand):
    brand.write("wms/parcel_scans.csv", scans("a"))
    brand.warehouse_dir.write_text("in the way")
    done = command(brand)
    assert done.returncode == 2
    assert "cannot be made or used: Not a directory" in done.stderr
    assert "Traceback" not in done.stderr


def test_exit_code_2_when_the_working_file_is_in_use(brand):
    brand.land()
    with duckdb.connect(str(brand.working_file)):
        done = command(brand)
    assert done.returncode == 2
    assert f"(process {os.getpid()}); wait until it is done" in done.stderr


def test_a_damaged_working_file_is_moved_aside_and_everything_lands_anew(brand):
    brand.write("wms/parcel_scans.csv", scans("a"))
    brand.land()
    brand.working_file.write_bytes(b"not a database" * 1000)
    done = command(brand)
    assert done.returncode == 0
    (line,) = done.stderr.splitlines()
    assert "is damaged" in line and "everything lands again from the raw files" in line
    (aside,) = brand.working_file.parent.glob("warehouse.damaged-*.duckdb")
    assert aside.read_bytes() == b"not a database" * 1000
    assert brand.query("select tracking_no from raw.parcel_scans") == [("a",)]
    assert command(brand).stderr == ""


def test_paths_and_sources_come_from_the_environment(brand, monkeypatch):
    brand.write("wms/parcel_scans.csv", scans("a"))
    monkeypatch.setenv("SOURCES", "wms")
    monkeypatch.setenv("LANDING_DIR", str(brand.landing_dir))
    monkeypatch.setenv("WAREHOUSE_DIR", str(brand.warehouse_dir))
    assert land().total.landed_files == 1


def test_help_names_the_options_and_exit_codes(brand):
    done = command(brand, "--help")
    assert done.returncode == 0
    for word in ("--sources", "--landing-dir", "--warehouse-dir", "Exit codes"):
        assert word in done.stdout
