"""Runs: repeated, changed, duplicate; batches, groups and accounts."""

import os
import time

import duckdb
import pytest
from landing_samples import HEADER, batches, scans

from ingest.errors import LandingError


def test_every_raw_table_exists_and_is_typed_without_any_file(brand):
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
        ("_delivery", "varchar"),
    ]
    assert {name for (name,) in brand.query("select table_name from duckdb_tables()")} == {
        "warehouses", "suppliers", "shipments", "shipment_lines", "parcel_scans",
        "stock_movements", "stock_counts", "purchase_orders", "rejected_rows", "load_log",
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


def test_batch_ids_rise_in_the_order_of_tables_and_names(brand):
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


def test_raw_rows_are_stored_in_batch_order(brand):
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


def test_a_copy_under_another_name_is_reported_once_and_not_landed(brand):
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


def test_copies_of_a_refused_file_are_refused(brand):
    bad = HEADER + "a,never,x,\n"
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


def test_equal_files_without_rows_give_no_warning(brand):
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


def write_anew(brand, name, content):
    """Write a file, its time of change another one than before, and land."""
    os.utime(brand.write(f"wms/{name}", content), ns=(time.time_ns(), time.time_ns()))
    return brand.land()


@pytest.mark.parametrize("has_copy", [False, True], ids=["alone", "with a copy"])
def test_a_file_restored_to_earlier_content_lands_again(brand, has_copy):
    write_anew(brand, "parcel_scans.csv", scans("a"))
    if has_copy:
        # Another file has the old content, but the content after it was wrong.
        write_anew(brand, "parcel_scans_copy.csv", scans("a"))
    write_anew(brand, "parcel_scans.csv", scans("b"))
    (warning,) = write_anew(brand, "parcel_scans.csv", scans("a")).warnings
    assert "has changed since it landed; it lands again as a new batch" in warning
    assert [row[2] for row in batches(brand)] == ["a", "b", "a"]
    report = write_anew(brand, "parcel_scans.csv", scans("a"))
    assert (report.total.unchanged_files, report.warnings) == (1 + has_copy, [])
    assert len(batches(brand)) == 3


def test_content_that_was_replaced_lands_again_from_another_name(brand):
    write_anew(brand, "parcel_scans_1.csv", scans("a"))
    write_anew(brand, "parcel_scans_1.csv", scans("b"))
    write_anew(brand, "parcel_scans_2.csv", scans("a"))
    assert [row[1:] for row in batches(brand)] == [
        ("wms/parcel_scans_1.csv", "a"),
        ("wms/parcel_scans_1.csv", "b"),
        ("wms/parcel_scans_2.csv", "a"),
    ]


def test_a_file_replaced_by_a_copy_of_a_newer_one_does_not_land(brand):
    write_anew(brand, "parcel_scans_1.csv", scans("a"))
    write_anew(brand, "parcel_scans_2.csv", scans("b"))
    (warning,) = write_anew(brand, "parcel_scans_1.csv", scans("b")).warnings
    assert "same content as wms/parcel_scans_2.csv, not landed again" in warning
    assert [row[2] for row in batches(brand)] == ["a", "b"]


def test_a_refused_version_in_between_changes_nothing(brand):
    write_anew(brand, "parcel_scans.csv", scans("a"))
    assert write_anew(brand, "parcel_scans.csv", "x\n1\n").exit_code == 1
    assert write_anew(brand, "parcel_scans.csv", scans("a")).total.unchanged_files == 1
    assert [row[2] for row in batches(brand)] == ["a"]


def test_a_refused_file_is_tried_again(brand):
    brand.write("wms/parcel_scans.csv", "x\n1\n")
    assert brand.land().exit_code == 1
    assert brand.land().exit_code == 1
    brand.write("wms/parcel_scans.csv", scans("a"))
    assert brand.land().exit_code == 0
    assert brand.query("select status from raw.load_log") == [
        ("refused",), ("refused",), ("landed",),
    ]  # fmt: skip


def test_a_column_declared_later_is_added(brand):
    brand.land()
    with duckdb.connect(str(brand.working_file)) as con:
        con.execute("alter table raw.parcel_scans drop column city")
    brand.write("wms/parcel_scans.csv", HEADER + "a,2024-01-05,x,上海\n")
    brand.land()
    assert brand.query("select city, _source_row from raw.parcel_scans") == [("上海", 2)]


def test_a_column_of_another_type_stops_the_run(brand):
    brand.land()
    with duckdb.connect(str(brand.working_file)) as con:
        con.execute("alter table raw.parcel_scans alter city type integer")
    with pytest.raises(LandingError, match=r"raw.parcel_scans.city is integer .* as varchar"):
        brand.land()


def test_the_log_adds_up(brand):
    rows = "".join(f"{number},2024-01-05,x,\n" for number in range(30))
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
        (1, "wms", "parcel_scans", "wms/parcel_scans.csv", 32, None, "1 columns instead of 4",
         "bad", True)
    ]  # fmt: skip
    assert (report.total.rows_read, report.total.rows_landed) == (31, 30)


def test_groups_split_by_size_give_the_same_rows(brand, monkeypatch):
    monkeypatch.setattr("ingest.landing.GROUP_FILES", 2)
    monkeypatch.setattr("ingest.working_file.IN_MEMORY_BYTES", 0)
    for number in range(5):
        brand.write(f"wms/parcel_scans_{number}.csv", scans(f"p{number}"))
    brand.land()
    assert [row[0] for row in batches(brand)] == [1, 2, 3, 4, 5]
    assert [row[2] for row in batches(brand)] == ["p0", "p1", "p2", "p3", "p4"]


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
