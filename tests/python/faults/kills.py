"""Kills a step and its child processes at a random moment of its run time."""

import os
import random
import re
import signal
import subprocess
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path

from pipeline_brand import PROJECT, Brand

DBT = str(Path(sys.executable).parent / "dbt")
MODULE = (sys.executable, "-m")
COMMANDS = {
    "land": (*MODULE, "ingest", "land"),
    "check raw": (*MODULE, "expectations", "raw"),
    "dbt build": (DBT, "build", "--exclude-resource-type", "unit_test"),
    "check marts": (*MODULE, "expectations", "marts"),
    "publish": (*MODULE, "orchestration", "swap"),
    "whole run": (*MODULE, "orchestration", "build"),
}
# The order of the lines `[1/5] 0.8 s` of a whole run.
STEPS = tuple(COMMANDS)[:5]
# Of a hundred kills; cheap steps more often, the long one often enough to meet all of it.
SHARES = {
    "land": 40,
    "check raw": 14,
    "dbt build": 10,
    "check marts": 10,
    "publish": 22,
    "whole run": 4,
}
SECONDS = {
    "land": 0.8,
    "check raw": 5.0,
    "dbt build": 40.0,
    "check marts": 6.0,
    "publish": 3.0,
    "whole run": 55.0,
}
STEP_SECONDS = re.compile(r"^\[\d/\d\] ([\d.]+) s$", re.MULTILINE)


@dataclass
class Killer:
    """Kills on one brand; `seconds` holds how long each step takes, as far as it is known."""

    brand: Brand
    random: random.Random
    seconds: dict[str, float] = field(default_factory=lambda: dict(SECONDS))
    kills: int = 0

    def learn(self, said: str) -> None:
        """Take over how long the steps of a whole run took, from what it printed."""
        found = [float(seconds) for seconds in STEP_SECONDS.findall(said)]
        assert len(found) == len(STEPS), said
        self.seconds |= dict(zip(STEPS, found, strict=True)) | {"whole run": sum(found)}

    def kill(self, step: str) -> None:
        """Start the step until a kill meets it before its end."""
        while not self._met(step):
            pass
        self.kills += 1

    def _met(self, step: str) -> bool:
        moment = self.random.uniform(0, 1.05) * self.seconds[step]
        started = time.monotonic()
        # Its own process group, so that a kill includes dbt and all other child processes.
        with subprocess.Popen(
            COMMANDS[step],
            cwd=PROJECT,
            env=self.brand.environment(),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            text=True,
            start_new_session=True,
        ) as process:
            try:
                _, said = process.communicate(timeout=moment)
            except subprocess.TimeoutExpired:
                os.killpg(process.pid, signal.SIGKILL)
                process.communicate()
                print(f"kill {self.kills + 1}: {step} after {moment:.2f} s", flush=True)
                return True
            except BaseException:
                os.killpg(process.pid, signal.SIGKILL)
                raise
        assert "Traceback" not in said, said
        assert process.returncode == 0, f"{step} failed by itself: {said}"
        self.seconds[step] = time.monotonic() - started
        return False


def planned(count: int, rng: random.Random) -> tuple[list[str], list[str]]:
    """This number of kills in random order: before a re-run's end, and after it.

    Steps killed after it need a finished build. With few, every step has its turn.
    """
    steps = [step for step in STEPS for _ in range(max(1, round(SHARES[step] * count / 100)))]
    steps += ["whole run"] * round(SHARES["whole run"] * count / 100)
    while len(steps) < count:
        steps.append(rng.choice(("land", "check raw", "publish")))
    after = [step for step in steps if step in ("check marts", "publish")]
    before = [step for step in steps if step not in after]
    rng.shuffle(before)
    rng.shuffle(after)
    return before, after
