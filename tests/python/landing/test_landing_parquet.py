"""What landed, also as Parquet: the same rows, a file for each run, whatever happened before."""

import duckdb
import pytest
from landing_samples import scans

from ingest.landed_parquet import differing_tables, landed_dir, rewrite, write_landed
from ingest.reset import reset


@pytest.fixture
def parquet_brand(brand, monkeypatch):
    """A brand whose landing writes Parquet too."""
    monkeypatch.setenv("LANDING_PARQUET", "1")
    return brand


def differences(brand) -> list[str]:
    with duckdb.connect(str(brand.working_file), read_only=True) as con:
        return differing_tables(con, landed_dir(brand.warehouse_dir))


def files(brand) -> list[str]:
    folder = landed_dir(brand.warehouse_dir) / "parcel_scans"
    return sorted(path.name for path in folder.iterdir())


def numbers(brand) -> list[str]:
    folder = landed_dir(brand.warehouse_dir) / "parcel_scans"
    rows = duckdb.sql(f"select tracking_no from read_parquet('{folder}/*.parquet') order by 1")
    return [number for (number,) in rows.fetchall()]


def test_each_run_adds_one_file_with_its_batches(parquet_brand):
    parquet_brand.write("wms/parcel_scans/2024-01-05.csv", scans("a", "b"))
    parquet_brand.write("wms/parcel_scans/2024-01-06.csv", scans("c"))
    parquet_brand.land()
    assert files(parquet_brand) == ["000000001-000000002.parquet"]
    parquet_brand.write("wms/parcel_scans/2024-01-07.csv", scans("d"))
    parquet_brand.land()
    assert files(parquet_brand) == ["000000001-000000002.parquet", "000000003-000000003.parquet"]
    assert numbers(parquet_brand) == ["a", "b", "c", "d"]
    assert differences(parquet_brand) == []


def test_landing_writes_no_parquet_unless_it_is_told(brand, monkeypatch):
    monkeypatch.delenv("LANDING_PARQUET", raising=False)
    brand.write("wms/parcel_scans.csv", scans("a"))
    brand.land()
    assert not landed_dir(brand.warehouse_dir).exists()


def test_what_earlier_runs_left_out_comes_with_the_next(brand, monkeypatch):
    monkeypatch.delenv("LANDING_PARQUET", raising=False)
    brand.write("wms/parcel_scans/2024-01-05.csv", scans("a"))
    brand.land()
    monkeypatch.setenv("LANDING_PARQUET", "1")
    brand.write("wms/parcel_scans/2024-01-06.csv", scans("b"))
    brand.land()
    assert numbers(brand) == ["a", "b"]


def test_a_half_written_file_of_a_killed_run_is_never_read_and_goes(parquet_brand):
    folder = landed_dir(parquet_brand.warehouse_dir) / "parcel_scans"
    folder.mkdir(parents=True)
    (folder / "000000001-000000001.tmp").write_bytes(b"PAR1")
    parquet_brand.write("wms/parcel_scans.csv", scans("a"))
    parquet_brand.land()
    assert files(parquet_brand) == ["000000001-000000001.parquet"]


def test_a_source_that_was_reset_is_written_again(parquet_brand):
    parquet_brand.write("wms/parcel_scans/2024-01-05.csv", scans("a", "b"))
    parquet_brand.land()
    reset("wms", parquet_brand.warehouse_dir)
    parquet_brand.land()
    assert numbers(parquet_brand) == ["a", "b"]
    assert differences(parquet_brand) == []


@pytest.mark.parametrize("content", [b"", b"PAR1 and no more"])
def test_a_damaged_file_is_written_again(parquet_brand, content):
    parquet_brand.write("wms/parcel_scans.csv", scans("a", "b"))
    parquet_brand.land()
    folder = landed_dir(parquet_brand.warehouse_dir)
    (folder / "parcel_scans" / "000000001-000000001.parquet").write_bytes(content)
    assert differences(parquet_brand) == ["parcel_scans"]
    parquet_brand.land()
    assert differences(parquet_brand) == []


def test_other_values_in_as_many_rows_are_found(parquet_brand):
    parquet_brand.write("wms/parcel_scans.csv", scans("a", "b"))
    parquet_brand.land()
    folder = landed_dir(parquet_brand.warehouse_dir)
    path = folder / "parcel_scans" / "000000001-000000001.parquet"
    duckdb.sql(
        f"copy (select * replace ('x' as tracking_no) from '{path}') to '{path}.new'"
        " (format parquet)"
    )
    path.with_name(f"{path.name}.new").rename(path)
    with duckdb.connect(str(parquet_brand.working_file), read_only=True) as con:
        assert write_landed(con, folder) == []
        assert differing_tables(con, folder) == ["parcel_scans"]
        rewrite(con, "parcel_scans", folder)
        assert differing_tables(con, folder) == []
