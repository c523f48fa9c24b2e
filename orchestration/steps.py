"""The steps of a run, in order.

Each is a process of its own: whoever opened the working file keeps its lock.
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
from orchestration.project import Warehouse

COLOUR = re.compile(r"\x1b\[[0-9;]*m")
DISK_IS_FULL = re.compile("No space left on device")
# dbt ends with a traceback, or with one for every line that its log cannot take.
BREAKS_OFF = re.compile(r"^([\d:]+ +)?Traceback \(most recent|^--- Logging error ---")


@dataclass(frozen=True)
class Step:
    """A step: its name, what it does in a few words, and its command."""

    name: str
    title: str
    command: Callable[[Warehouse], list[str]]
    # Exit codes after which the next step still runs: what a step could not take, it leaves out.
    goes_on_after: frozenset[int] = frozenset({0})
    # Lines of its output that tell nobody anything.
    hides: re.Pattern[str] | None = None
    # Lines of its output that an alert repeats.
    tells: re.Pattern[str] = re.compile(r"^(error|failed): |^  \S")
    # Whether to ask first if the working file is free: dbt answers a taken one with a traceback.
    asks_for_file: bool = False


class StepFailed(Exception):
    """A step ended with an exit code after which the run may not go on; `messages` say why."""

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
# Unit tests are about the models' text, not about the day's data: `make test` runs them.
DBT_BUILD = ("build", "--exclude-resource-type", "unit_test")

# Of dbt's thousand lines, those of models, warnings and failures are worth reading.
BUILD = Step(
    "dbt build",
    "build and test the models",
    lambda warehouse: dbt_command(*DBT_BUILD),
    hides=re.compile(r" START | PASS | NO-OP | OK (loaded|hook)|^\S+\s*$"),
    # Names of nodes only: what an engine says of a value that it cannot take repeats the value.
    tells=re.compile(r"(Failure|Error) in .+"),
    asks_for_file=True,
)
CHECK_MARTS = Step("check marts", "check the marts", _module("expectations", "marts"))
PUBLISH = Step("publish", "swap the build in", _module("orchestration", "swap"))

RUN = (LAND, CHECK_RAW, BUILD, CHECK_MARTS, PUBLISH)
PUBLICATION = (CHECK_MARTS, PUBLISH)


def with_options(step: Step, until: date | None, full_refresh: bool) -> Step:
    """The step, files of days after `until` left for later, every model rebuilt from all of raw."""
    if step is LAND and until:
        return replace(step, command=_module("ingest", "land", "--until", until.isoformat()))
    if step is BUILD and full_refresh:
        return replace(step, command=lambda warehouse: dbt_command(*DBT_BUILD, "--full-refresh"))
    return step


def wants_sample_brand(warehouse: Warehouse) -> bool:
    """Whether the sample brand is what the sources are: nobody named a landing folder of their own.

    The generator itself leaves a folder alone that holds somebody's files.
    """
    return "LANDING_DIR" not in os.environ and bool(
        project.SAMPLE_SOURCES.intersection(warehouse.sources)
    )


def run_step(step: Step, warehouse: Warehouse) -> int:
    """Run a step in the project's folder; its output is the caller's.

    Returns its exit code. Raises StepFailed when the run may not go on.
    """
    if step.asks_for_file:
        try:
            connect(warehouse.working_file).close()
        except LandingError as error:
            print(f"error: {error}", file=sys.stderr, flush=True)
            raise StepFailed(step, 2, [f"error: {error}"]) from error
    # Progress in place needs the terminal itself; whoever sits there reads the errors anyway.
    reads_errors = not step.hides and not sys.stderr.isatty()
    process = subprocess.Popen(
        step.command(warehouse),
        cwd=project.PROJECT_DIR,
        env=warehouse.environment(),
        stdout=subprocess.PIPE if step.hides else None,
        stderr=subprocess.STDOUT if step.hides else subprocess.PIPE if reads_errors else None,
        text=True,
    )
    messages = []
    problem = ""
    is_quiet = False
    with process:
        for line in process.stdout or process.stderr or ():
            # dbt colours its lines wherever it writes them.
            plain = COLOUR.sub("", line).rstrip()
            if step.asks_for_file:
                problem = problem or _problem(plain, warehouse)
                is_quiet = is_quiet or bool(BREAKS_OFF.search(plain))
            if step.tells.search(plain):
                messages.append(plain)
            if not is_quiet and not (step.hides and step.hides.search(line)):
                print(line, end="", file=sys.stdout if step.hides else sys.stderr, flush=True)
    if process.returncode not in step.goes_on_after:
        if is_quiet and not problem:
            problem = f"dbt broke off: {warehouse.build / 'logs' / 'dbt.log'} says why"
        if problem:
            messages.append(f"error: {problem}")
            print(messages[-1], file=sys.stderr, flush=True)
        raise StepFailed(step, process.returncode, messages)
    return process.returncode


def _problem(line: str, warehouse: Warehouse) -> str:
    """What a line of dbt says of the working file or its disk, with what to do; mostly nothing."""
    if is_damage(line):
        return damage_message(warehouse.working_file, line)
    if DISK_IS_FULL.search(line):
        return f"the disk that holds {warehouse.build} is full; make room and run again"
    return ""
