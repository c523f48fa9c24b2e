"""One run at a time in a warehouse folder, for as long as the run takes.

DuckDB's own lock is free between the steps of a run: a second run would slip in there.
"""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime

from ingest.errors import LandingError, WorkingFileTaken
from orchestration.project import Warehouse


@contextmanager
def run_lock(warehouse: Warehouse) -> Iterator[None]:
    """Hold the folder's lock; the kernel frees it when this process ends, however it ends.

    Raises WorkingFileTaken, naming the process, when another run holds it;
    LandingError when the folder cannot be written.
    """
    path = warehouse.build / "run.lock"
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o644)
    except OSError as error:
        raise LandingError(
            f"{path} cannot be written: {error.strerror}; give this user the right to write it and"
            " its folder, then run again"
        ) from error
    try:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            holder = os.pread(descriptor, 200, 0).decode(errors="replace").strip()
            raise WorkingFileTaken(
                f"another run is at work in {warehouse.folder} ({holder or 'it has just begun'});"
                " wait until it is done or end it, then run again"
            ) from error
        _sign(descriptor)
        yield
    finally:
        os.close(descriptor)


def _sign(descriptor: int) -> None:
    """Write the lock's holder, for messages of other runs; the lock holds without it."""
    try:
        os.ftruncate(descriptor, 0)
        text = f"process {os.getpid()}, since {datetime.now(UTC):%Y-%m-%d %H:%M:%S} UTC\n"
        os.pwrite(descriptor, text.encode(), 0)
    except OSError:
        pass
