"""The server of the warm Python: a process that has imported everything, and forks for commands.

It never opens DuckDB and starts no thread, so that a fork is as good as a new process. It imports
when the first command comes, and ends when its standard input closes, that is with the tests.
"""

import contextlib
import gc
import importlib
import json
import os
import select
import signal
import socket
import struct
import sys
from pathlib import Path

from warm.commands import run
from warm.manifests import Manifests

# What the commands import: dbt, Great Expectations, what models in Python learn with, and all of
# ours but their `__main__`.
IMPORTED = (
    "dbt.cli.main",
    "dbt.adapters.duckdb",
    "expectations.data_docs",
    "expectations.runner",
    "ingest.run",
    "ingest.sample_brand",
    "orchestration.publication",
    "orchestration.summary",
    "scipy.optimize",
    "sklearn.cluster",
)


class Server:
    """Answers the commands that come to `listener`, until its standard input closes."""

    def __init__(self, folder: Path, listener: socket.socket) -> None:
        self._folder = folder
        self._manifests = Manifests(folder)
        self._listener = listener
        self._running: dict[int, socket.socket] = {}
        self._is_warm = False

    def serve(self) -> None:
        ended, wakes = os.pipe()
        os.set_blocking(wakes, False)
        signal.set_wakeup_fd(wakes, warn_on_full_buffer=False)
        signal.signal(signal.SIGCHLD, lambda *_: None)
        while True:
            commands = {answer.fileno(): pid for pid, answer in self._running.items()}
            ready, _, _ = select.select([0, ended, self._listener, *commands], [], [])
            if 0 in ready:
                break
            for number in commands.keys() & set(ready):
                self._pass_on(commands[number])
            if ended in ready:
                os.read(ended, 4096)
                self._answer_ended()
            if self._listener in ready:
                self._start(self._listener.accept()[0])
        for pid in self._running:
            os.kill(pid, signal.SIGKILL)

    def _start(self, answer: socket.socket) -> None:
        length, files, _, _ = socket.recv_fds(answer, 4, 3)
        if len(length) < 4:
            return
        (size,) = struct.unpack("!I", length)
        request = json.loads(answer.recv(size, socket.MSG_WAITALL))
        self._warm_up()
        manifest = self._manifests.of(request) if request["name"] == "dbt" else None
        # What is here now is never garbage: looking for it would copy its memory in every fork.
        gc.freeze()
        pid = os.fork()
        if not pid:
            signal.set_wakeup_fd(-1)
            signal.signal(signal.SIGCHLD, signal.SIG_DFL)
            for open_socket in (self._listener, answer, *self._running.values()):
                open_socket.close()
            run(request, files, manifest, str(self._folder / "python"))
        for number in files:
            os.close(number)
        self._running[pid] = answer

    def _pass_on(self, pid: int) -> None:
        """A signal for the command; where the one who asked has died, its end."""
        with contextlib.suppress(OSError):
            signals = self._running[pid].recv(64) or bytes([signal.SIGKILL])
            for number in signals:
                os.kill(pid, number)

    def _answer_ended(self) -> None:
        for pid in list(self._running):
            ended, status = os.waitpid(pid, os.WNOHANG)
            if ended:
                answer = self._running.pop(pid)
                with contextlib.suppress(OSError), answer:
                    answer.sendall(struct.pack("!i", os.waitstatus_to_exitcode(status)))

    def _warm_up(self) -> None:
        if self._is_warm:
            return
        for name in IMPORTED:
            importlib.import_module(name)
        importlib.import_module("warm.dbt_shortcuts").take_shortcuts()
        self._is_warm = True


if __name__ == "__main__":
    Server(Path(sys.argv[1]), socket.socket(fileno=int(sys.argv[2]))).serve()
