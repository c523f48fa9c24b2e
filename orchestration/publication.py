"""Publication: a compact copy of the marts, swapped in as a whole.

A mart that is a view stays one: it reads the published tables, and has no Parquet file.

`published` is a link to a folder that holds the DuckDB file and the same tables as Parquet, so one
rename changes both: readers find the last good build or the one before, never half of one.
"""

import json
import os
import secrets
import shutil
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from itertools import pairwise
from pathlib import Path

import duckdb

from ingest.working_file import damage_message, is_damage, is_disk_full
from orchestration.marts_copy import FILE, Table, copy_marts, find_base, quoted
from orchestration.project import Warehouse
from reports.errors import BoardError

UNFINISHED = ".tmp"
SPILL = "spill"
PAGES = "pages"
# The publication before the last stays, for readers who are in the middle of its files; so does
# one before it, where publications follow each other faster than a reader reads.
KEPT = 2
KEPT_SECONDS = 60
SHOWN_NODES = 3


class PublicationError(Exception):
    """Nothing was published; the message says why and what to do."""


@dataclass(frozen=True)
class Publication:
    """What readers see now."""

    published_at: str
    as_of_date: str | None
    last_run: str | None
    tables: list[Table]
    seconds: float


def publish(
    warehouse: Warehouse, render: Callable[[Path, Path], object] | None = None
) -> Publication:
    """Copy the marts of the working file into a new publication and swap it in.

    `render` writes pages over the copied file into a folder beside it, so that they are swapped
    with it. Raises PublicationError when the last build failed, or copy or pages could not be
    written; readers then keep the last publication.
    """
    started = time.monotonic()
    _sweep(warehouse)
    name = f"{datetime.now(UTC):%Y%m%dT%H%M%S.%f}-{secrets.token_hex(3)}"
    unfinished = warehouse.publications / f"{name}{UNFINISHED}"
    try:
        unfinished.mkdir(parents=True)
        try:
            as_of_date, last_run, tables = _copy(warehouse, unfinished, _last_run(warehouse))
        except duckdb.Error:
            # Perhaps the last publication, from which the copy starts, cannot be read.
            shutil.rmtree(unfinished)
            unfinished.mkdir()
            as_of_date, last_run, tables = _copy(warehouse, unfinished, None)
        if render:
            render(unfinished / FILE, unfinished / PAGES)
        publication = Publication(
            published_at=f"{datetime.now(UTC):%Y-%m-%dT%H:%M:%SZ}",
            as_of_date=as_of_date,
            last_run=last_run,
            tables=tables,
            seconds=round(time.monotonic() - started, 1),
        )
        manifest = unfinished / "publication.json"
        manifest.write_text(json.dumps(asdict(publication), indent=2) + "\n")
        _make_durable(unfinished)
        final = warehouse.publications / name
        unfinished.rename(final)
        _swap_link(warehouse.published, final)
        # From now on no new reader opens the previous one.
        os.utime(final)
    except (OSError, duckdb.Error, BoardError) as error:
        raise PublicationError(_problem(warehouse, error)) from error
    finally:
        shutil.rmtree(unfinished, ignore_errors=True)
    _drop_old(warehouse)
    return publication


def _problem(warehouse: Warehouse, error: Exception) -> str:
    if is_damage(str(error)):
        return damage_message(warehouse.working_file, error)
    said = str(error).strip().splitlines()[0]
    if is_disk_full(error):
        said = (
            f"the disk that holds {warehouse.publications} is full; free some space and run again"
        )
    return f"nothing was published, readers keep the last publication: {said}"


def _copy(
    warehouse: Warehouse, folder: Path, published_run: str | None
) -> tuple[str | None, str | None, list[Table]]:
    """Copy every mart into the folder; the as-of date, the last run of dbt and the tables.

    `published_run` is the run of dbt that the last publication saw, if the copy may start from it.
    """
    if not warehouse.working_file.exists():
        raise PublicationError(f"there is no {warehouse.working_file}: run `make build` first")
    with duckdb.connect() as con:
        # Spill files are removed with the folder; DuckDB's default is the current directory.
        con.execute(f"set temp_directory = '{quoted(folder / SPILL)}'")
        con.execute(f"attach '{quoted(warehouse.working_file)}' as working (read_only)")
        _require_good_build(con)
        base = find_base(con, warehouse.published.resolve(), published_run)
        tables = copy_marts(con, folder, base)
        if not tables:
            raise PublicationError("the working file holds no marts: run `dbt build` first")
        (as_of_date,) = con.execute(
            "select max(as_of_date) from published.subject.dim_as_of_date"
        ).fetchone()
        (last_run,) = con.execute(
            "select max_by(invocation_id, started_at) from working.operations.dbt_invocations"
        ).fetchone()
        con.execute("detach working")
        # A checkpoint merges the WAL into the file: a reader needs one file, not two.
        con.execute("checkpoint published")
        con.execute("detach published")
    shutil.rmtree(folder / SPILL, ignore_errors=True)
    return (as_of_date and as_of_date.isoformat()), last_run, tables


def _last_run(warehouse: Warehouse) -> str | None:
    """The last run of dbt in the last publication; None if it is not recorded."""
    try:
        return json.loads((warehouse.published / "publication.json").read_text()).get("last_run")
    except (FileNotFoundError, ValueError):
        return None


def _require_good_build(con: duckdb.DuckDBPyConnection) -> None:
    """Check that since the last full build every run finished and every node succeeded."""
    known = con.execute(
        "select count(*) from duckdb_tables() where database_name = 'working'"
        " and schema_name = 'operations' and table_name in ('dbt_invocations', 'dbt_results')"
    ).fetchone()[0]
    runs = (
        known == 2
        and con.execute("""
        select invocation_id, command, started_at, has_ended from working.operations.dbt_invocations
        where started_at >= (
            select max(started_at) from working.operations.dbt_invocations where is_complete
        )
        order by started_at
    """).fetchall()
    )
    if not runs:
        raise PublicationError("the working file was never built as a whole: run `dbt build` first")
    for _, command, started_at, has_ended in runs:
        if not has_ended:
            raise PublicationError(
                f"`dbt {command}` of {started_at:%Y-%m-%d %H:%M:%S} UTC was interrupted:"
                " run `dbt build` again, then publish"
            )
    _require_one_state(con)
    bad = con.execute(
        """
        select unique_id from working.operations.dbt_results as results
        inner join working.operations.dbt_invocations as runs using (invocation_id)
        where list_contains($runs, invocation_id)
        group by unique_id
        having max_by(status, started_at) in ('error', 'fail', 'runtime error', 'skipped')
        order by max_by(status, started_at) = 'skipped', unique_id
        """,
        {"runs": [run[0] for run in runs]},
    ).fetchall()
    if bad:
        named = [unique_id for (unique_id,) in bad[:SHOWN_NODES]]
        shown = ", ".join(named + ["…"] * (len(bad) > SHOWN_NODES))
        raise PublicationError(
            f"{len(bad)} node(s) of the last dbt runs failed ({shown}): fix them, run `dbt build`"
            " again, then publish"
        )


def _require_one_state(con: duckdb.DuckDBPyConnection) -> None:
    """Check that partial builds after a full build read the same files as that build."""
    if not _has_table(con, "raw", "load_log"):
        return
    mixed = con.execute("""
        with runs as (
            from working.operations.dbt_invocations
            where started_at >= (
                select max(started_at) from working.operations.dbt_invocations where is_complete
            )
        )
        select parts.command, parts.started_at from runs as parts
        inner join runs as whole on whole.is_complete
        inner join working.raw.load_log as landed
            on landed.status in ('landed', 'reset')
            and landed.finished_at between whole.started_at and parts.started_at
        where not parts.is_complete and parts.command in ('build', 'run', 'seed')
        limit 1
    """).fetchone()
    if mixed:
        raise PublicationError(
            f"`dbt {mixed[0]}` of {mixed[1]:%Y-%m-%d %H:%M:%S} UTC built some models from"
            " files that the last full build has not read: run `dbt build` again, then publish"
        )


def _has_table(con: duckdb.DuckDBPyConnection, schema: str, name: str) -> bool:
    return (
        con.execute(
            "select count(*) from duckdb_tables() where database_name = 'working'"
            " and schema_name = $schema and table_name = $name",
            {"schema": schema, "name": name},
        ).fetchone()[0]
        == 1
    )


def _make_durable(folder: Path) -> None:
    """Make the files read-only and sync them to disk before the swap."""
    for path in sorted(folder.rglob("*"), reverse=True):
        if path.is_file():
            path.chmod(0o444)
        _fsync(path)
    _fsync(folder)


def _swap_link(link: Path, target: Path) -> None:
    if link.exists() and not link.is_symlink():
        raise PublicationError(
            f"{link} is a folder, not a link to a publication: move it away, then publish again"
        )
    temporary = link.with_name(f".{link.name}{UNFINISHED}")
    temporary.unlink(missing_ok=True)
    temporary.symlink_to(os.path.relpath(target, link.parent), target_is_directory=True)
    os.replace(temporary, link)
    _fsync(target.parent)
    _fsync(link.parent)


def _sweep(warehouse: Warehouse) -> None:
    """Remove leftovers of killed publications: unfinished, or finished and never linked.

    The latter would count as the previous publication, which readers may still use.
    """
    left_over = list(warehouse.publications.glob(f"*{UNFINISHED}"))
    if warehouse.published.is_symlink() and warehouse.published.exists():
        current = warehouse.published.resolve().name
        left_over += [path for path in warehouse.publications.iterdir() if path.name > current]
    for path in left_over:
        shutil.rmtree(path, ignore_errors=True)


def _drop_old(warehouse: Warehouse) -> None:
    current = warehouse.published.resolve()
    finished = sorted(path for path in warehouse.publications.iterdir() if path.is_dir())
    for old, following in list(pairwise(finished))[: 1 - KEPT]:
        is_left = following.stat().st_mtime < time.time() - KEPT_SECONDS
        if is_left and old.resolve() != current:
            shutil.rmtree(old, ignore_errors=True)


def _fsync(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
