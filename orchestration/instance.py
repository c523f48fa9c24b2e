"""`make dagster`: the Dagster instance of a warehouse, one process of it at a time."""

import fcntl
import os
import signal
import sys
from pathlib import Path
from typing import NoReturn

from orchestration.project import PROJECT_DIR, SettingError, Warehouse

DEFAULT_PORT = 3000
CUT_OFF = (
    "Dagster was stopped, or its machine went down, while this run was at work; it starts again"
)


def home_of(warehouse: Warehouse) -> Path:
    """The folder of runs, logs and schedules: $DAGSTER_HOME, or `dagster` in the warehouse."""
    return Path(os.environ.get("DAGSTER_HOME") or warehouse.folder / "dagster").absolute()


def open_dagster(warehouse: Warehouse, port: int) -> NoReturn:
    """Become `dagster dev` on this machine only, with the daemon that schedules and alerts.

    Raises SettingError when the home is in use or cannot be made.
    """
    home = home_of(warehouse)
    try:
        home.mkdir(parents=True, exist_ok=True)
        settings = home / "dagster.yaml"
        # The user's own file stays.
        if settings.is_symlink() or not settings.exists():
            settings.unlink(missing_ok=True)
            settings.symlink_to(PROJECT_DIR / "orchestration" / "dagster.yaml")
        lock = os.open(home / "running.lock", os.O_RDWR | os.O_CREAT, 0o644)
    except OSError as error:
        raise SettingError(f"DAGSTER_HOME {home} cannot be used: {error.strerror}") from error
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        raise SettingError(
            f"Dagster is open already on {home}: use that one, or stop it first"
        ) from error
    # The lock lives as long as `dagster dev` does: a process that is replaced keeps its files.
    os.set_inheritable(lock, True)
    os.environ.update(warehouse.environment() | {"DAGSTER_HOME": str(home)})
    end_runs_cut_off()
    # As a module, so that every process of Dagster finds ours in the project's folder.
    command = [sys.executable, "-m", "dagster", "dev", "--host", "127.0.0.1"]
    command += ["--port", str(port), "-m", "orchestration.definitions"]
    os.chdir(PROJECT_DIR)
    # A background start may ignore these signals: it would never stop.
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, signal.SIG_DFL)
    sys.stdout.flush()
    os.execv(command[0], command)


def end_runs_cut_off() -> None:
    """Mark abandoned runs as failed: they would block the queue forever.

    Call it only while holding the home's lock. The instance's retries then restart them.
    """
    import dagster as dg

    with dg.DagsterInstance.get() as instance:
        for run in instance.get_runs(
            dg.RunsFilter(
                statuses=[
                    dg.DagsterRunStatus.STARTING,
                    dg.DagsterRunStatus.STARTED,
                    dg.DagsterRunStatus.CANCELING,
                ]
            )
        ):
            print(f"run {run.run_id} was interrupted", flush=True)
            instance.report_run_failed(run, CUT_OFF)
