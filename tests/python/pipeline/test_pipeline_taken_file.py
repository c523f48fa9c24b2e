"""A working file locked by another process: every step names it, in one line."""

import subprocess
import sys

import pytest

from orchestration import steps
from orchestration.project import Warehouse

HOLD = "import duckdb, sys; con = duckdb.connect(sys.argv[1]); print('held', flush=True); input()"


@pytest.fixture
def taken(two_file_brand):
    """The brand, its working file held by another process."""
    two_file_brand.working_file.parent.mkdir(parents=True, exist_ok=True)
    with subprocess.Popen(
        [sys.executable, "-c", HOLD, str(two_file_brand.working_file)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as holder:
        assert holder.stdout.readline() == "held\n"
        yield two_file_brand, holder.pid
        holder.communicate("\n")


@pytest.mark.parametrize(
    "command", [("orchestration", "build"), ("ingest", "land"), ("expectations", "raw")], ids=str
)
def test_a_locked_file_is_reported_with_the_process_that_holds_it(taken, command):
    brand, holder = taken
    finished = brand.run(*command)
    assert finished.returncode == 2
    assert f"{brand.working_file} is in use by" in finished.stdout
    assert f"(process {holder}); wait until it is done" in finished.stdout
    assert "Traceback" not in finished.stdout


def test_a_file_locked_before_dbt_starts_is_reported_too(taken, capsys):
    brand, holder = taken
    with pytest.raises(steps.StepFailed) as failure:
        steps.run_step(steps.BUILD, Warehouse(brand.folder, brand.landing, ("oms",)))
    assert failure.value.exit_code == 2
    assert f"(process {holder}); wait until it is done" in capsys.readouterr().err
