"""Landing up to a day: files of later days wait, files without a day land."""

import subprocess
import sys
from datetime import date

import pytest
from landing_samples import scans

from ingest.file_dates import day_in_name
from ingest.landing import land
from ingest.settings import PROJECT_DIR


@pytest.mark.parametrize(
    ("name", "day"),
    [
        ("oms/orders/2024-07-05.csv", date(2024, 7, 5)),
        ("oms/orders_20240705.csv.gz", date(2024, 7, 5)),
        ("oms/orders_20240705031500.csv", date(2024, 7, 5)),
        ("oms/orders_2024_07_05_12_30.csv", date(2024, 7, 5)),
        ("oms/orders/2024/07/05/part-0.parquet", date(2024, 7, 5)),
        ("oms/orders/day=2024-07-05/part-10.csv", date(2024, 7, 5)),
        ("oms/orders_2024-07-01_2024-07-31.csv", date(2024, 7, 31)),
        ("oms/orders_2024-07.csv", date(2024, 7, 1)),
        ("oms/orders_202407.csv", None),
        ("oms/orders_1720000000.csv", None),
        ("oms/orders_2024-13-45.csv", None),
        ("oms/orders_2024-02-30.csv", None),
        ("oms/orders_9920240705.csv", None),
        ("oms/orders (1).csv", None),
    ],
)
def test_the_day_of_a_file_is_the_one_in_its_name(name, day):
    assert day_in_name(name) == day


def test_later_files_wait_and_land_with_a_later_day(brand):
    brand.write("wms/parcel_scans/2024-07-04.csv", scans("a"))
    brand.write("wms/parcel_scans/2024-07-05.csv", scans("b"))
    brand.write("wms/parcel_scans/2024-07-06.csv", scans("c"))
    brand.write("wms/parcel_scans/extra.csv", scans("d"))

    def landed(until: date | None) -> set[str]:
        report = land(["wms"], brand.landing_dir, brand.warehouse_dir, until)
        files = brand.query("select source_file from raw.load_log where status = 'landed'")
        assert len(files) + len(report.left_for_later) == 4
        return {name.removeprefix("wms/parcel_scans/") for (name,) in files}

    assert landed(date(2024, 7, 4)) == {"2024-07-04.csv", "extra.csv"}
    assert landed(date(2024, 7, 5)) == {"2024-07-04.csv", "2024-07-05.csv", "extra.csv"}
    # A late file of an old day lands with any later run.
    brand.write("wms/parcel_scans/2024-07-01.csv", scans("e"))
    report = land(["wms"], brand.landing_dir, brand.warehouse_dir, date(2024, 7, 6))
    assert report.total.landed_files == 2
    assert report.left_for_later == []


def test_the_command_reports_how_many_files_it_left(brand):
    brand.write("wms/parcel_scans/2024-07-04.csv", scans("a"))
    brand.write("wms/parcel_scans/2024-07-07.csv", scans("c"))
    brand.write("wms/parcel_scans/2024-07-06.csv", scans("b"))

    def command(until: str) -> subprocess.CompletedProcess:
        return subprocess.run(
            [sys.executable, "-m", "ingest", "land", "--sources", "wms", "--until", until,
             "--landing-dir", brand.landing_dir, "--warehouse-dir", brand.warehouse_dir],
            cwd=PROJECT_DIR, capture_output=True, text=True, timeout=60,
        )  # fmt: skip

    done = command("2024-07-05")
    assert done.returncode == 0
    assert (
        "2 files of later days skipped, the first is wms/parcel_scans/2024-07-06.csv" in done.stdout
    )
    done = command("05.07.2024")
    assert done.returncode == 2
    assert "'05.07.2024' is not a day; write 2026-01-31" in done.stderr
