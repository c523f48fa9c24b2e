"""Every path of the project, absolute, and the environment that its steps run in."""

import hashlib
import os
import sys
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from pathlib import Path

from ingest import settings

PROJECT_DIR = settings.PROJECT_DIR
PROFILES_DIR = PROJECT_DIR / "profiles"
SAMPLE_SOURCES = frozenset({"oms", "wms", "helpdesk", "marketing"})


@dataclass(frozen=True)
class Warehouse:
    """One warehouse folder and what it is built from."""

    folder: Path = field(default_factory=settings.warehouse_dir)
    landing: Path = field(default_factory=settings.landing_dir)
    sources: tuple[str, ...] = field(default_factory=lambda: tuple(settings.source_names()))

    @property
    def build(self) -> Path:
        """The folder that only the build writes to."""
        return settings.build_dir(self.folder)

    @property
    def working_file(self) -> Path:
        """The DuckDB file that landing and dbt write."""
        return settings.working_file(self.folder)

    @property
    def published(self) -> Path:
        """The published folder: a link to the last publication, swapped as a whole."""
        return self.folder / "published"

    @property
    def published_file(self) -> Path:
        """The DuckDB file for readers."""
        return self.published / "warehouse.duckdb"

    @property
    def publications(self) -> Path:
        """The folders that `published` links to, one per publication."""
        return self.folder / "publications"

    @property
    def dbt_target(self) -> Path:
        """dbt's artifacts of this warehouse: warehouses side by side do not share them."""
        return self.build / "target"

    def environment(self) -> dict[str, str]:
        """The environment of every step: absolute folders, clean source names, no telemetry."""
        return os.environ | {
            "WAREHOUSE_DIR": str(self.folder),
            "LANDING_DIR": str(self.landing),
            "SOURCES": ",".join(self.sources),
            "DBT_PROFILES_DIR": str(PROFILES_DIR),
            "DBT_PROJECT_DIR": str(PROJECT_DIR),
            "DBT_TARGET_PATH": str(self.dbt_target),
            "DBT_LOG_PATH": str(self.build / "logs"),
            "DBT_SEND_ANONYMOUS_USAGE_STATS": "false",
            "DO_NOT_TRACK": "1",
            "MACROS_FINGERPRINT": _macros_fingerprint(),
        }


@cache
def _macros_fingerprint() -> str:
    """A hash of all macros, generic tests among them.

    dbt notices when the text of a model changes, but not when its macros change.
    """
    digest = hashlib.sha256()
    for folder in ("macros", "packages/touched_keys/macros", "tests/generic"):
        for path in sorted((PROJECT_DIR / folder).rglob("*.sql")):
            digest.update(path.read_bytes())
    return digest.hexdigest()


class SettingError(Exception):
    """A setting is invalid; the message says what it may be."""


def check_as_of_date() -> None:
    """Raise SettingError when AS_OF_DATE is given and is not a day that data can have.

    A table with a row per day extends to it; landing also rejects times outside these years.
    """
    given = os.environ.get("AS_OF_DATE")
    if not given:
        return
    try:
        usual = date.fromisoformat(given).isoformat() == given and "1970" <= given[:4] <= "2100"
    except ValueError:
        usual = False
    if not usual:
        raise SettingError(
            f"AS_OF_DATE is {given!r}; give a day of 1970 to 2100, such as 2026-01-31, or nothing"
            " for the latest purchase date"
        )


def dbt_executable() -> str:
    """The dbt of the environment that runs this process."""
    return str(Path(sys.executable).parent / "dbt")
