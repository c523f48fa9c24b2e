"""One writer: a locked file is retried, other errors fail at once."""

import subprocess
import sys

import dagster as dg
import pytest

from ingest.errors import LandingError, WorkingFileTaken
from orchestration import instance
from orchestration.project import Warehouse
from orchestration.writer import WHEN_TAKEN, on_working_file

HOLD = "import duckdb, sys; con = duckdb.connect(sys.argv[1]); print('held', flush=True); input()"


@pytest.fixture
def warehouse(tmp_path) -> Warehouse:
    made = Warehouse(tmp_path, tmp_path / "landing", ("oms",))
    made.build.mkdir()
    return made


def run(step, attempts: list[int]) -> dg.ExecuteInProcessResult:
    """A step under the policy of the pipeline's steps, without its pauses."""
    quick = dg.RetryPolicy(max_retries=WHEN_TAKEN.max_retries, delay=0.2)

    @dg.asset(retry_policy=quick)
    def writes(context: dg.AssetExecutionContext) -> None:
        attempts.append(context.retry_number)
        step()

    return dg.materialize([writes], raise_on_error=False)


def test_a_locked_file_is_retried_until_it_is_free(warehouse):
    with subprocess.Popen(
        [sys.executable, "-c", HOLD, str(warehouse.working_file)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as holder:
        assert holder.stdout.readline() == "held\n"
        attempts: list[int] = []

        def step() -> None:
            try:
                with on_working_file(warehouse):
                    pass
            except WorkingFileTaken:
                holder.communicate("\n")
                raise

        assert run(step, attempts).success
    assert attempts == [0, 1]


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (LandingError("there is no landing folder"), "there is no landing folder"),
        # A library's message may quote a value: only its type is shown.
        (ValueError("13900000000 is no number"), "ValueError: see the log"),
    ],
)
def test_other_errors_fail_without_retry(warehouse, error, said):
    attempts: list[int] = []

    def step() -> None:
        with on_working_file(warehouse):
            raise error

    result = run(step, attempts)
    assert not result.success
    assert attempts == [0]
    (failure,) = result.get_step_failure_events()
    assert failure.step_failure_data.user_failure_data.description == said


def test_abandoned_runs_are_ended(tmp_path, monkeypatch):
    (tmp_path / "dagster.yaml").write_text("telemetry: {enabled: false}\n")
    monkeypatch.setenv("DAGSTER_HOME", str(tmp_path))

    @dg.job
    def empty() -> None:
        pass

    with dg.DagsterInstance.get() as made:
        at_work = made.create_run_for_job(empty, status=dg.DagsterRunStatus.STARTED)
        done = made.create_run_for_job(empty, status=dg.DagsterRunStatus.SUCCESS)
    instance.end_runs_cut_off()
    with dg.DagsterInstance.get() as made:
        assert made.get_run_by_id(at_work.run_id).status == dg.DagsterRunStatus.FAILURE
        assert made.get_run_by_id(done.run_id).status == dg.DagsterRunStatus.SUCCESS
