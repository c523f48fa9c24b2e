"""Resetting a source: all of it is deleted, nothing else, and its files land again."""

import subprocess
import sys

import duckdb
import pytest
from landing_samples import scans

from ingest.landing import land
from ingest.reset import reset
from ingest.settings import PROJECT_DIR

ORDERS = (
    "platform,order_id,account_id,created_at,paid_at,status\n"
    "own_shop,1,ann,2024-01-01 10:00:00,2024-01-01 10:05:00,completed\n"
)


@pytest.fixture
def landed(brand):
    """Scans of the warehouse system, one of them rejected, and an order of the order system."""
    brand.write("wms/parcel_scans.csv", scans(*"abcdefgh") + "bad\n")
    brand.write("oms/orders.csv", ORDERS)
    land(["wms", "oms"], brand.landing_dir, brand.warehouse_dir)
    return brand


def counts(brand) -> tuple[int, ...]:
    """Scans, orders, rejected rows, log entries of files."""
    return brand.query("""
        select
            (select count(*) from raw.parcel_scans), (select count(*) from raw.orders),
            (select count(*) from raw.rejected_rows),
            (select count(*) from raw.load_log where status = 'landed')
    """)[0]


def test_a_reset_source_is_deleted_and_lands_again_in_new_batches(landed):
    assert counts(landed) == (8, 1, 1, 2)
    (last,) = landed.query("select max(_batch_id) from raw.load_log")[0]
    report = reset("wms", landed.warehouse_dir)
    assert report.table_rows["parcel_scans"] == 8
    assert (report.rejected_rows, report.files) == (1, 1)
    assert counts(landed) == (0, 1, 0, 1)
    assert landed.query("""
        select source, source_file, _batch_id from raw.load_log where status = 'reset'
    """) == [("wms", None, last)]

    land(["wms", "oms"], landed.landing_dir, landed.warehouse_dir)
    assert counts(landed) == (8, 1, 1, 2)
    # Incremental models remember the highest batch that they have seen: none may come twice.
    assert landed.query("select min(_batch_id) from raw.parcel_scans")[0][0] > last


def test_batch_ids_rise_even_when_the_last_source_is_reset_twice(landed):
    (last,) = landed.query("select max(_batch_id) from raw.load_log")[0]
    for source in ("wms", "oms", "wms"):
        reset(source, landed.warehouse_dir)
    land(["wms", "oms"], landed.landing_dir, landed.warehouse_dir)
    assert landed.query("select min(_batch_id) from raw.load_log where status = 'landed'") == [
        (last + 1,)
    ]


def test_a_reset_that_fails_half_way_deletes_nothing(landed, monkeypatch):
    before = counts(landed)
    monkeypatch.setattr("ingest.reset.utc_now", lambda: "no time at all")
    with pytest.raises(Exception, match="landing stopped"):
        reset("wms", landed.warehouse_dir)
    assert counts(landed) == before


def command(brand, *arguments: str) -> subprocess.CompletedProcess:
    return subprocess.run(
        [sys.executable, "-m", "ingest", "reset", "--warehouse-dir", str(brand.warehouse_dir),
         *arguments],
        cwd=PROJECT_DIR, capture_output=True, text=True, timeout=60,
    )  # fmt: skip


def test_the_command_requires_yes(landed):
    before = counts(landed)
    done = command(landed, "--source", "wms")
    assert done.returncode == 2
    assert "would delete wms: 8 rows of " in done.stdout and "add --yes" in done.stderr
    assert counts(landed) == before
    done = command(landed, "--source", "wms", "--yes")
    assert done.returncode == 0
    assert "deleted wms: 8 rows of " in done.stdout
    assert "next: python -m orchestration build" in done.stdout
    assert counts(landed) == (0, 1, 0, 1)


def test_the_command_reports_wrong_arguments(brand, landed):
    done = command(landed, "--source", "shop", "--yes")
    assert (done.returncode, "unknown source shop" in done.stderr) == (2, True)
    with duckdb.connect(str(landed.working_file)):
        done = command(landed, "--source", "wms", "--yes")
    assert (done.returncode, "is in use by" in done.stderr) == (2, True)
    landed.working_file.unlink()
    done = command(landed, "--source", "wms", "--yes")
    assert (done.returncode, "nothing has landed" in done.stderr) == (2, True)
    assert not landed.working_file.exists()


def test_a_reset_makes_the_next_build_rebuild_the_source(landed):
    with duckdb.connect(str(landed.working_file)) as con:
        con.execute("create schema operations")
        con.execute("create table operations.model_runs as select 'stg_wms__parcel_scans' as model")
        con.execute(
            "insert into operations.model_runs values ('stg_wms_other__x'), ('stg_oms__orders')"
        )
    reset("wms", landed.warehouse_dir)
    assert landed.query("select model from operations.model_runs order by model") == [
        ("stg_oms__orders",),
        ("stg_wms_other__x",),
    ]
