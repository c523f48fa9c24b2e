"""The shared state of a landing run's steps, and how they log a file."""

from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import duckdb

from ingest.candidate import Candidate
from ingest.file_dates import day_in_name
from ingest.raw_tables import DUPLICATE, REFUSED, LoadLog, log_entry
from ingest.report import LandingReport, Progress


@dataclass
class Run:
    """The shared state of one landing run's steps."""

    con: duckdb.DuckDBPyConnection
    temp_dir: Path
    log: LoadLog
    report: LandingReport
    progress: Progress
    started_at: datetime = field(default_factory=lambda: utc_now())

    def delivery_of(self, name: str) -> str:
        """The delivery of a file: the day in its name, else this run."""
        return str(day_in_name(name) or self.started_at)


def warn(run: Run, message: str) -> None:
    """Add a warning."""
    run.report.warnings.append(message)
    run.progress.say(f"warning: {message}")


def record_duplicate(
    run: Run, candidate: Candidate, original: str, rows_read: int, started_at: datetime
) -> None:
    """Log a file whose content has already landed; files without rows are naturally equal."""
    name = candidate.file.name
    message = f"same content as {original}, not landed again"
    if rows_read > 0 and original != name:
        warn(run, f"{name}: {message}")
    run.report.tables[candidate.table.raw_name].unchanged_files += 1
    _record(run, candidate, DUPLICATE, message, started_at)


def refuse(
    run: Run,
    candidate: Candidate,
    message: str,
    started_at: datetime,
    rows_read: int | None = None,
    rows_rejected: int | None = None,
) -> None:
    """Log a refused file."""
    candidate.clean_up()
    run.report.tables[candidate.table.raw_name].refused_files += 1
    run.report.refusals.append(f"{candidate.file.name}: {message}")
    run.progress.say(f"refused: {candidate.file.name}: {message}")
    counts = {"rows_read": rows_read, "rows_rejected": rows_rejected}
    _record(run, candidate, REFUSED, message, started_at, **counts)
    run.progress.advance(files=1, table=candidate.table.raw_name)


def _record(
    run: Run, candidate: Candidate, status: str, message: str, started_at: datetime, **counts
) -> None:
    entry = log_entry(
        candidate.table,
        candidate.file.name,
        status,
        started_at,
        file_sha256=candidate.sha256 or None,
        file_bytes=candidate.size,
        file_modified_ns=candidate.modified_ns,
        message=message,
        finished_at=utc_now(),
        **counts,
    )
    run.log.record([entry])
    run.log.remember([entry])


def utc_now() -> datetime:
    """The current instant in UTC, without zone, as raw keeps it."""
    return datetime.now(UTC).replace(tzinfo=None)
