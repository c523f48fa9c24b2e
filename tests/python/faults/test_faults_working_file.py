"""A working file that is damaged or locked: messages, kept data, automatic repair."""

import os
import random
import re
import shutil
import signal
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import duckdb
import pytest
from fault_brand import land_files, write_day, write_marts
from pipeline_brand import PROJECT, Brand

from ingest import working_file
from ingest.errors import LandingError, WorkingFileDamaged
from orchestration import __main__ as command_line
from orchestration import steps
from orchestration.project import Warehouse
from orchestration.publication import PublicationError, publish
from orchestration.run_lock import run_lock

BLOCKS_AT = 3 * 4096
BLOCK_BYTES = 256 << 10
# A commit that is not merged into the file yet: the process ends as if killed.
UNFOLDED = """
import duckdb, os, sys
con = duckdb.connect(sys.argv[1])
con.execute("create table raw.late as select * from range(100000)")
os._exit(1)
"""
HOLD = """
import duckdb, sys
con = duckdb.connect(sys.argv[1], read_only=sys.argv[2] == "reader")
print("held", flush=True)
input()
"""
LOCK = """
import sys
from pathlib import Path
from orchestration.project import Warehouse
from orchestration.run_lock import run_lock
with run_lock(Warehouse(Path(sys.argv[1]), Path(sys.argv[1]), ("oms",))):
    print("held", flush=True)
    input()
"""


@pytest.fixture(scope="module")
def landed(tmp_path_factory: pytest.TempPathFactory) -> Brand:
    """A brand with a day in its raw tables; for copies."""
    folder = tmp_path_factory.mktemp("landed")
    brand = Brand(folder, "oms", folder / "landing")
    write_day(brand, 0)
    land_files(brand)
    return brand


@pytest.fixture
def brand(landed: Brand, tmp_path: Path) -> Brand:
    """A copy of that brand, to be damaged."""
    shutil.copytree(landed.folder, tmp_path / "brand")
    return Brand(tmp_path / "brand", "oms", tmp_path / "brand" / "landing")


def spoil(path: Path, start: int, length: int) -> None:
    """Write noise over a part of a file."""
    with path.open("r+b") as file:
        file.seek(start)
        file.write(random.Random(7).randbytes(length))


def spoil_table(path: Path, table: str) -> None:
    """Write noise over the blocks in which a table's rows lie; the rest of the file is whole."""
    with duckdb.connect(str(path), read_only=True) as con:
        blocks = con.execute(
            f"select distinct block_id from pragma_storage_info('{table}') where block_id >= 0"
        ).fetchall()
    assert blocks
    for (block,) in blocks:
        spoil(path, BLOCKS_AT + block * BLOCK_BYTES, BLOCK_BYTES)


def leave_unfolded(path: Path) -> Path:
    """End a process after its commit, before the WAL is merged into the file; returns the WAL."""
    subprocess.run([sys.executable, "-c", UNFOLDED, str(path)], check=False)
    log = path.with_name(f"{path.name}.wal")
    assert log.stat().st_size > 1000
    return log


DAMAGE = {
    "empty": lambda path: os.truncate(path, 0),
    "cut in its header": lambda path: os.truncate(path, 5000),
    "cut after its header": lambda path: os.truncate(path, BLOCKS_AT),
    "noise in its first bytes": lambda path: spoil(path, 0, 4096),
    "noise in its second header": lambda path: spoil(path, 4096, 8192),
    "something else": lambda path: path.write_text("not a database\n" * 1000),
    "noise in its log": lambda path: spoil(leave_unfolded(path), 300, 500),
}


@pytest.mark.parametrize("damage", DAMAGE.values(), ids=DAMAGE.keys())
def test_an_unreadable_working_file_is_moved_aside_and_landed_again(brand, damage):
    before = brand.working_query("select * exclude (_loaded_at) from raw.order_lines order by all")
    damage(brand.working_file)
    damaged = brand.working_file.read_bytes()
    (warning,) = land_files(brand).warnings
    assert re.search(r"is damaged \(.+\); it is warehouse\.damaged-\d{8}T\d{6}Z\.duckdb", warning)
    (aside,) = brand.working_file.parent.glob("warehouse.damaged-*.duckdb")
    assert aside.read_bytes() == damaged
    assert aside.with_name(f"{aside.name}.wal").exists() == (damage is DAMAGE["noise in its log"])
    after = brand.working_query("select * exclude (_loaded_at) from raw.order_lines order by all")
    assert after == before
    again = land_files(brand)
    assert (again.warnings, again.total.landed_files) == ([], 0)


@pytest.mark.parametrize("loss", [lambda log: log.unlink(), lambda log: os.truncate(log, 900)])
def test_a_lost_wal_costs_only_what_was_not_checkpointed(brand, loss):
    write_day(brand, 1)
    expected = 2 * 25
    leave = leave_unfolded(brand.working_file)
    loss(leave)
    land_files(brand)
    assert brand.working_query("select count(*) from raw.orders") == [(expected,)]


def test_damage_inside_the_file_is_reported_and_moves_nothing(brand):
    spoil_table(brand.working_file, "raw.orders")
    finished = brand.run("expectations", "raw")
    assert finished.returncode == 2
    assert_says_how_to_rebuild(finished.stdout, brand)
    assert not list(brand.working_file.parent.glob("*damaged*"))


def test_landing_reports_damage(brand):
    # Every block but those of what describes the tables: the log of files among them.
    spoil_table(brand.working_file, "raw.load_log")
    finished = brand.run("ingest", "land")
    assert finished.returncode == 2
    assert_says_how_to_rebuild(finished.stdout, brand)


def assert_says_how_to_rebuild(said: str, brand: Brand) -> None:
    (line,) = [line for line in said.splitlines() if line.startswith("error: ")]
    assert f"{brand.working_file} is damaged (" in line
    assert "`python -m orchestration rebuild --yes` moves it aside" in line
    assert "Traceback" not in said


def test_publication_reports_damage_and_readers_keep_the_last_one(tmp_path):
    warehouse = Warehouse(tmp_path, tmp_path / "landing", ("oms",))
    write_marts(warehouse, 20_000)
    publish(warehouse)
    spoil_table(warehouse.working_file, "subject.fct_orders")
    with pytest.raises(PublicationError, match=r"is damaged \(.+`python -m orchestration rebuild"):
        publish(warehouse)
    with duckdb.connect(str(warehouse.published_file), read_only=True) as con:
        assert con.execute("select count(*) from subject.fct_orders").fetchone() == (20_000,)


def test_spill_files_of_killed_processes_are_removed(brand):
    spilled = brand.working_file.with_name("warehouse.duckdb.tmp") / "duckdb_temp_storage-0.tmp"
    spilled.parent.mkdir()
    spilled.write_bytes(b"0" * 1000)
    land_files(brand)
    assert not spilled.parent.exists()


def test_a_query_without_a_readable_publication_gets_one_line(brand):
    finished = brand.run("orchestration", "summary")
    assert finished.returncode == 2
    assert finished.stdout.startswith(f"error: nothing is published in {brand.folder}: run")
    (brand.folder / "published").mkdir()
    brand.published_file.write_text("not a database\n" * 1000)
    finished = brand.run("orchestration", "query", "select 1")
    assert finished.returncode == 2
    (line,) = finished.stdout.strip().splitlines()
    assert line.startswith("error: ") and str(brand.published_file) in line


def test_damage_found_by_dbt_is_reported_with_the_command(brand, capsys):
    said = "IO Error: Corrupt database file: computed checksum 1 does not match"
    script = f"print('  Runtime Error in model x'); print('  {said} 2'); raise SystemExit(1)"
    step = replace(steps.BUILD, command=lambda _: [sys.executable, "-c", script])
    with pytest.raises(steps.StepFailed) as failure:
        steps.run_step(step, Warehouse(brand.folder, brand.landing, ("oms",)))
    assert failure.value.messages[-1].startswith(f"error: {brand.working_file} is damaged (")
    assert_says_how_to_rebuild(capsys.readouterr().err, brand)


@pytest.mark.parametrize("first", ["--- Logging error ---\\n", "\\x1b[0m10:00:00  "])
def test_dbt_on_a_full_disk_prints_one_line_instead_of_tracebacks(brand, capfd, first):
    script = (
        "import sys; print('1 of 9 ERROR creating x'); sys.stdout.flush();"
        f" sys.stderr.write('{first}Traceback (most recent call last):\\n'"
        " 'OSError: [Errno 28] No space left on device\\n'); sys.exit(2)"
    )
    step = replace(steps.BUILD, command=lambda _: [sys.executable, "-c", script])
    with pytest.raises(steps.StepFailed) as failure:
        steps.run_step(step, Warehouse(brand.folder, brand.landing, ("oms",)))
    message = f"error: the disk that holds {brand.folder / 'build'} is full; free some space"
    assert failure.value.messages[-1].startswith(message)
    said = capfd.readouterr()
    assert "Traceback" not in said.out + said.err
    assert "1 of 9 ERROR" in said.out and said.err.startswith(message)


def test_a_file_damaged_before_dbt_is_reported_without_traceback(brand, capsys):
    brand.working_file.write_bytes(b"")
    with pytest.raises(steps.StepFailed):
        steps.run_step(steps.BUILD, Warehouse(brand.folder, brand.landing, ("oms",)))
    assert_says_how_to_rebuild(capsys.readouterr().err, brand)


@pytest.mark.parametrize(
    "said",
    [
        'Cannot open file "/w/warehouse.duckdb": Permission denied',
        'Could not set lock on file "/w/warehouse.duckdb": Conflicting lock is held in x (PID 7).',
        "Trying to read a database file with version number 99, but we can only read version 64.",
        "Could not write file: No space left on device",
        "Out of Memory Error: failed to pin block of size 256.0 KiB",
        'Could not read enough bytes from file "/w/orders.parquet": attempted to read 8 bytes',
    ],
)
def test_other_errors_than_damage_move_nothing(said, tmp_path, monkeypatch):
    def refuse(*_, **__):
        raise duckdb.IOException(said)

    monkeypatch.setattr(working_file.duckdb, "connect", refuse)
    with pytest.raises(LandingError) as error:
        working_file.connect(tmp_path / "warehouse.duckdb")
    assert not isinstance(error.value, WorkingFileDamaged)
    assert "\n" not in str(error.value)


def rebuild(brand: Brand, monkeypatch, *arguments: str) -> tuple[int, list]:
    """The command in this process, no step run; its exit code and the steps."""
    for name, value in brand.environment().items():
        monkeypatch.setenv(name, value)
    asked: list = []
    monkeypatch.setattr(command_line, "_run", lambda wanted, _: asked.extend(wanted) or 0)
    return command_line.main(["rebuild", *arguments]), asked


def test_rebuild_asks_first(brand, monkeypatch, capsys):
    assert rebuild(brand, monkeypatch) == (2, [])
    said = capsys.readouterr()
    assert f"would move {brand.working_file} aside" in said.out
    assert "add --yes" in said.err
    assert brand.working_file.exists()


def test_rebuild_moves_the_file_aside_and_runs_everything(brand, monkeypatch):
    content = brand.working_file.read_bytes()
    assert rebuild(brand, monkeypatch, "--yes") == (0, list(steps.RUN))
    (aside,) = brand.working_file.parent.glob("warehouse.damaged-*.duckdb")
    assert aside.read_bytes() == content
    assert not brand.working_file.exists()


@pytest.mark.parametrize("kind", ["writer", "reader"])
def test_the_process_that_holds_the_file_is_named_and_waited_for(brand, monkeypatch, capsys, kind):
    write_day(brand, 1)
    with holding(HOLD, str(brand.working_file), kind) as holder:
        finished = brand.run("ingest", "land")
        assert finished.returncode == 2
        (line,) = finished.stdout.splitlines()
        assert f"(process {holder.pid}); wait until it is done" in line
        assert rebuild(brand, monkeypatch, "--yes")[0] == (2 if kind == "writer" else 0)
        holder.communicate("\n")
    if kind == "writer":
        assert f"(process {holder.pid})" in capsys.readouterr().err
        land_files(brand)
        assert brand.working_query("select count(*) from raw.orders") == [(2 * 25,)]


@pytest.mark.parametrize("command", ["build", "publish", "rebuild"])
def test_a_second_run_names_the_running_process(brand, command):
    with holding(LOCK, str(brand.folder)) as holder:
        finished = brand.run("orchestration", command)
        assert finished.returncode == 2
        (line,) = finished.stdout.splitlines()
        assert f"another run is at work in {brand.folder} (process {holder.pid}, since" in line
        holder.communicate("\n")


def test_a_killed_run_releases_its_lock(brand):
    warehouse = Warehouse(brand.folder, brand.landing, ("oms",))
    with holding(LOCK, str(brand.folder)) as holder:
        with pytest.raises(LandingError), run_lock(warehouse):
            pass
        holder.send_signal(signal.SIGKILL)
        holder.wait()
        with run_lock(warehouse):
            pass


def holding(script: str, *arguments: str) -> subprocess.Popen:
    """A process that runs a script until its input comes; it has said `held`."""
    holder = subprocess.Popen(
        [sys.executable, "-c", script, *arguments],
        cwd=PROJECT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert holder.stdout.readline() == "held\n"
    return holder
