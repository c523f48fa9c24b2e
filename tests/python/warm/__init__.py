"""A warm Python: commands of the project without the seconds that Python takes to start.

Importing dbt and Great Expectations and reading dbt's parse take more CPU time than a tiny build.
A server (`server.py`) does it once a session, and forks a process for every command. The commands
are real: `python` and `dbt` of its folder (`command.py`) are started like those of the environment,
and what the command starts with `sys.executable` is warm, too.

Tests of kills, of locks, of Dagster and of landing's command line use the environment's own Python:
processes as such are what they are about, or they show that the cold command works. The dbt that
Dagster starts is warm.
"""

import os
import shutil
import socket
import subprocess
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).resolve().parent
PROJECT = HERE.parents[2]


def python() -> str:
    """The Python to start modules of the project with: `[python(), "-m", …]`."""
    return str(Path(os.environ["WARM_PYTHON"]) / "python")


def dbt() -> str:
    """The dbt to start."""
    return str(Path(os.environ["WARM_PYTHON"]) / "dbt")


class WarmPython:
    """The server of a session; `stop` ends it, and so does the end of this process."""

    def __init__(self) -> None:
        # A socket's path must be short: not a folder of pytest's.
        self.folder = Path(tempfile.mkdtemp(prefix="warm-"))
        text = f"#!{sys.executable} -IS\n{(HERE / 'command.py').read_text()}"
        for name in ("python", "dbt"):
            (self.folder / name).write_text(text)
            (self.folder / name).chmod(0o755)
        with socket.socket(socket.AF_UNIX) as listener:
            listener.bind(str(self.folder / "socket"))
            listener.listen(64)
            self._process = subprocess.Popen(
                [sys.executable, "-m", "warm.server", str(self.folder), str(listener.fileno())],
                cwd=PROJECT,
                env=os.environ
                | {
                    "PYTHONPATH": os.pathsep.join(map(str, (HERE.parent, PROJECT))),
                    "DBT_SEND_ANONYMOUS_USAGE_STATS": "false",
                    "DO_NOT_TRACK": "1",
                },
                stdin=subprocess.PIPE,
                pass_fds=[listener.fileno()],
                # Ctrl-C is for the commands, which pass it on.
                start_new_session=True,
            )

    def stop(self) -> None:
        self._process.stdin.close()
        self._process.wait()
        shutil.rmtree(self.folder)
