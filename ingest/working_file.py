"""The working DuckDB file, opened for landing, and the scratch database of a group."""

import errno
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb

from ingest.conversion import literal
from ingest.errors import LandingError, WorkingFileTaken

TEMP_FOLDER = "landing.tmp"
IN_MEMORY_BYTES = 512 << 20


@contextmanager
def opened(path: Path) -> Iterator[tuple[duckdb.DuckDBPyConnection, Path]]:
    """The connection and an empty folder for temporary files; both are gone afterwards.

    What a killed run left in the folder is swept first. Raises LandingError when the file cannot
    be opened, the disk is full or DuckDB gives up.
    """
    con = connect(path)
    temp_dir = path.parent / TEMP_FOLDER
    try:
        shutil.rmtree(temp_dir, ignore_errors=True)
        temp_dir.mkdir()
        con.execute("set TimeZone = 'UTC'")
        con.execute("set temp_directory = $folder", {"folder": str(temp_dir / "spill")})
        yield con, temp_dir
    except (duckdb.Error, OSError) as error:
        kept = "what had landed before stays, the rest lands with the next run"
        if is_disk_full(error):
            message = f"the disk that holds {path.parent} is full; make room and run again"
        else:
            message = f"landing stopped: {str(error).splitlines()[0]}"
        raise LandingError(f"{message} ({kept})") from error
    finally:
        con.close()
        shutil.rmtree(temp_dir, ignore_errors=True)


@contextmanager
def scratch(con: duckdb.DuckDBPyConnection, temp_dir: Path, read_bytes: int) -> Iterator[None]:
    """An attached database `scratch`, so that nothing half read is ever in the working file.

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

    Raises WorkingFileTaken with who holds it, LandingError with what else is wrong.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        return duckdb.connect(str(path), read_only=read_only)
    except OSError as error:
        raise LandingError(f"{path.parent} cannot be made or used: {error.strerror}") from error
    except duckdb.Error as error:
        text = str(error)
        holder = re.search(r"held in (.+?) \(PID (\d+)\)", text)
        if holder:
            raise WorkingFileTaken(
                f"{path} is in use by {holder[1]} (process {holder[2]}); wait until it is done"
                " or end it, then run again"
            ) from error
        if "lock" in text.casefold():
            raise WorkingFileTaken(
                f"{path} is in use by another process; wait until it is done, then run again"
            ) from error
        raise LandingError(
            f"{path} cannot be opened as a DuckDB file ({text.splitlines()[0]});"
            " move it away and land again, raw files are not lost"
        ) from error
