"""Landing: files into raw tables, each file a batch, a group of files a transaction."""

import os
from collections.abc import Iterator
from datetime import date, datetime
from itertools import count
from pathlib import Path

from ingest import landed_parquet, settings
from ingest.candidate import Candidate
from ingest.declarations import Source, Table, declared_source_files, load_sources
from ingest.discovery import Discovery, FoundFile, discover, expected_names
from ingest.errors import FileRefused, LandingError, WorkingFileDamaged
from ingest.exports.landing import FORMAT, export_candidates, find_exports
from ingest.exports.layouts import tables
from ingest.group import land_group
from ingest.raw_tables import LANDED, REFUSED, LoadLog, create_raw_tables
from ingest.report import LandingReport, Progress, TableCounts
from ingest.run import Run, record_duplicate, refuse, utc_now, warn
from ingest.working_file import connect, is_disk_full, opened, set_aside

GROUP_BYTES = 256 << 20
GROUP_FILES = 2_000
SHOWN_FILES = 10
# Formats whose files may hold several tables.
SHEETS = ("xlsx", FORMAT)


def land(
    sources: list[str] | None = None,
    landing_dir: str | os.PathLike | None = None,
    warehouse_dir: str | os.PathLike | None = None,
    until: date | None = None,
) -> LandingReport:
    """Land every new or changed file of the sources; defaults come from the environment.

    Files with a day after `until` in their names are skipped; those without a day land. A
    working file that cannot be opened any more is moved aside, and everything lands into a new one.
    Raises LandingError when the run cannot start or the disk is full. A file that cannot land is
    in the report's refusals.
    """
    names = settings.source_names() if sources is None else sources
    folder = settings.landing_dir(landing_dir, warehouse_dir)
    declared = load_sources(names)
    found = _find_files(declared, folder)
    report = LandingReport()
    if until is not None:
        report.left_for_later = found.leave_for_later(until)
    progress = Progress(sum(map(len, (*found.files.values(), found.exports))))
    path = settings.working_file(warehouse_dir)
    try:
        _leave_damaged_file(path, report, progress)
        with opened(path) as (con, temp_dir):
            declared_tables = [table for source in declared for table in source.tables]
            create_raw_tables(con, declared_tables)
            run = Run(con, temp_dir, LoadLog(con), report, progress)
            _warn_of_files_not_taken(run, found, declared_tables, folder)
            for table in declared_tables:
                report.tables[table.raw_name] = TableCounts()
                _land_table(run, table, found.files.get(table, []))
            if found.exports:
                _land_exports(run, found.exports)
            if landed_parquet.is_wanted():
                landed_parquet.write_landed(
                    con, landed_parquet.landed_dir(settings.warehouse_dir(warehouse_dir))
                )
    finally:
        progress.close()
    return report


def _leave_damaged_file(path: Path, report: LandingReport, progress: Progress) -> None:
    """Move aside a file that cannot be opened: its content lands again from the raw files."""
    try:
        connect(path).close()
    except WorkingFileDamaged as error:
        said = str(error.__cause__).splitlines()[0]
        message = (
            f"{path} is damaged ({said}); it is {set_aside(path).name} now, and everything lands"
            " again from the raw files into a new one"
        )
        report.warnings.append(message)
        progress.say(f"warning: {message}")


def _find_files(sources: list[Source], folder: Path) -> Discovery:
    if not folder.is_dir():
        first = sources[0]
        raise LandingError(
            f"there is no landing folder {folder}; create it with a folder per source, such as"
            f" {first.name}/{expected_names(first.tables[0])}, or set LANDING_DIR"
        )
    try:
        found = discover(sources, folder, set(declared_source_files()))
        for source in sources:
            if source.by_layout:
                exports, documents = find_exports(source, folder, len(sources) == 1)
                found.exports += exports
                found.not_taken += documents
        return found
    except OSError as error:
        raise LandingError(f"{error.filename} cannot be listed: {error.strerror}") from error


def _warn_of_files_not_taken(run: Run, found: Discovery, tables: list[Table], folder: Path) -> None:
    if found.not_taken:
        shown = ", ".join(found.not_taken[:SHOWN_FILES])
        more = len(found.not_taken) - SHOWN_FILES
        shown += f" and {more} more" if more > 0 else ""
        named = [table for table in tables if not table.by_layout]
        names = ", ".join(f"{table.source}/{expected_names(table)}" for table in named)
        names = names or "any table file of exports, whatever its name"
        warn(run, f"no table takes {shown} in {folder}; the names that are taken: {names}")


def _land_exports(run: Run, files: list[FoundFile]) -> None:
    """Land exports in groups of a table each: the table is known once a file is recognised."""
    by_name = {table.raw_name: table for table in tables().values()}
    groups: dict[str, list[Candidate]] = {}
    numbers = count()
    for parts in _new_candidates(run, export_candidates(run, files, numbers), numbers):
        # The first sheet of a workbook lands last: its entry in the log says that all are done.
        for part in parts[1:]:
            land_group(run, by_name[part.table.raw_name], [part])
        for part in parts[:1]:
            name = part.table.raw_name
            group = groups.setdefault(name, [])
            group.append(part)
            if sum(one.read_bytes for one in group) >= GROUP_BYTES or len(group) >= GROUP_FILES:
                land_group(run, by_name[name], groups.pop(name))
    for name, group in groups.items():
        land_group(run, by_name[name], group)


def _land_table(run: Run, table: Table, files: list[FoundFile]) -> None:
    group: list[Candidate] = []
    group_bytes = 0
    numbers = count()
    candidates = (Candidate(file, table, next(numbers), run.temp_dir) for file in files)
    for parts in _new_candidates(run, candidates, numbers):
        # The sheets of a workbook land in one transaction: its first entry in the log says that
        # all of them are done.
        group += parts
        group_bytes += sum(part.read_bytes for part in parts)
        if group_bytes >= GROUP_BYTES or len(group) >= GROUP_FILES:
            land_group(run, table, group)
            group = []
            group_bytes = 0
    if group:
        land_group(run, table, group)


def _new_candidates(
    run: Run, candidates: Iterator[Candidate], numbers: Iterator[int]
) -> Iterator[list[Candidate]]:
    """Files with new content, ready to be read; the others are only logged.

    A workbook comes as its sheets.
    """
    for candidate in candidates:
        file = candidate.file
        started_at = utc_now()
        try:
            if _is_unchanged(run, candidate.table, candidate):
                run.report.tables[candidate.table.raw_name].unchanged_files += 1
                run.progress.advance(files=1, table=candidate.table.raw_name)
                continue
            candidate.identify()
            has_landed = _has_landed(run, candidate.table, candidate, started_at)
            if has_landed and not _has_refused_sheet(run, candidate.table, candidate):
                candidate.clean_up()
                run.progress.advance(files=1, table=candidate.table.raw_name)
                continue
            candidate.prepare()
        except FileRefused as refusal:
            refuse(run, candidate, str(refusal), started_at)
            continue
        except OSError as error:
            if is_disk_full(error):
                raise
            refuse(run, candidate, f"cannot be read: {error.strerror}", started_at)
            continue
        for warning in candidate.warnings:
            warn(run, f"{file.name}: {warning}")
        first, *others = candidate.take_parts(numbers)
        new = [] if has_landed else [first]
        yield new + [one for one in others if not _has_landed(run, one.table, one, started_at)]


def _is_unchanged(run: Run, table: Table, candidate: Candidate) -> bool:
    known = run.log.file(table, candidate.file.name)
    return (
        known is not None
        and known.status != REFUSED
        and (known.size, known.modified_ns) == candidate.stat()
        and not _has_refused_sheet(run, table, candidate)
    )


def _has_refused_sheet(run: Run, table: Table, candidate: Candidate) -> bool:
    """Whether a further sheet of this workbook version was refused, and is to be retried."""
    return candidate.file.format in SHEETS and run.log.has_refused_part(
        table, candidate.file.name, candidate.stat()
    )


def _has_landed(run: Run, table: Table, candidate: Candidate, started_at: datetime) -> bool:
    content = run.log.standing(table, candidate.file.name, candidate.sha256)
    if content is None:
        known = run.log.file(table, candidate.file.name)
        if known is not None and known.status == LANDED:
            warn(
                run,
                f"{candidate.file.name} has changed since it landed; it lands again as a new batch,"
                " and rows that it no longer holds stay: send these with is_deleted",
            )
        return False
    record_duplicate(run, candidate, content.name, content.rows_read, started_at)
    return True
