"""Publication copies changed months, and links the others."""

import json
from pathlib import Path

import duckdb
import pytest

from orchestration import marts_copy
from orchestration.project import Warehouse
from orchestration.publication import publish

DAYS = ["2024-01-10", "2024-01-20", "2024-02-10", "2024-03-10", None]


@pytest.fixture
def warehouse(tmp_path: Path) -> Warehouse:
    """A working file with an incremental fact of three months, as run 1 leaves it, published."""
    warehouse = Warehouse(tmp_path / "warehouse", tmp_path / "landing", ("oms",))
    warehouse.build.mkdir(parents=True)
    with duckdb.connect(str(warehouse.working_file)) as con:
        for schema in ("subject", "thematic", "operations", "changed_rows"):
            con.execute(f"create schema {schema}")
        con.execute("create table subject.fct_things (k varchar, day date, amount int)")
        for number in range(40):
            con.execute(
                "insert into subject.fct_things values (?, ?, ?)",
                [f"k{number}", DAYS[number % 5], number],
            )
        con.execute("create table subject.fct_nothing (k varchar, day date)")
        con.execute(
            "create table subject.bridge_things as select k, amount from subject.fct_things"
        )
        con.execute("create table subject.dim_as_of_date as select date '2024-03-31' as as_of_date")
        con.execute(
            "create table thematic.mart as select count(*) as things from subject.fct_things"
        )
        con.execute("create view subject.few as select k from subject.fct_things where amount < 3")
        for name in ("fct_things", "fct_nothing", "bridge_things"):
            con.execute(
                f"create table changed_rows.{name} as"
                f" select *, 0::bigint as _run_number from subject.{name} limit 0"
            )
        con.execute(
            "create table operations.dbt_invocations (invocation_id varchar, command varchar,"
            " is_complete boolean, started_at timestamp, has_ended boolean, run_number bigint)"
        )
        con.execute(
            "create table operations.dbt_results"
            " (invocation_id varchar, unique_id varchar, status varchar)"
        )
        con.execute(
            "create table operations.model_runs"
            " (model varchar, run_number bigint, is_rebuilt boolean, touched_key varchar)"
        )
        con.execute("create table operations.forgotten_changes (run_number bigint)")
    run(warehouse, 1, rebuilt=("fct_things", "fct_nothing", "bridge_things"))
    publish(warehouse)
    return warehouse


def run(warehouse: Warehouse, number: int, *changes: str, rebuilt: tuple[str, ...] = ()) -> None:
    """Note a run; each change is a statement on the fact, whose rows are noted before and after.

    A statement that begins with `quietly ` is not noted.
    """
    with duckdb.connect(str(warehouse.working_file)) as con:
        con.execute(
            "insert into operations.dbt_invocations values"
            " ($id, 'build', true, timestamp '2024-01-01' + to_minutes($number), true, $number)",
            {"id": f"run {number}", "number": number},
        )
        for name in ("fct_things", "fct_nothing", "bridge_things"):
            con.execute(
                "insert into operations.model_runs values (?, ?, ?, 'k')",
                [name, number, name in rebuilt],
            )
        for change in changes:
            con.execute("create or replace temp table before as from subject.fct_things")
            con.execute(change.removeprefix("quietly "))
            if not change.startswith("quietly "):
                con.execute(
                    f"insert into changed_rows.fct_things select *, {number} from ("
                    "(from before except all from subject.fct_things) union all"
                    " (from subject.fct_things except all from before))"
                )
        con.execute(
            "create or replace table thematic.mart as"
            " select count(*) as things from subject.fct_things"
        )


def files(warehouse: Warehouse) -> dict[str, int]:
    """The Parquet files of the fact, by month, with the inode that tells a link from a copy."""
    folder = warehouse.published / "parquet" / "subject" / "fct_things"
    return {path.parent.name: path.stat().st_ino for path in folder.glob("*/*.parquet")}


def differences(warehouse: Warehouse) -> list[str]:
    """Differences between the publication and the working file: in DuckDB, in Parquet."""
    found = []
    parquet = warehouse.published / "parquet" / "subject"
    places = {
        "fct_things": f"'{parquet}/fct_things/*/*.parquet'",
        "fct_nothing": f"'{parquet}/fct_nothing/*/*.parquet'",
        "bridge_things": f"'{parquet}/bridge_things.parquet'",
    }
    with duckdb.connect() as con:
        con.execute(f"attach '{warehouse.working_file}' as working (read_only)")
        con.execute(f"attach '{warehouse.published_file.resolve()}' as published (read_only)")
        for name, place in places.items():
            working = f"working.subject.{name}"
            columns = ", ".join(row[0] for row in con.execute(f"describe {working}").fetchall())
            for other in (
                f"published.subject.{name}",
                f"read_parquet({place}, hive_partitioning = false)",
            ):
                (rows,) = con.execute(
                    "select count(*) from ("
                    f"(select {columns} from {other} except all from {working}) union all"
                    f" (from {working} except all select {columns} from {other}))"
                ).fetchone()
                if rows:
                    found.append(f"{other}: {rows}")
        (things,) = con.execute("select things from published.thematic.mart").fetchone()
        (expected,) = con.execute("select count(*) from working.subject.fct_things").fetchone()
        if things != expected:
            found.append("thematic.mart")
    return found


def test_the_first_publication_has_a_file_for_every_month(warehouse):
    assert set(files(warehouse)) == {
        "month=2024-01",
        "month=2024-02",
        "month=2024-03",
        "month=none",
    }
    assert differences(warehouse) == []


@pytest.mark.parametrize(
    ("change", "written"),
    [
        ("update subject.fct_things set amount = -1 where k = 'k2'", {"month=2024-02"}),
        ("delete from subject.fct_things where k = 'k3'", {"month=2024-03"}),
        ("insert into subject.fct_things values ('new', '2024-02-29', 1)", {"month=2024-02"}),
        (
            "update subject.fct_things set day = '2024-03-31' where k = 'k2'",
            {"month=2024-02", "month=2024-03"},
        ),
        ("insert into subject.fct_things values ('new', '2024-04-01', 1)", {"month=2024-04"}),
        (
            "update subject.fct_things set day = null where k = 'k0'",
            {"month=2024-01", "month=none"},
        ),
        # A second row of a key takes the first along.
        ("insert into subject.fct_things values ('k2', '2024-02-29', 1)", {"month=2024-02"}),
        ("select 1", set()),
    ],
)
def test_only_the_months_of_changed_rows_are_written(warehouse, change, written):
    before = files(warehouse)
    run(warehouse, 2, change)
    publish(warehouse)
    assert differences(warehouse) == []
    after = files(warehouse)
    assert {month for month in after if before.get(month) != after[month]} == written


def test_a_month_that_lost_its_rows_has_no_file(warehouse):
    run(warehouse, 2, "update subject.fct_things set day = '2024-01-02' where k in ('k3', 'k8')")
    run(warehouse, 3, "update subject.fct_things set day = '2024-01-02' where month(day) = 3")
    publish(warehouse)
    assert set(files(warehouse)) == {"month=2024-01", "month=2024-02", "month=none"}
    assert differences(warehouse) == []


def test_changes_of_every_run_since_are_taken_but_nothing_else(warehouse):
    run(warehouse, 2, "delete from subject.fct_things where k = 'k3'")
    run(warehouse, 3, "update subject.fct_things set amount = 99 where k = 'k4'")
    run(warehouse, 4, "quietly update subject.fct_things set amount = 77 where k = 'k7'")
    publish(warehouse)
    # The old and the new version of one row: unrecorded changes are not searched for.
    assert [difference.rsplit(" ")[-1] for difference in differences(warehouse)] == ["2", "2"]


@pytest.mark.parametrize(
    "why", ["rebuilt", "forgotten", "not kept", "another file", "many", "holes"]
)
def test_a_fact_is_copied_whole_when_its_changes_are_unknown(warehouse, why, monkeypatch):
    quietly = "quietly update subject.fct_things set amount = 77 where k = 'k7'"
    run(warehouse, 2, quietly, rebuilt=("fct_things",) if why == "rebuilt" else ())
    if why == "forgotten":
        with duckdb.connect(str(warehouse.working_file)) as con:
            con.execute("insert into operations.forgotten_changes values (2)")
    if why == "not kept":
        with duckdb.connect(str(warehouse.working_file)) as con:
            con.execute("drop table changed_rows.fct_things")
    if why == "another file":
        manifest = warehouse.published / "publication.json"
        manifest.chmod(0o644)
        manifest.write_text(json.dumps(json.loads(manifest.read_text()) | {"last_run": "other"}))
    if why == "many":
        run(warehouse, 3, "update subject.fct_things set amount = amount + 1 where amount < 12")
    if why == "holes":
        monkeypatch.setattr(marts_copy, "MAX_FREE_SHARE", -1)
    before = files(warehouse)
    publish(warehouse)
    assert differences(warehouse) == []
    assert not set(before.values()) & set(files(warehouse).values())


def test_an_unchanged_table_without_a_day_is_linked(warehouse):
    bridge = warehouse.published / "parquet" / "subject" / "bridge_things.parquet"
    before = bridge.stat().st_ino
    run(warehouse, 2)
    publish(warehouse)
    assert bridge.stat().st_ino == before


@pytest.mark.parametrize(
    "file", ["fct_things/month=2024-02/data_0.parquet", "bridge_things.parquet"]
)
@pytest.mark.parametrize("how", ["gone", "cut"])
def test_files_missing_from_the_last_publication_are_written_again(warehouse, file, how):
    path = warehouse.published / "parquet" / "subject" / file
    path.chmod(0o644)
    if how == "gone":
        path.unlink()
    else:
        path.write_bytes(path.read_bytes()[:-8])
    run(warehouse, 2, "update subject.fct_things set amount = 99 where k = 'k0'")
    publish(warehouse)
    assert differences(warehouse) == []


def test_unrecorded_changes_are_copied_too(warehouse):
    run(warehouse, 2, "quietly insert into subject.fct_things values ('new', '2024-01-10', 1)")
    publish(warehouse)
    assert differences(warehouse) == []


def test_a_disk_without_hard_links_gets_copies(warehouse, monkeypatch):
    def refused(*_):
        raise PermissionError(1, "Operation not permitted")

    monkeypatch.setattr(marts_copy.os, "link", refused)
    run(warehouse, 2, "update subject.fct_things set amount = 99 where k = 'k0'")
    publish(warehouse)
    assert differences(warehouse) == []


def test_views_and_descriptions_are_those_of_the_working_file(warehouse):
    with duckdb.connect(str(warehouse.working_file)) as con:
        con.execute("comment on column subject.fct_things.k is 'Which thing.'")
        con.execute(
            "create or replace view subject.few as select k from subject.fct_things limit 2"
        )
        con.execute("create table thematic.other as select 1 as things")
    run(warehouse, 2)
    publish(warehouse)
    with duckdb.connect(str(warehouse.working_file)) as con:
        con.execute("drop table thematic.other")
    run(warehouse, 3)
    publish(warehouse)
    with duckdb.connect(str(warehouse.published_file), read_only=True) as con:
        assert con.execute("select count(*) from subject.few").fetchone() == (2,)
        assert con.execute(
            "select comment from duckdb_columns() where table_name = 'fct_things'"
            " and column_name = 'k'"
        ).fetchone() == ("Which thing.",)
        assert con.execute(
            "select table_name from duckdb_tables() where schema_name = 'thematic'"
        ).fetchall() == [("mart",)]
