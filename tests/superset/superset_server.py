"""Superset in a temporary folder, and its REST API."""

import json
import os
import secrets
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).resolve().parent
SUPERSET = Path(sys.prefix) / "superset" / "bin" / "superset"
SECONDS_TO_START = 120
USER = "admin"


class ApiError(Exception):
    """Superset refused a request; the message is its answer."""


@dataclass
class Api:
    """Requests with the administrator's token."""

    address: str
    token: str = ""

    def ask(self, method: str, path: str, body: dict[str, Any] | None = None) -> dict[str, Any]:
        """The answer's JSON; raises ApiError with what it says when it is an error."""
        request = urllib.request.Request(
            f"{self.address}{path}",
            method=method,
            data=None if body is None else json.dumps(body).encode(),
            headers={"Content-Type": "application/json", "Authorization": f"Bearer {self.token}"},
        )
        try:
            with urllib.request.urlopen(request, timeout=120) as answer:
                return json.load(answer)
        except urllib.error.HTTPError as error:
            raise ApiError(f"{path}: {error.code} {error.read().decode()}") from error

    def is_up(self) -> bool:
        try:
            with urllib.request.urlopen(f"{self.address}/health", timeout=5) as answer:
                return answer.status == 200
        except OSError:
            return False


@contextmanager
def running_superset(home: Path) -> Iterator[Api]:
    """Make its own database, start it, log in; stopped afterwards."""
    password = secrets.token_urlsafe(16)
    environment = os.environ | {
        "SUPERSET_HOME": str(home),
        "SUPERSET_SECRET_KEY": secrets.token_urlsafe(42),
        "SUPERSET_CONFIG_PATH": str(FOLDER / "superset_config.py"),
        "FLASK_APP": "superset",
        "SCARF_ANALYTICS": "false",
        "PYTHONWARNINGS": "ignore",
    }
    person = ["--firstname", "Ann", "--lastname", "Lee", "--email", "ann@example.com"]
    named = ["--username", USER, "--password", password]
    for arguments in (["db", "upgrade"], ["fab", "create-admin", *named, *person], ["init"]):
        _run([str(SUPERSET), *arguments], environment)
    port = _free_port()
    log = home / "superset.log"
    with log.open("w") as written:
        process = subprocess.Popen(
            [str(SUPERSET), "run", "--port", str(port), "--with-threads"],
            env=environment,
            stdout=written,
            stderr=subprocess.STDOUT,
        )
    try:
        api = Api(f"http://127.0.0.1:{port}")
        _wait(api, process, log)
        login = {"username": USER, "password": password, "provider": "db", "refresh": False}
        api.token = api.ask("POST", "/api/v1/security/login", login)["access_token"]
        yield api
    finally:
        process.terminate()
        process.wait(timeout=30)


def _run(command: list[str], environment: dict[str, str]) -> None:
    finished = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert finished.returncode == 0, (finished.stdout + finished.stderr)[-4000:]


def _free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]


def _wait(api: Api, process: subprocess.Popen, log: Path) -> None:
    for _ in range(SECONDS_TO_START):
        if api.is_up():
            return
        assert process.poll() is None, log.read_text()[-4000:]
        time.sleep(1)
    raise AssertionError(f"Superset did not start: {log.read_text()[-4000:]}")
