"""Publication: readers see a complete change or none."""

import threading
from pathlib import Path

import duckdb
import pytest

from orchestration import publication
from orchestration.marts_copy import quoted
from orchestration.project import Warehouse
from orchestration.publication import PublicationError, publish
from reports.errors import BoardError


@pytest.fixture
def warehouse(tmp_path: Path) -> Warehouse:
    """A working file with two marts, as a build leaves it."""
    warehouse = Warehouse(tmp_path / "with ' quote", tmp_path / "landing", ("oms",))
    write(warehouse, 1)
    return warehouse


def write(warehouse: Warehouse, number: int) -> None:
    """Build number so-and-so: both marts say which one they are of."""
    warehouse.build.mkdir(parents=True, exist_ok=True)
    with duckdb.connect(str(warehouse.working_file)) as con:
        for schema in ("subject", "thematic", "staging", "operations"):
            con.execute(f"create schema if not exists {schema}")
        con.execute(
            "create or replace table subject.fct as"
            f" select {number} as build, i from range(20000) as t(i)"
        )
        con.execute("comment on table subject.fct is 'One row per thing; it''s a test.'")
        con.execute("comment on column subject.fct.build is 'Which build.'")
        con.execute(f"create or replace table thematic.mart as select {number} as build")
        con.execute(
            "create or replace table subject.dim_as_of_date as"
            " select date '2024-01-31' as as_of_date"
        )
        con.execute(
            "create or replace view subject.daily as"
            ' select build, i from "subject"."fct" where i < 3'
        )
        con.execute("comment on view subject.daily is 'One row per thing and day.'")
        con.execute("comment on column subject.daily.i is 'Which day.'")
        con.execute("create or replace table staging.secret as select 'name' as name")
    record(warehouse, f"build {number}", number, {"model.a": "success"})


def record(
    warehouse: Warehouse,
    name: str,
    minute: int,
    nodes: dict[str, str],
    is_complete: bool = True,
    has_ended: bool = True,
) -> None:
    """A run of dbt, as its hooks record it."""
    with duckdb.connect(str(warehouse.working_file)) as con:
        con.execute(
            "create table if not exists operations.dbt_invocations (invocation_id varchar,"
            " command varchar, is_complete boolean, started_at timestamp, has_ended boolean)"
        )
        con.execute(
            "create table if not exists operations.dbt_results"
            " (invocation_id varchar, unique_id varchar, status varchar)"
        )
        con.execute(
            "insert into operations.dbt_invocations values ($name, 'build', $is_complete,"
            " timestamp '2024-01-01' + to_minutes($minute), $has_ended)",
            {
                "name": name,
                "is_complete": is_complete,
                "minute": minute,
                "has_ended": has_ended,
            },
        )
        for node, status in nodes.items():
            con.execute("insert into operations.dbt_results values (?, ?, ?)", [name, node, status])


def builds(warehouse: Warehouse) -> set[int]:
    """The builds that a reader of the file sees; one, if it was swapped as a whole."""
    with duckdb.connect(str(warehouse.published_file), read_only=True) as con:
        return {
            build
            for (build,) in con.execute(
                "select distinct build from subject.fct union select build from thematic.mart"
            ).fetchall()
        }


def test_readers_get_only_marts_with_their_descriptions(warehouse):
    published = publish(warehouse)
    assert published.as_of_date == "2024-01-31"
    with duckdb.connect(str(warehouse.published_file), read_only=True) as con:
        assert con.execute(
            "select schema_name, table_name, comment from duckdb_tables() order by all"
        ).fetchall() == [
            ("subject", "dim_as_of_date", None),
            ("subject", "fct", "One row per thing; it's a test."),
            ("thematic", "mart", None),
        ]
        parquet = warehouse.published / "parquet" / "subject" / "fct.parquet"
        assert con.execute(
            "select count(*) from read_parquet($path)", {"path": str(parquet)}
        ).fetchone() == (20000,)
    assert not list(warehouse.published.rglob("*.wal"))
    assert warehouse.published_file.stat().st_mode & 0o777 == 0o444


def test_a_view_stays_a_view_of_published_tables(warehouse, tmp_path):
    publish(warehouse)
    write(warehouse, 2)
    warehouse.working_file.rename(tmp_path / "gone.duckdb")
    with duckdb.connect(str(warehouse.published_file), read_only=True) as con:
        assert con.execute("select build, i from subject.daily order by i").fetchall() == [
            (1, 0),
            (1, 1),
            (1, 2),
        ]
        assert con.execute(
            "select view_name, comment from duckdb_views() where schema_name = 'subject'"
        ).fetchall() == [("daily", "One row per thing and day.")]
        assert con.execute(
            "select comment from duckdb_columns() where table_name = 'daily' and column_name = 'i'"
        ).fetchall() == [("Which day.",)]
    with duckdb.connect() as con:
        con.execute(f"attach '{quoted(warehouse.published_file)}' as other")
        assert con.execute("select count(*) from other.subject.daily").fetchone() == (3,)
    assert not (warehouse.published / "parquet" / "subject" / "daily.parquet").exists()


def test_a_new_publication_replaces_the_last(warehouse, monkeypatch):
    for number in (1, 2, 3, 4):
        write(warehouse, number)
        publish(warehouse)
        assert builds(warehouse) == {number}
    # A reader may still be in any of them: they came within a minute.
    assert len(list(warehouse.publications.iterdir())) == 4
    monkeypatch.setattr(publication, "KEPT_SECONDS", 0)
    publish(warehouse)
    assert len(list(warehouse.publications.iterdir())) == publication.KEPT


def test_pages_are_swapped_with_the_file_that_they_show(warehouse):
    def render(file: Path, out: Path) -> None:
        with duckdb.connect(str(file), read_only=True) as con:
            (build,) = con.execute("select max(build) from subject.fct").fetchone()
        out.mkdir()
        (out / "index.html").write_text(f"build {build}")

    def fail(file: Path, out: Path) -> None:
        raise BoardError("board sales, query days: no column revenue")

    publish(warehouse, render)
    page = warehouse.published / "pages" / "index.html"
    assert page.read_text() == "build 1"
    assert page.stat().st_mode & 0o777 == 0o444
    write(warehouse, 2)
    with pytest.raises(PublicationError, match="keep the last publication: board sales, query"):
        publish(warehouse, fail)
    assert (builds(warehouse), page.read_text()) == ({1}, "build 1")
    publish(warehouse, render)
    assert (builds(warehouse), page.read_text()) == ({2}, "build 2")


def test_an_open_reader_keeps_the_file_it_opened(warehouse):
    publish(warehouse)
    reader = duckdb.connect(str(warehouse.published_file.resolve()), read_only=True)
    for number in (2, 3, 4):
        write(warehouse, number)
        publish(warehouse)
    assert reader.execute("select sum(build) from subject.fct").fetchone() == (20000,)
    reader.close()
    assert builds(warehouse) == {4}


def test_a_busy_reader_never_fails_nor_sees_two_builds(warehouse):
    publish(warehouse)
    seen, errors, done = set(), [], threading.Event()

    def read() -> None:
        while not done.is_set():
            try:
                found = builds(warehouse)
                assert len(found) == 1, found
                seen.update(found)
            except Exception as error:
                errors.append(error)

    reader = threading.Thread(target=read)
    reader.start()
    for number in range(2, 8):
        write(warehouse, number)
        publish(warehouse)
    done.set()
    reader.join()
    assert not errors
    assert len(seen) > 1


def test_a_failed_build_is_not_published(warehouse):
    publish(warehouse)
    last = warehouse.published.resolve()
    record(warehouse, "bad", 2, {"model.a": "error", "model.b": "skipped", "model.c": "success"})
    with pytest.raises(PublicationError, match=r"2 node\(s\) .* failed \(model.a, model.b\)"):
        publish(warehouse)
    assert warehouse.published.resolve() == last
    # Success of another node does not fix it; success of the same ones does.
    record(warehouse, "other", 3, {"model.c": "success"}, is_complete=False)
    with pytest.raises(PublicationError, match="2 node"):
        publish(warehouse)
    record(warehouse, "again", 4, {"model.a": "success", "model.b": "success"}, is_complete=False)
    publish(warehouse)
    # A node that is no longer part of the project does not block forever.
    record(warehouse, "gone", 5, {"test.old": "fail"}, is_complete=False)
    record(warehouse, "whole", 6, {"model.a": "success", "test.warns": "warn"})
    publish(warehouse)


def test_an_interrupted_build_is_not_published(warehouse):
    publish(warehouse)
    last = warehouse.published.resolve()
    record(warehouse, "killed", 2, {}, has_ended=False)
    with pytest.raises(PublicationError, match="2024-01-01 00:02:00 UTC was interrupted"):
        publish(warehouse)
    assert warehouse.published.resolve() == last
    record(warehouse, "part", 3, {"model.a": "success"}, is_complete=False)
    with pytest.raises(PublicationError, match="was interrupted"):
        publish(warehouse)
    record(warehouse, "whole", 4, {"model.a": "success"})
    publish(warehouse)


def test_a_partial_build_is_not_published(warehouse):
    with duckdb.connect(str(warehouse.working_file)) as con:
        con.execute("update operations.dbt_invocations set is_complete = false")
    with pytest.raises(PublicationError, match="never built as a whole"):
        publish(warehouse)


def landed(warehouse: Warehouse, minute: int, status: str = "landed") -> None:
    """An entry of landing's log."""
    with duckdb.connect(str(warehouse.working_file)) as con:
        con.execute("create schema if not exists raw")
        con.execute(
            "create table if not exists raw.load_log (status varchar, finished_at timestamp)"
        )
        con.execute(
            "insert into raw.load_log values (?, timestamp '2024-01-01' + to_minutes(?))",
            [status, minute],
        )


@pytest.mark.parametrize("status", ["landed", "reset"])
def test_models_built_from_newer_files_than_the_rest_are_not_published(warehouse, status):
    landed(warehouse, 0)
    record(warehouse, "mended", 2, {"model.a": "success"}, is_complete=False)
    publish(warehouse)
    landed(warehouse, 3, status)
    publish(warehouse)
    record(warehouse, "part", 4, {"model.a": "success"}, is_complete=False)
    with pytest.raises(PublicationError, match="00:04:00 UTC built some models from files"):
        publish(warehouse)
    record(warehouse, "whole", 5, {"model.a": "success"})
    publish(warehouse)


def test_a_refused_file_does_not_block_publication(warehouse):
    landed(warehouse, 3, "refused")
    record(warehouse, "part", 4, {"model.a": "success"}, is_complete=False)
    publish(warehouse)


@pytest.mark.parametrize(
    "step",
    ["copy_marts", "_make_durable", "_swap_link"],
    ids=["copying", "syncing", "swapping"],
)
def test_a_failed_publication_changes_nothing(warehouse, monkeypatch, step):
    publish(warehouse)
    write(warehouse, 2)

    def broken(*_):
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr(publication, step, broken)
        with pytest.raises(PublicationError, match="is full; free some space"):
            publish(warehouse)
    assert builds(warehouse) == {1}
    publish(warehouse)
    assert builds(warehouse) == {2}


def test_leftovers_of_a_killed_publication_are_removed(warehouse):
    left_over = warehouse.publications / "20200101T000000-abcdef.tmp"
    left_over.mkdir(parents=True)
    (left_over / "warehouse.duckdb").write_text("half")
    publish(warehouse)
    assert not left_over.exists()


def test_a_publication_killed_before_its_swap_is_not_the_previous_one(warehouse):
    publish(warehouse)
    last = warehouse.published.resolve()
    never_linked = warehouse.publications / "29990101T000000-abcdef"
    never_linked.mkdir()
    publish(warehouse)
    assert not never_linked.exists()
    assert last.exists(), "readers may be in the middle of it"


@pytest.mark.parametrize("file", ["warehouse.duckdb", "publication.json"])
def test_a_damaged_publication_is_replaced_by_the_next(warehouse, file):
    publish(warehouse)
    path = warehouse.published / file
    path.chmod(0o644)
    path.write_bytes(b"{no" * 5000)
    publish(warehouse)
    assert builds(warehouse) == {1}


def test_a_missing_file_or_build_is_reported(warehouse, tmp_path):
    empty = Warehouse(tmp_path / "empty", tmp_path, ("oms",))
    with pytest.raises(PublicationError, match="make build"):
        publish(empty)
    with duckdb.connect(str(warehouse.working_file)) as con:
        con.execute("drop table operations.dbt_invocations")
    with pytest.raises(PublicationError, match="never built"):
        publish(warehouse)


def test_a_folder_in_its_place_is_left_alone(warehouse):
    warehouse.published.mkdir(parents=True)
    (warehouse.published / "mine.txt").write_text("keep")
    with pytest.raises(PublicationError, match="move it away"):
        publish(warehouse)
    assert (warehouse.published / "mine.txt").read_text() == "keep"
