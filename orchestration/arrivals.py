"""Files that have arrived and are no longer changing: the sensor's logic, without Dagster."""

import hashlib
import json
from dataclasses import asdict, dataclass
from datetime import date

from ingest.declarations import declared_source_files, load_sources
from ingest.discovery import discover
from orchestration.project import Warehouse


@dataclass(frozen=True)
class Snapshot:
    """The files of the landing folder that a run up to a day would read."""

    files: int
    # A digest of paths, sizes and modification times; contents are never read for it.
    digest: str
    newest: float


@dataclass(frozen=True)
class Watch:
    """The sensor's state between looks: digests of the last look and the last run."""

    seen: str = ""
    taken: str = ""

    @classmethod
    def from_cursor(cls, cursor: str | None) -> "Watch":
        """The watch stored in a cursor; a new one if there is none."""
        return cls(**json.loads(cursor)) if cursor else cls()

    def cursor(self) -> str:
        """The watch as a cursor."""
        return json.dumps(asdict(self))


def look(warehouse: Warehouse, until: date) -> Snapshot:
    """The files of days up to `until`. Raises OSError when the folder cannot be listed."""
    found = discover(
        load_sources(list(warehouse.sources)), warehouse.landing, set(declared_source_files())
    )
    found.leave_for_later(until)
    seen, newest = [], 0.0
    for file in sorted(
        (file for files in found.files.values() for file in files), key=lambda file: file.name
    ):
        try:
            stat = file.path.stat()
        except FileNotFoundError:
            continue
        seen.append((file.name, stat.st_size, stat.st_mtime_ns))
        newest = max(newest, stat.st_mtime)
    digest = hashlib.sha256(json.dumps(seen).encode()).hexdigest()
    return Snapshot(len(seen), digest, newest)


def decide(watch: Watch, snapshot: Snapshot, published_at: float) -> tuple[Watch, bool, str]:
    """The next watch, whether a run should start, and the reason for people.

    `published_at` is the time of the last publication (0 without one): at its first look a sensor
    treats older files as landed. A run starts when two looks in a row find the same, so that no
    file is read while it is being copied.
    """
    if not watch.seen and snapshot.newest < published_at:
        return Watch(snapshot.digest, snapshot.digest), False, "the last publication is newer"
    if snapshot.digest == watch.taken or not snapshot.files:
        return Watch(snapshot.digest, watch.taken), False, "nothing has arrived"
    if snapshot.digest != watch.seen:
        reason = "files arrive; waiting until nothing changes between two looks"
        return Watch(snapshot.digest, watch.taken), False, reason
    return Watch(snapshot.digest, snapshot.digest), True, "files have arrived"
