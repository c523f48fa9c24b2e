"""Runs: repeated, changed, duplicate, killed, refused; accounts; the command line."""

import os
import re
import signal
import subprocess
import sys
import time

import duckdb
import pytest

from ingest.errors import LandingError
from ingest.landing import land
from ingest.settings import PROJECT_DIR

HEADER = "tracking_no,scanned_at,scan_code\n"


def scans(*names: str) -> str:
    return HEADER + "".join(f"{name},2024-01-05,x\n" for name in names)


def command(brand, *arguments: str) -> subprocess.CompletedProcess:
    return subprocess.run(
        [sys.executable, "-m", "ingest", "land", "--sources", "wms", "--landing-dir",
         str(brand.landing_dir), "--warehouse-dir", str(brand.warehouse_dir), *arguments],
        cwd=PROJECT_DIR, capture_output=True, text=True, timeout=60,
    )  # fmt: skip


def batches(brand) -> list[tuple]:
    return brand.query("""
        select _batch_id, _source_file, string_agg(tracking_no, ' ' order by _source_row)
        from raw.parcel_scans group by all order by 1
    """)


def test_every_raw_table_is_there_and_typed_without_any_file(brand):
    report = brand.land()
    assert report.exit_code == 0
    assert brand.query("""
        select column_name, lower(data_type) from information_schema.columns
        where table_schema = 'raw' and table_name = 'parcel_scans' order by ordinal_position
    """) == [
        ("tracking_no", "varchar"),
        ("scanned_at", "timestamp"),
        ("scanned_at_offset_minutes", "smallint"),
        ("scan_code", "varchar"),
        ("province", "varchar"),
        ("city", "varchar"),
        ("facility", "varchar"),
        ("updated_at", "timestamp"),
        ("updated_at_offset_minutes", "smallint"),
        ("is_deleted", "boolean"),
        ("_batch_id", "bigint"),
        ("_loaded_at", "timestamp"),
        ("_source_file", "varchar"),
        ("_source_row", "bigint"),
    ]
    assert {name for (name,) in brand.query("select table_name from duckdb_tables()")} == {
        "warehouses", "shipments", "shipment_lines", "parcel_scans", "rejected_rows", "load_log",
    }  # fmt: skip


def test_a_second_run_lands_nothing(brand, capsys):
    brand.write("wms/parcel_scans/1.csv", scans("a"))
    brand.write("wms/parcel_scans/2.csv", scans("b", "c"))
    assert brand.land().total.landed_files == 2
    again = brand.land()
    assert (again.total.landed_files, again.total.unchanged_files) == (0, 2)
    assert again.warnings == []
    assert capsys.readouterr().err == ""
    assert brand.query("select count(*) from raw.load_log") == [(2,)]


def test_batches_rise_in_the_order_of_tables_and_names(brand):
    brand.write("wms/parcel_scans_10.csv", scans("c"))
    brand.write("wms/parcel_scans_9.csv", scans("b"))
    brand.write("wms/warehouses.csv", "warehouse_id\nW1\n")
    brand.land()
    brand.write("wms/parcel_scans_1.csv", scans("d"))
    brand.land()
    assert batches(brand) == [
        (2, "wms/parcel_scans_9.csv", "b"),
        (3, "wms/parcel_scans_10.csv", "c"),
        (4, "wms/parcel_scans_1.csv", "d"),
    ]


def test_raw_rows_stand_in_the_order_of_batches_however_they_were_read(brand):
    brand.write("wms/parcel_scans_1.csv", scans("a", "b") + "\n")
    brand.write("wms/parcel_scans_2.csv", scans("c"))
    brand.land()
    assert brand.query("select _batch_id, _source_row from raw.parcel_scans order by rowid") == [
        (1, 2),
        (1, 3),
        (2, 2),
    ]


def test_a_touched_file_does_not_land_again(brand):
    path = brand.write("wms/parcel_scans.csv", scans("a"))
    brand.land()
    os.utime(path, (1, 1))
    report = brand.land()
    assert (report.total.landed_files, report.total.unchanged_files) == (0, 1)
    assert report.warnings == []
    assert brand.query("select status from raw.load_log") == [("landed",), ("duplicate",)]
    brand.land()
    assert brand.query("select count(*) from raw.load_log") == [(2,)]


def test_the_same_content_elsewhere_is_said_once_and_not_landed(brand):
    brand.write("wms/parcel_scans.csv", scans("a"))
    brand.land()
    brand.write("wms/parcel_scans_copy.csv", scans("a"))
    expected = "wms/parcel_scans_copy.csv: same content as wms/parcel_scans.csv, not landed again"
    assert brand.land().warnings == [expected]
    assert brand.land().warnings == []
    assert len(batches(brand)) == 1


def test_the_same_content_twice_in_one_run_lands_once(brand):
    brand.write("wms/parcel_scans_a.csv", scans("a"))
    brand.write("wms/parcel_scans_b.csv", scans("a"))
    report = brand.land()
    assert (report.total.landed_files, report.total.unchanged_files) == (1, 1)
    assert batches(brand) == [(1, "wms/parcel_scans_a.csv", "a")]


def test_twins_of_a_refused_file_are_refused(brand):
    bad = HEADER + "a,never,x\n"
    brand.write("wms/parcel_scans_a.csv", bad)
    brand.write("wms/parcel_scans_b.csv", bad)
    report = brand.land()
    assert [refusal.split(":")[0] for refusal in report.refusals] == [
        "wms/parcel_scans_a.csv",
        "wms/parcel_scans_b.csv",
    ]


def test_the_same_content_may_land_in_two_tables(brand):
    content = "warehouse_id,shipment_id,platform,line_no,sku_id,quantity\nW,S,P,1,A,2\n"
    brand.write("wms/shipments.csv", content)
    brand.write("wms/shipment_lines.csv", content)
    assert brand.land().total.landed_files == 2


def test_days_without_rows_are_alike_and_quiet(brand):
    for day in range(3):
        brand.write(f"wms/parcel_scans_{day}.csv", HEADER)
    report = brand.land()
    assert (report.total.landed_files, report.total.unchanged_files) == (1, 2)
    assert report.warnings == []


def test_a_changed_file_lands_again_as_a_new_batch(brand):
    brand.write("wms/parcel_scans.csv", scans("a"))
    brand.land()
    brand.write("wms/parcel_scans.csv", scans("a", "b"))
    report = brand.land()
    assert len(report.warnings) == 1 and "has changed since it landed" in report.warnings[0]
    assert batches(brand) == [(1, "wms/parcel_scans.csv", "a"), (2, "wms/parcel_scans.csv", "a b")]


def test_a_file_that_goes_back_to_what_landed_before_is_said(brand):
    for content in (scans("a"), scans("b"), scans("a")):
        path = brand.write("wms/parcel_scans.csv", content)
        os.utime(path, ns=(time.time_ns(), time.time_ns()))
        report = brand.land()
    (warning,) = report.warnings
    assert "back to what landed before, not landed again" in warning
    assert [row[2] for row in batches(brand)] == ["a", "b"]
    assert brand.land().warnings == []


def test_what_is_no_regular_file_is_refused(brand):
    brand.write("wms/parcel_scans_a.csv", scans("a"))
    os.mkfifo(brand.landing_dir / "wms/parcel_scans_b.csv")
    report = brand.land()
    assert "not a regular file" in report.refusals[0]
    assert report.total.landed_files == 1


def test_a_refused_file_is_tried_again(brand):
    brand.write("wms/parcel_scans.csv", "x\n1\n")
    assert brand.land().exit_code == 1
    assert brand.land().exit_code == 1
    brand.write("wms/parcel_scans.csv", scans("a"))
    assert brand.land().exit_code == 0
    assert brand.query("select status from raw.load_log") == [
        ("refused",), ("refused",), ("landed",),
    ]  # fmt: skip


def test_a_file_that_changes_while_it_is_read_is_refused(brand, monkeypatch):
    brand.write("wms/parcel_scans_1.csv", scans("a"))
    growing = brand.write("wms/parcel_scans_2.csv", scans("b"))
    from ingest import group

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


def test_a_reader_that_loses_a_line_is_noticed(brand, monkeypatch):
    from ingest import physical_lines

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


def test_a_column_that_is_declared_later_is_added(brand):
    brand.land()
    with duckdb.connect(str(brand.working_file)) as con:
        con.execute("alter table raw.parcel_scans drop column city")
    brand.write("wms/parcel_scans.csv", HEADER.strip() + ",city\na,2024-01-05,x,上海\n")
    brand.land()
    assert brand.query("select city, _source_row from raw.parcel_scans") == [("上海", 2)]


def test_a_column_of_another_type_stops_the_run(brand):
    brand.land()
    with duckdb.connect(str(brand.working_file)) as con:
        con.execute("alter table raw.parcel_scans alter city type integer")
    with pytest.raises(LandingError, match=r"raw.parcel_scans.city is integer .* as varchar"):
        brand.land()


def test_the_log_adds_up(brand):
    rows = "".join(f"{number},2024-01-05,x\n" for number in range(30))
    brand.write("wms/parcel_scans.csv", HEADER + rows + "bad\n")
    path = brand.landing_dir / "wms/parcel_scans.csv"
    report = brand.land()
    assert brand.query("""
        select _batch_id, source, table_name, source_file, length(file_sha256), file_bytes, status,
            message, rows_read, rows_landed, rows_rejected, started_at <= finished_at,
            loaded_at = (select max(_loaded_at) from raw.parcel_scans)
        from raw.load_log
    """) == [
        (1, "wms", "parcel_scans", "wms/parcel_scans.csv", 64, path.stat().st_size, "landed",
         None, 31, 30, 1, True, True)
    ]  # fmt: skip
    assert brand.query("""
        select _batch_id, source, table_name, source_file, line_number, column_name, reason, line,
            rejected_at = (select max(_loaded_at) from raw.parcel_scans)
        from raw.rejected_rows
    """) == [
        (1, "wms", "parcel_scans", "wms/parcel_scans.csv", 32, None, "1 columns instead of 3",
         "bad", True)
    ]  # fmt: skip
    assert (report.total.rows_read, report.total.rows_landed) == (31, 30)


def test_groups_split_by_size_give_the_same(brand, monkeypatch):
    monkeypatch.setattr("ingest.landing.GROUP_FILES", 2)
    monkeypatch.setattr("ingest.working_file.IN_MEMORY_BYTES", 0)
    for number in range(5):
        brand.write(f"wms/parcel_scans_{number}.csv", scans(f"p{number}"))
    brand.land()
    assert [row[0] for row in batches(brand)] == [1, 2, 3, 4, 5]
    assert [row[2] for row in batches(brand)] == ["p0", "p1", "p2", "p3", "p4"]


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


def test_a_full_disk_is_a_clear_message(brand, monkeypatch):
    brand.write("wms/parcel_scans.csv.gz", b"\x1f\x8b rest")

    def full(path, target):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("ingest.probe.gunzip", full)
    with pytest.raises(LandingError, match=r"the disk that holds .* is full; make room"):
        brand.land()


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


def test_killed_at_any_moment_the_next_run_completes(brand):
    for day in range(1, 29):
        rows = "".join(f"{day}-{number},2024-01-{day:02d},x\n" for number in range(300))
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


def test_a_brand_with_two_plain_files_lands(order_brand):
    order_brand.write(
        "orders.csv",
        "platform,order_id,account_id,status,created_at,paid_at\n"
        "tmall,1,a,paid,2024-01-05 08:00:00,2024-01-05 08:01:00\n",
    )
    order_brand.write(
        "order_lines.csv",
        "platform,order_id,line_no,sku_id,quantity,unit_price\ntmall,1,1,A,2,9.90\n",
    )
    report = order_brand.land()
    assert (report.exit_code, report.total.rows_landed, report.warnings) == (0, 2, [])
    assert order_brand.query("select count(*) from raw.refunds") == [(0,)]


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
        (["--sources", "oms,shop"], "unknown source shop; the declared ones are helpdesk, "),
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


def test_exit_code_2_when_the_warehouse_cannot_be_made(brand):
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


def test_exit_code_2_when_the_working_file_is_damaged(brand):
    brand.land()
    brand.working_file.write_bytes(b"not a database" * 1000)
    done = command(brand)
    assert done.returncode == 2
    assert "cannot be opened as a DuckDB file" in done.stderr
    assert "Traceback" not in done.stderr


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
