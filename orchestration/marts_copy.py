"""The published copy of the marts, made from the last one if that is less work.

An incremental fact records which of its keys changed since the last publication: only their rows
are replaced in a copy of the published DuckDB file, and only their months are written as Parquet
again; the other months are links to the files of the last publication.
Everything else is copied whole.
"""

import os
import shutil
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import duckdb

SCHEMAS = ("subject", "thematic")
FILE = "warehouse.duckdb"
# Above this share of changed rows (old plus new versions) a table is copied whole: that is less
# work, and sorts it again.
MAX_CHANGED_SHARE = 0.2
# Above this share of free blocks the file is rewritten: replaced rows leave holes.
MAX_FREE_SHARE = 0.3
MONTH = "coalesce(strftime({date}, '%Y-%m'), 'none')"


@dataclass(frozen=True)
class Table:
    """A published table."""

    schema: str
    name: str
    rows: int


@dataclass(frozen=True)
class Base:
    """The last publication, if the copy may start from it: its folder and its run."""

    folder: Path
    run_number: int


@dataclass(frozen=True)
class Mart:
    """A table of the working file; `date` splits its Parquet files by month, if it has one."""

    schema: str
    name: str
    date: str | None

    @property
    def relation(self) -> str:
        return f'{self.schema}."{self.name}"'


@dataclass(frozen=True)
class Changes:
    """The changes of a mart since the base: a condition for the rows, and their months."""

    condition: str
    months: tuple[str, ...]


def find_base(
    con: duckdb.DuckDBPyConnection, folder: Path, invocation_id: str | None
) -> Base | None:
    """The publication in `folder`, if the working file still has the changes since.

    `invocation_id` is the last run of dbt that the publication saw. `con` has the working file
    attached as `working`.
    """
    if invocation_id is None or not (folder / FILE).exists() or not _has_runs(con):
        return None
    row = con.execute(
        "select run_number, run_number >= (select coalesce(max(run_number), 0)"
        " from working.operations.forgotten_changes)"
        " from working.operations.dbt_invocations where invocation_id = $id",
        {"id": invocation_id},
    ).fetchone()
    if row is None or row[0] is None or not row[1] or _is_full_of_holes(con, folder / FILE):
        return None
    return Base(folder, row[0])


def copy_marts(con: duckdb.DuckDBPyConnection, folder: Path, base: Base | None) -> list[Table]:
    """Copy every mart into the DuckDB file and the Parquet folder below `folder`.

    `con` has the working file attached as `working`; the new file is attached as `published` and
    stays so.
    """
    marts = _marts(con)
    with ThreadPoolExecutor(1) as beside:
        # Bound by the disk, so it runs while Parquet is written.
        copied = base and beside.submit(shutil.copyfile, base.folder / FILE, folder / FILE)
        changes = _all_changes(con, marts, base) if base else {}
        for schema in SCHEMAS:
            (folder / "parquet" / schema).mkdir(parents=True)
        for mart in marts:
            _write_parquet(con, mart, folder, base, changes.get(mart))
        if copied:
            copied.result()
    con.execute(f"attach '{quoted(folder / FILE)}' as published")
    for schema in SCHEMAS:
        con.execute(f"create schema if not exists published.{schema}")
    _drop_what_is_gone(con, marts)
    tables = []
    for mart in marts:
        _copy(con, mart, changes.get(mart))
        (rows,) = con.execute(f"select count(*) from working.{mart.relation}").fetchone()
        if mart in changes and _copied_rows(con, mart, folder) != {rows}:
            # The last publication is incomplete.
            _copy(con, mart, None)
            _write_parquet(con, mart, folder, None, None)
        tables.append(Table(mart.schema, mart.name, rows))
    _copy_views(con)
    _copy_comments(con)
    return tables


def _copy(con: duckdb.DuckDBPyConnection, mart: Mart, changes: Changes | None) -> None:
    if changes is None:
        con.execute(
            f"create or replace table published.{mart.relation} as from working.{mart.relation}"
        )
    elif changes.months:
        con.execute(f"delete from published.{mart.relation} where {changes.condition}")
        # Keys first, then the matching rows: DuckDB reads all columns of all rows before it joins.
        con.execute(
            f"insert into published.{mart.relation} from working.{mart.relation} where rowid in"
            f" (select rowid from working.{mart.relation} where {changes.condition})"
        )


def _copied_rows(con: duckdb.DuckDBPyConnection, mart: Mart, folder: Path) -> set[int]:
    """The row counts of the copies: of the table, and of the Parquet files by their footers."""
    place = folder / "parquet" / mart.schema / mart.name
    files = place / "*" / "*.parquet" if mart.date else place.with_suffix(".parquet")
    counts = con.execute(
        f"select count(*) from published.{mart.relation} union all"
        f" select sum(num_rows) from parquet_file_metadata('{quoted(files)}')"
    ).fetchall()
    return {rows for (rows,) in counts}


def quoted(text: object) -> str:
    """Text escaped for single quotes in SQL."""
    return str(text).replace("'", "''")


def _has_runs(con: duckdb.DuckDBPyConnection) -> bool:
    """Whether the working file records the changes of its runs."""
    (known,) = con.execute(
        "select count(*) from duckdb_tables() where database_name = 'working'"
        " and schema_name = 'operations'"
        " and table_name in ('dbt_invocations', 'model_runs', 'forgotten_changes')"
    ).fetchone()
    return known == 3


def _is_full_of_holes(con: duckdb.DuckDBPyConnection, path: Path) -> bool:
    con.execute(f"attach '{quoted(path)}' as last (read_only)")
    try:
        (share,) = con.execute(
            "select free_blocks / greatest(total_blocks, 1) from pragma_database_size()"
            " where database_name = 'last'"
        ).fetchone()
    finally:
        con.execute("detach last")
    return share > MAX_FREE_SHARE


def _marts(con: duckdb.DuckDBPyConnection) -> list[Mart]:
    rows = con.execute(
        """
        select
            tables.schema_name,
            tables.table_name,
            min_by(columns.column_name, columns.column_index) filter (
                columns.data_type = 'DATE' and starts_with(tables.table_name, 'fct_')
            ) as date_column
        from duckdb_tables() as tables
        inner join duckdb_columns() as columns using (table_oid, database_name)
        where tables.database_name = 'working' and list_contains($schemas, tables.schema_name)
        group by all
        order by all
        """,
        {"schemas": list(SCHEMAS)},
    ).fetchall()
    return [Mart(*row) for row in rows]


def _drop_what_is_gone(con: duckdb.DuckDBPyConnection, marts: list[Mart]) -> None:
    """Views are created again; tables that are no longer marts are dropped."""
    kept = {(mart.schema, mart.name) for mart in marts}
    for kind in ("view", "table"):
        for schema, name in con.execute(
            f"select schema_name, {kind}_name from duckdb_{kind}s()"
            " where database_name = 'published' and list_contains($schemas, schema_name)",
            {"schemas": list(SCHEMAS)},
        ).fetchall():
            if kind == "view" or (schema, name) not in kept:
                con.execute(f'drop {kind} published.{schema}."{name}"')


def _all_changes(
    con: duckdb.DuckDBPyConnection, marts: list[Mart], base: Base
) -> dict[Mart, Changes]:
    """The changes since the base, for marts that are not to be copied whole."""
    con.execute(f"attach '{quoted(base.folder / FILE)}' as last (read_only)")
    try:
        published = con.execute(
            "select schema_name, table_name from duckdb_tables() where database_name = 'last'"
        ).fetchall()
    finally:
        con.execute("detach last")
    found = {
        mart: _changes(con, mart, base) for mart in marts if (mart.schema, mart.name) in published
    }
    return {mart: changes for mart, changes in found.items() if changes}


def _changes(con: duckdb.DuckDBPyConnection, mart: Mart, base: Base) -> Changes | None:
    """The changes since the base; None if the mart is to be copied whole."""
    (key, is_rebuilt, is_kept) = con.execute(
        "select max_by(touched_key, run_number), bool_or(is_rebuilt and run_number > $since),"
        " exists (select 1 from duckdb_tables() where database_name = 'working'"
        " and schema_name = 'changed_rows' and table_name = $name)"
        " from working.operations.model_runs where model = $name",
        {"name": mart.name, "since": base.run_number},
    ).fetchone()
    # A working file of before 0.5 keeps them elsewhere, until it is built again.
    if key is None or is_rebuilt or not is_kept:
        return None
    changed = f'from working.changed_rows."{mart.name}" where _run_number > {base.run_number}'
    condition = f"{key} in (select {key} {changed})"
    (share,) = con.execute(
        f"select (select count(*) {changed}) / greatest(count(*), 1) from working.{mart.relation}"
    ).fetchone()
    if share > MAX_CHANGED_SHARE:
        return None
    months = con.execute(f"select distinct {_month(mart)} {changed}").fetchall()
    return Changes(condition, tuple(month for (month,) in months))


def _month(mart: Mart) -> str:
    """The month of a row; one for all rows if the mart has no day."""
    return MONTH.format(date=f'"{mart.date}"') if mart.date else "'all'"


def _write_parquet(
    con: duckdb.DuckDBPyConnection,
    mart: Mart,
    folder: Path,
    base: Base | None,
    changes: Changes | None,
) -> None:
    """Facts with a day: a folder with files by month. Everything else: one file."""
    place = Path("parquet", mart.schema, mart.name)
    last = base and base.folder / place
    if not mart.date:
        file = place.with_suffix(".parquet")
        if changes and not changes.months and (base.folder / file).exists():
            _link(base.folder / file, folder / file)
        else:
            (folder / file).unlink(missing_ok=True)
            _copy_to(con, f"from working.{mart.relation}", folder / file)
        return
    shutil.rmtree(folder / place, ignore_errors=True)
    (folder / place).mkdir()
    rows = f"select *, {_month(mart)} as month from working.{mart.relation}"
    if changes and last.exists():
        for path in last.iterdir():
            if path.name.removeprefix("month=") not in changes.months:
                shutil.copytree(path, folder / place / path.name, copy_function=_link)
        rows += f" where {_month(mart)} in ({', '.join(f'{month!r}' for month in changes.months)})"
        if not changes.months:
            return
    _copy_to(con, rows, folder / place, "partition_by (month), overwrite_or_ignore")
    if not any((folder / place).iterdir()):
        # An empty fact still has a file with its columns.
        (folder / place / "month=none").mkdir()
        _copy_to(
            con,
            f"from working.{mart.relation} limit 0",
            folder / place / "month=none" / "data_0.parquet",
        )


def _link(file: Path, name: Path) -> None:
    """A hard link to the file; a copy if links are not possible."""
    try:
        os.link(file, name)
    except OSError:
        shutil.copyfile(file, name)


def _copy_to(con: duckdb.DuckDBPyConnection, rows: str, path: Path, *options: str) -> None:
    # DuckDB's own level, 3, takes a quarter longer and makes no smaller files of keys and amounts.
    # Unique keys gain nothing from a dictionary, which takes another third.
    packing = ("compression zstd", "compression_level 1", "dictionary_size_limit 5000")
    settings = ", ".join(("format parquet", *packing, *options))
    con.execute(f"copy ({rows}) to '{quoted(path)}' ({settings})")


def _copy_views(con: duckdb.DuckDBPyConnection) -> None:
    """Views name no database: created in the copy, they read the tables there."""
    views = con.execute(
        "select sql from duckdb_views()"
        " where database_name = 'working' and list_contains($schemas, schema_name)"
        " order by schema_name, view_name",
        {"schemas": list(SCHEMAS)},
    ).fetchall()
    con.execute("use published")
    for (definition,) in views:
        con.execute(definition)
    con.execute("use memory")


def _copy_comments(con: duckdb.DuckDBPyConnection) -> None:
    """Descriptions travel with the tables: `create table as` leaves them behind."""
    differing = con.execute(
        """
        with described as (
            select database_name, schema_name, 'table' as kind, comment, [table_name] as path
            from duckdb_tables()
            union all
            select database_name, schema_name, 'view', comment, [view_name] from duckdb_views()
            union all
            select database_name, schema_name, 'column', comment, [table_name, column_name]
            from duckdb_columns()
        )
        select kind, array_to_string([format('"{}"', name) for name in [schema_name] + path], '.'),
            working.comment
        from (from described where database_name = 'working') as working
        inner join (from described where database_name = 'published') as published
            using (schema_name, kind, path)
        where list_contains($schemas, schema_name)
            and working.comment is distinct from published.comment
        """,
        {"schemas": list(SCHEMAS)},
    ).fetchall()
    for kind, path, comment in differing:
        text = "null" if comment is None else f"'{quoted(comment)}'"
        con.execute(f"comment on {kind} published.{path} is {text}")
