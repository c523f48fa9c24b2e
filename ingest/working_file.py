"""The working DuckDB file, opened for landing, and the scratch database of a group."""

import errno
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import duckdb

from ingest.conversion import literal
from ingest.errors import LandingError, WorkingFileDamaged, WorkingFileTaken

TEMP_FOLDER = "landing.tmp"
IN_MEMORY_BYTES = 512 << 20
# DuckDB's errors for damaged blocks. Not among them: a full disk, a lock, missing rights, the file
# of a newer DuckDB.
DAMAGE = re.compile(
    r"not a valid DuckDB database file|Corrupt (database|WAL) file|"
    r'Could not read enough bytes from file "[^"]+\.duckdb(\.wal)?"'
)
REBUILD = "python -m orchestration rebuild --yes"


@contextmanager
def opened(path: Path) -> Iterator[tuple[duckdb.DuckDBPyConnection, Path]]:
    """The connection and an empty folder for temporary files; both are removed afterwards.

    Leftovers of killed runs are removed first. Raises LandingError when the file cannot be
    opened or is damaged, the disk is full or DuckDB gives up.
    """
    con = connect(path)
    temp_dir = path.parent / TEMP_FOLDER
    try:
        shutil.rmtree(temp_dir, ignore_errors=True)
        # DuckDB's spill folder for dbt and expectations; no other process has the file open now.
        shutil.rmtree(path.with_name(f"{path.name}.tmp"), ignore_errors=True)
        temp_dir.mkdir()
        con.execute("set TimeZone = 'UTC'")
        con.execute("set temp_directory = $folder", {"folder": str(temp_dir / "spill")})
        yield con, temp_dir
    except (duckdb.Error, OSError) as error:
        if is_damage(str(error)):
            raise WorkingFileDamaged(damage_message(path, error)) from error
        kept = "what had landed before stays, the rest lands with the next run"
        if is_disk_full(error):
            message = f"the disk that holds {path.parent} is full; free some space and run again"
        else:
            message = f"landing stopped: {str(error).splitlines()[0]}"
        raise LandingError(f"{message} ({kept})") from error
    finally:
        con.close()
        shutil.rmtree(temp_dir, ignore_errors=True)


@contextmanager
def scratch(con: duckdb.DuckDBPyConnection, temp_dir: Path, read_bytes: int) -> Iterator[None]:
    """An attached database `scratch`, so that half-read files are never in the working file.

    It is in memory for groups of usual size (twice as fast), and a compressed file for what is
    larger than IN_MEMORY_BYTES.
    """
    path = temp_dir / "scratch.duckdb" if read_bytes > IN_MEMORY_BYTES else ":memory:"
    con.execute(f"attach {literal(str(path))} as scratch")
    yield
    # After an error the run ends, and both go with the connection and its folder.
    con.execute("detach scratch")
    (temp_dir / "scratch.duckdb").unlink(missing_ok=True)


def is_disk_full(error: Exception) -> bool:
    """Whether an error comes from a full disk."""
    if isinstance(error, OSError) and error.errno in (errno.ENOSPC, errno.EDQUOT):
        return True
    text = str(error)
    return isinstance(error, duckdb.Error) and (
        "No space left" in text or "max_temp_directory_size" in text
    )


def connect(path: Path, read_only: bool = False) -> duckdb.DuckDBPyConnection:
    """A connection to the working file.

    Raises WorkingFileTaken with the process that holds it, WorkingFileDamaged when it is not a
    DuckDB file any more, LandingError for other errors.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        return duckdb.connect(str(path), read_only=read_only)
    except OSError as error:
        raise LandingError(f"{path.parent} cannot be made or used: {error.strerror}") from error
    except duckdb.Error as error:
        text = str(error)
        if is_damage(text):
            raise WorkingFileDamaged(damage_message(path, error)) from error
        holder = re.search(r"held in (.+?) \(PID (\d+)\)", text)
        if holder:
            raise WorkingFileTaken(
                f"{path} is in use by {holder[1]} (process {holder[2]}); wait until it is done"
                " or end it, then run again"
            ) from error
        if re.search(r"\block\b", text):
            raise WorkingFileTaken(
                f"{path} is in use by another process; wait until it is done, then run again"
            ) from error
        if "Permission denied" in text or "Read-only file system" in text:
            raise LandingError(
                f"{path} cannot be written: {text.splitlines()[0].rpartition(': ')[2]}; give this"
                " user the right to write it and its folder, then run again"
            ) from error
        if is_disk_full(error):
            raise LandingError(
                f"the disk that holds {path.parent} is full; free some space and run again"
            ) from error
        raise LandingError(
            f"{path} cannot be opened ({text.splitlines()[0]}); a newer DuckDB than"
            f" {duckdb.__version__} may have written it. To start anew: `{REBUILD}`"
        ) from error


def is_damage(text: str) -> bool:
    """Whether an error's text means that blocks of a DuckDB file are damaged."""
    return DAMAGE.search(text) is not None


def damage_message(path: Path, error: object) -> str:
    """One line: the file, DuckDB's error, and the command that rebuilds it."""
    said = str(error).strip().splitlines()[0]
    return (
        f"{path} is damaged ({said}); `{REBUILD}` moves it aside and builds everything"
        " from the raw files, readers keep the last publication meanwhile"
    )


def set_aside(path: Path) -> Path:
    """Move the working file, and its log, to a name with the time; returns its new path.

    Raises LandingError when it cannot be moved.
    """
    stamp = f"{datetime.now(UTC):%Y%m%dT%H%M%SZ}"
    aside = path.with_name(f"{path.stem}.damaged-{stamp}{path.suffix}")
    number = 1
    while aside.exists():
        number += 1
        aside = path.with_name(f"{path.stem}.damaged-{stamp}-{number}{path.suffix}")
    log = path.with_name(f"{path.name}.wal")
    try:
        # The log first: killed in between, it must not meet the next working file.
        if log.exists():
            log.rename(aside.with_name(f"{aside.name}.wal"))
        path.rename(aside)
    except OSError as error:
        raise LandingError(f"{path} cannot be moved to {aside}: {error.strerror}") from error
    return aside
