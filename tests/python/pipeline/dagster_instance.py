"""A real `dagster dev` of a small brand, asked over GraphQL as its own pages ask it."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import warm
from pipeline_brand import PROJECT, Brand

# A busy machine with two cores; an idle one needs a tenth of it.
PATIENCE = 600.0
LOCATION = "orchestration.definitions"
REPOSITORY = {"repositoryName": "__repository__", "repositoryLocationName": LOCATION}
RUN_FIELDS = "runId status jobName tags { key value }"


# A server of a busy machine may not answer at once.
NO_ANSWER = (urllib.error.URLError, ConnectionError, TimeoutError)


def wait_for(what: str, found: Callable[[], Any], seconds: float = PATIENCE) -> Any:
    """What `found` returns, once it is true; a server that does not answer yet is asked again."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        try:
            result = found()
        except NO_ANSWER:
            result = None
        if result:
            return result
        time.sleep(1)
    raise AssertionError(f"waited {seconds:.0f} s in vain for {what}")


@dataclass
class Instance:
    """The running instance and its brand."""

    brand: Brand
    port: int
    process: subprocess.Popen
    log: Path

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def ask(self, query: str, **variables: Any) -> dict:
        """The data of a GraphQL answer."""
        request = urllib.request.Request(
            f"{self.address}/graphql",
            data=json.dumps({"query": query, "variables": variables}).encode(),
            headers={"Content-Type": "application/json"},
        )
        with urllib.request.urlopen(request, timeout=60) as response:
            answer = json.load(response)
        assert "errors" not in answer, answer["errors"]
        return answer["data"]

    def is_up(self) -> bool:
        """Whether the code location is loaded."""
        assert self.process.poll() is None, self.log.read_text()[-5000:]
        nodes = self.ask("{ repositoriesOrError { __typename } }")
        return nodes["repositoriesOrError"]["__typename"] == "RepositoryConnection"

    def runs(self) -> list[dict]:
        """Every run, the newest first."""
        data = self.ask(f"{{ runsOrError {{ ... on Runs {{ results {{ {RUN_FIELDS} }} }} }} }}")
        runs = data["runsOrError"]["results"]
        for run in runs:
            run["tags"] = {tag["key"]: tag["value"] for tag in run["tags"]}
        return runs

    def next_run(self, count: int) -> dict:
        """The newest run, once there are `count` and it has come to its end."""

        def ended() -> dict | None:
            runs = self.runs()
            done = len(runs) >= count and runs[0]["status"] in ("SUCCESS", "FAILURE", "CANCELED")
            return runs[0] if done else None

        return wait_for(f"run number {count}", ended)

    def stop(self) -> None:
        """End it and what it started."""
        self.process.send_signal(signal.SIGTERM)
        try:
            self.process.wait(60)
        except subprocess.TimeoutExpired:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()


def python_beside_warm_dbt(folder: Path) -> str:
    """The environment's own Python in a folder where dbt is the warm one."""
    (folder / "bin").mkdir(parents=True)
    for name in ("lib", "pyvenv.cfg"):
        (folder / name).symlink_to(Path(sys.prefix) / name)
    python = folder / "bin" / "python"
    python.symlink_to(sys.executable)
    dbt = folder / "bin" / "dbt"
    dbt.write_text(f'#!/bin/sh\nexec {warm.dbt()} "$@"\n')
    dbt.chmod(0o755)
    return str(python)


def start(brand: Brand, webhook: str) -> Instance:
    """`make dagster` for a brand, without make."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    log = brand.folder / "dagster.log"
    settings = {
        "ALERT_WEBHOOK_URL": webhook,
        "FIRST_BUSINESS_DAY": "2024-01-01",
        "LANDING_QUIET_SECONDS": "3",
    }
    environment = {
        name: value for name, value in brand.environment().items() if name != "DAGSTER_HOME"
    }
    python = python_beside_warm_dbt(brand.folder / "environment")
    with log.open("w") as output:
        process = subprocess.Popen(
            [python, "-m", "orchestration", "dagster", "--port", str(port)],
            cwd=PROJECT,
            env=environment | settings,
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    instance = Instance(brand, port, process, log)
    try:
        wait_for("dagster dev", instance.is_up)
    except BaseException:
        instance.stop()
        raise
    return instance
