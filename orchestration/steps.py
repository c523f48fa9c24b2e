"""The steps of a run, in order.

Each is a separate process, because a process that opened the working file keeps its lock.
"""

import os
import re
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date

from ingest.errors import LandingError
from ingest.working_file import connect, damage_message, is_damage
from orchestration import project
from orchestration.dbt_output import DbtOutput, output_options, text_of
from orchestration.project import Warehouse

DISK_IS_FULL = re.compile("No space left on device")
# dbt ends with a traceback, or with one for every line that it cannot log.
BREAKS_OFF = re.compile(r"^([\d:]+ +)?Traceback \(most recent|^--- Logging error ---")


@dataclass(frozen=True)
class Step:
    """A step: its name, what it does in a few words, and its command."""

    name: str
    title: str
    command: Callable[[Warehouse], list[str]]
    # Exit codes after which the next step still runs: landing without refused files.
    goes_on_after: frozenset[int] = frozenset({0})
    # Lines of its output that an alert repeats.
    tells: re.Pattern[str] = re.compile(r"^(error|failed): |^  \S")
    # Whether it is dbt, whose output is filtered.
    is_dbt: bool = False


class StepFailed(Exception):
    """A step ended with an exit code that stops the run; `messages` say why."""

    def __init__(self, step: Step, exit_code: int, messages: list[str]) -> None:
        super().__init__(f"{step.name} failed (exit code {exit_code})")
        self.step = step
        self.exit_code = exit_code
        self.messages = messages


def _module(*arguments: str) -> Callable[[Warehouse], list[str]]:
    return lambda warehouse: [sys.executable, "-m", *arguments]


def dbt_command(*arguments: str) -> list[str]:
    """A dbt command line for this project."""
    return [project.dbt_executable(), *arguments]


SAMPLE = Step("sample brand", "generate the sample brand", _module("ingest.sample_brand"))
# Landing exits with 1 when it refused a file: the others landed, and the run goes on with them.
LAND = Step("land", "land new files", _module("ingest", "land"), frozenset({0, 1}))
CHECK_RAW = Step("check raw", "check what landed", _module("expectations", "raw"))
# Unit tests check the models' SQL, not the day's data: `make test` runs them.
DBT_BUILD = ("build", "--exclude-resource-type", "unit_test")

BUILD = Step(
    "dbt build",
    "build and test the models",
    lambda warehouse: dbt_command(*output_options(), *DBT_BUILD),
    # Names of nodes only: an engine's error may quote a value.
    tells=re.compile(r"(Failure|Error) in .+"),
    is_dbt=True,
)
CHECK_MARTS = Step("check marts", "check the marts", _module("expectations", "marts"))
PUBLISH = Step("publish", "swap the build in", _module("orchestration", "swap"))

RUN = (LAND, CHECK_RAW, BUILD, CHECK_MARTS, PUBLISH)
PUBLICATION = (CHECK_MARTS, PUBLISH)


def with_options(step: Step, until: date | None, full_refresh: bool) -> Step:
    """The step with options: skip files of days after `until`, rebuild every model."""
    if step is LAND and until:
        return replace(step, command=_module("ingest", "land", "--until", until.isoformat()))
    if step is BUILD and full_refresh:
        return replace(
            step,
            command=lambda warehouse: dbt_command(*output_options(), *DBT_BUILD, "--full-refresh"),
        )
    return step


def wants_sample_brand(warehouse: Warehouse) -> bool:
    """Whether the sample brand is the data to land: no landing folder is set.

    The generator itself leaves a folder with a user's files alone.
    """
    return "LANDING_DIR" not in os.environ and bool(
        project.SAMPLE_SOURCES.intersection(warehouse.sources)
    )


def run_step(step: Step, warehouse: Warehouse) -> int:
    """Run a step in the project's folder; its output is the caller's.

    Returns its exit code. Raises StepFailed when the run must stop.
    """
    if step.is_dbt:
        return _run_dbt(step, warehouse)
    # Progress in place needs the terminal itself; its user reads the errors there.
    reads_errors = not sys.stderr.isatty()
    process = _started(step, warehouse, stderr=subprocess.PIPE if reads_errors else None)
    messages = []
    with process:
        for line in process.stderr or ():
            if step.tells.search(line.rstrip()):
                messages.append(line.rstrip())
            print(line, end="", file=sys.stderr, flush=True)
    if process.returncode not in step.goes_on_after:
        raise StepFailed(step, process.returncode, messages)
    return process.returncode


def _run_dbt(step: Step, warehouse: Warehouse) -> int:
    """Run dbt; for a locked file or a full disk, a message replaces its traceback."""
    try:
        connect(warehouse.working_file).close()
    except LandingError as error:
        print(f"error: {error}", file=sys.stderr, flush=True)
        raise StepFailed(step, 2, [f"error: {error}"]) from error
    messages, problem, is_quiet = [], "", False
    output = DbtOutput()
    with _started(step, warehouse, stdout=subprocess.PIPE, stderr=subprocess.STDOUT) as process:
        for line in process.stdout:
            said = text_of(line)
            problem = problem or _problem(said, warehouse)
            is_quiet = is_quiet or bool(BREAKS_OFF.search(said))
            if not is_quiet:
                output.take(line)
            messages += filter(step.tells.search, said.splitlines())
    output.close()
    if process.returncode not in step.goes_on_after:
        if is_quiet and not problem:
            problem = f"dbt stopped with an error: {warehouse.build / 'logs' / 'dbt.log'} says why"
        if problem:
            messages.append(f"error: {problem}")
            print(messages[-1], file=sys.stderr, flush=True)
        raise StepFailed(step, process.returncode, messages)
    return process.returncode


def _started(step: Step, warehouse: Warehouse, **pipes: int | None) -> subprocess.Popen:
    return subprocess.Popen(
        step.command(warehouse),
        cwd=project.PROJECT_DIR,
        env=warehouse.environment(),
        text=True,
        **pipes,
    )


def _problem(line: str, warehouse: Warehouse) -> str:
    """The message for a line of dbt about the working file or its disk; usually none."""
    if is_damage(line):
        return damage_message(warehouse.working_file, line)
    if DISK_IS_FULL.search(line):
        return f"the disk that holds {warehouse.build} is full; free some space and run again"
    return ""
