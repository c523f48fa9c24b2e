"""A full disk, a folder that cannot be written, and files that are replaced while they land."""

import hashlib
import os
import subprocess
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest
from fault_brand import land_files, write_day, write_marts
from pipeline_brand import Brand

from ingest import group
from ingest.landing import land
from orchestration.project import Warehouse
from orchestration.publication import PublicationError, publish

HEADER = "platform,order_id,account_id,created_at,paid_at,status\n"
ROW = "own_shop,{order},ann,2024-01-01 10:00:00,2024-01-01 10:05:00,completed\n"


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of a few megabytes, in memory."""
    folder = tmp_path / "disk"
    folder.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=6m", "tmpfs", str(folder)]
    try:
        mounted = subprocess.run(mount, capture_output=True, text=True, check=False)
    except FileNotFoundError:
        pytest.skip("there is no `mount` here to make a small disk with")
    if mounted.returncode:
        pytest.skip(f"only root may make a small disk: {mounted.stderr.strip()}")
    yield folder
    subprocess.run(["umount", "--lazy", str(folder)], check=True)


def remount(folder: Path, options: str) -> None:
    subprocess.run(["mount", "-o", f"remount,{options}", str(folder)], check=True)


def the_error(finished: subprocess.CompletedProcess[str]) -> str:
    assert finished.returncode == 2, finished.stdout
    assert "Traceback" not in finished.stdout, finished.stdout
    (line,) = [line for line in finished.stdout.splitlines() if line.startswith("error: ")]
    return line


def test_a_full_disk_is_reported_and_the_next_run_lands_the_rest(small_disk, tmp_path):
    brand = Brand(small_disk, "oms", tmp_path / "landing")
    write_day(brand, 0)
    land_files(brand)
    orders = [f"own_shop,{hashlib.sha256(str(one).encode()).hexdigest()}" for one in range(150_000)]
    tail = ",ann,2024-01-02 10:00:00,2024-01-02 10:05:00,completed"
    brand.write("oms/orders_large.csv", HEADER.strip(), *(f"{order}{tail}" for order in orders))
    error = the_error(brand.run("ingest", "land"))
    assert f"the disk that holds {brand.working_file.parent} is full; free some space" in error
    # What had landed is whole, what did not fit is not there.
    assert brand.working_query("select count(*) from raw.orders") == [(25,)]
    remount(small_disk, "size=100m")
    land_files(brand)
    assert brand.working_query("select count(*) from raw.orders") == [(150_025,)]


def test_a_full_disk_stops_publication_and_readers_keep_the_last_one(small_disk):
    warehouse = Warehouse(small_disk, small_disk / "landing", ("oms",))
    write_marts(warehouse, rows=10)
    publish(warehouse)
    last = warehouse.published.resolve()
    remount(small_disk, "size=40m")
    write_marts(warehouse, rows=400_000)
    used = sum(path.stat().st_size for path in small_disk.rglob("*") if path.is_file())
    remount(small_disk, f"size={(used >> 10) + 1024}k")
    with pytest.raises(PublicationError, match=r"the disk that holds .* is full; free some space"):
        publish(warehouse)
    assert warehouse.published.resolve() == last
    with duckdb.connect(str(warehouse.published_file), read_only=True) as con:
        assert con.execute("select count(*) from subject.fct_orders").fetchone() == (10,)
    assert [path.name for path in warehouse.publications.iterdir()] == [last.name]
    remount(small_disk, "size=100m")
    assert 400_000 in [table.rows for table in publish(warehouse).tables]


@pytest.mark.parametrize(
    "command",
    [("ingest", "land"), ("expectations", "raw"), ("orchestration", "build")],
    ids=" ".join,
)
def test_an_unwritable_folder_is_reported(small_disk, tmp_path, command):
    brand = Brand(small_disk, "oms", tmp_path / "landing")
    write_day(brand, 0)
    land_files(brand)
    remount(small_disk, "ro")
    write_day(brand, 1)
    error = the_error(brand.run(*command))
    assert str(brand.working_file.parent) in error and "cannot be written" in error
    assert "Read-only file system; give this user the right to write it" in error
    remount(small_disk, "rw")
    land_files(brand)
    assert brand.working_query("select count(*) from raw.orders") == [(50,)]


def test_an_unwritable_publication_changes_nothing(small_disk):
    warehouse = Warehouse(small_disk, small_disk / "landing", ("oms",))
    write_marts(warehouse, rows=10)
    publish(warehouse)
    remount(small_disk, "ro")
    with pytest.raises(PublicationError, match=r"nothing was published, .* Read-only file system"):
        publish(warehouse)


def orders(*keys: str) -> str:
    return HEADER + "".join(ROW.format(order=key) for key in keys)


@pytest.mark.parametrize("moment", ["before", "after"])
@pytest.mark.parametrize("keeps_time", [False, True], ids=["new time", "same size and time"])
def test_a_file_replaced_while_it_lands_is_entirely_old_or_new(
    tmp_path, monkeypatch, moment, keeps_time
):
    landing = tmp_path / "landing"
    path = landing / "oms" / "orders.csv"
    path.parent.mkdir(parents=True)
    path.write_text(orders("1", "2") + "bad\n")
    other = tmp_path / "other.csv"
    other.write_text(orders("3", "4") + "odd\n")
    if keeps_time:
        at = path.stat().st_mtime_ns
        os.utime(other, ns=(at, at))
    read = group._read

    def replaced(*arguments):
        if moment == "before":
            os.replace(other, path)
        readings = read(*arguments)
        if moment == "after":
            os.replace(other, path)
        return readings

    with monkeypatch.context() as patched:
        patched.setattr(group, "_read", replaced)
        report = land(["oms"], landing, tmp_path)
    assert report.refusals == [
        "oms/orders.csv: it changed while it was read; the next run tries again"
    ]
    assert land(["oms"], landing, tmp_path).exit_code == 0
    assert_landed_as_logged(tmp_path, path, ["3", "4"], "odd")


def test_a_file_replaced_while_its_rejected_lines_are_read_does_not_land(tmp_path, monkeypatch):
    landing = tmp_path / "landing"
    path = landing / "oms" / "orders.csv"
    path.parent.mkdir(parents=True)
    path.write_text(orders("1", "2") + "bad\n")
    other = tmp_path / "other.csv"
    other.write_text(orders("3", "4") + "odd\n")
    collect = group.collect_rejected_lines

    def replaced(*arguments):
        if other.exists():
            os.replace(other, path)
        return collect(*arguments)

    monkeypatch.setattr(group, "collect_rejected_lines", replaced)
    assert land(["oms"], landing, tmp_path).exit_code == 1
    assert land(["oms"], landing, tmp_path).exit_code == 0
    assert_landed_as_logged(tmp_path, path, ["3", "4"], "odd")


def assert_landed_as_logged(folder: Path, path: Path, keys: list[str], rejected: str) -> None:
    with duckdb.connect(str(folder / "build" / "warehouse.duckdb"), read_only=True) as con:
        assert con.execute("select order_id from raw.orders order by 1").fetchall() == [
            (key,) for key in keys
        ]
        assert con.execute("select line from raw.rejected_rows").fetchall() == [(rejected,)]
        assert con.execute(
            "select file_sha256 from raw.load_log where status = 'landed'"
        ).fetchall() == [(hashlib.sha256(path.read_bytes()).hexdigest(),)]
