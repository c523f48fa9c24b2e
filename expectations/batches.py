"""Measures of each batch, taken once: its day, rows, filled columns, categories and medians.

A batch is a file that landed (`raw.load_log`). Its statistics stay in the working file, so that a
day costs only its new rows, and earlier batches can be compared with.
"""

import duckdb

from expectations import thresholds
from expectations.countries import platform_countries, seed
from expectations.profiles import Profile, profile_of
from ingest.conversion import literal, quoted
from ingest.declarations import Table

# The values of a column with more distinct ones than this are not kept.
MAX_CATEGORIES = 1000

TABLES = """
create schema if not exists operations;

create table if not exists operations.batches (
    table_name varchar, _batch_id bigint, log_line bigint, source_file varchar, series varchar,
    business_day date, is_festival boolean, is_holiday boolean, rows_read bigint,
    rows_landed bigint, rows_rejected bigint, live_rows bigint, late_rows bigint
);

alter table operations.batches add column if not exists platforms varchar[];

create table if not exists operations.batch_columns (
    table_name varchar, _batch_id bigint, column_name varchar, filled_rows bigint,
    median_value double, value_rows map(varchar, ubigint)
);

create table if not exists operations.batch_measures (
    table_name varchar, _batch_id bigint, rule varchar, column_name varchar, rows bigint,
    value double, reference double, reference_batches bigint, reference_rows bigint
);

create table if not exists operations.expectation_results (
    table_name varchar, _batch_id bigint, rule varchar, outcome varchar, rows bigint,
    query varchar, reason varchar, judged_at timestamp
);

create table if not exists operations.accepted_rows (
    table_name varchar, _batch_id bigint, _source_row bigint, reason varchar, accepted_at timestamp
);

create table if not exists operations.accepted_findings (
    table_name varchar, rule varchar, day date, until_day date, scope varchar, reason varchar,
    accepted_at timestamp
);
"""

# A file's date is the day it was made for; without one, the day comes from its rows, except the
# latest 5 %, which may have clocks that run ahead.
NAME_DATE = r"(20\d\d)[-_.]?(0[1-9]|1[0-2])[-_.]?(0[1-9]|[12]\d|3[01])"
LATEST_SHARE_LEFT_OUT = 0.05


def create_tables(con: duckdb.DuckDBPyConnection) -> None:
    """Create what is missing in schema operations."""
    con.execute(TABLES)


def measure_new(con: duckdb.DuckDBPyConnection, table: Table) -> int:
    """Measure the new batches of a raw table; returns their number."""
    con.execute(
        "create or replace temp table fresh as " + _FRESH.format(name_date=NAME_DATE),
        {"table": table.raw_name},
    )
    (count,) = con.execute("select count(*) from fresh").fetchone()
    if count:
        con.execute(f"create or replace temp table measured as {_measures_of_rows(table)}")
        con.execute(
            "create or replace temp table platform_countries as "
            + platform_countries(has_shops=_has_table(con, "shops"))
        )
        con.execute(_INSERT_BATCHES, {"table": table.raw_name})
        con.execute(_INSERT_COLUMNS, {"table": table.raw_name})
    return count


def _has_table(con: duckdb.DuckDBPyConnection, name: str) -> bool:
    (count,) = con.execute(
        "select count(*) from duckdb_tables() where schema_name = 'raw' and table_name = $name",
        {"name": name},
    ).fetchone()
    return bool(count)


# Files without rows are equal: landing gives a batch id only to the first. Here the others get
# negative ids by their line in the log, so that a day without rows is noticed.
_FRESH = """
with files as (
    select
        coalesce(log._batch_id, -1 - log.rowid) as _batch_id,
        log.rowid as log_line,
        log.source_file,
        coalesce(log.rows_read, 0) as rows_read,
        coalesce(log.rows_landed, 0) as rows_landed,
        coalesce(log.rows_rejected, 0) as rows_rejected
    from raw.load_log as log
    where log.table_name = $table
        and (
            log.status = 'landed'
            or (
                log.status = 'duplicate'
                and exists (
                    from raw.load_log as original
                    where original.table_name = log.table_name
                        and original.file_sha256 = log.file_sha256
                        and original.status = 'landed'
                        and original.rows_read = 0
                )
            )
        )
)

select
    files.*,
    try_cast(
        array_to_string(
            regexp_extract_all(parse_filename(source_file), '{name_date}', 0)[-1:], ''
        ).regexp_replace('{name_date}', '\\1-\\2-\\3') as date
    ) as name_day,
    regexp_replace(
        regexp_replace(source_file, '\\.[a-z]+(\\.gz)?$', '', 'i'), '[0-9]+', '#', 'g'
    ) as series
from files
anti join operations.batches as known
    on known.table_name = $table and known._batch_id = files._batch_id
"""


def _measures_of_rows(table: Table) -> str:
    """One pass over the new rows: a row per batch, with a list of its columns."""
    profile = profile_of(table)
    names = {column.name for column in table.columns}
    live = "not coalesce(is_deleted, false)" if "is_deleted" in names else "true"
    times = ", ".join(f"cast({quoted(time)} as date)" for time in profile.times)
    day = f"coalesce({times})" if times else "cast(null as date)"
    platforms = "cast(null as varchar[])"
    if "platform" in names:
        platforms = "list(distinct cast(platform as varchar))"
    columns = ",\n".join(
        _column_statistics(column.name, profile, live)
        for column in table.columns
        if column.name != "is_deleted"
    )
    return f"""
select
    _batch_id,
    count(*) filter (where {live}) as live_rows,
    histogram({day}) as days,
    quantile_disc({day}, {1 - LATEST_SHARE_LEFT_OUT}) as usual_day,
    {platforms} as platforms,
    [{columns}] as columns
from raw.{quoted(table.raw_name)}
where _batch_id in (select _batch_id from fresh)
group by _batch_id
"""


def _column_statistics(name: str, profile: Profile, live: str) -> str:
    column = quoted(name)
    median, values = "cast(null as double)", "cast(null as map(varchar, ubigint))"
    if name in profile.amounts:
        # Zero amounts and signs do not show the unit of amounts.
        median = f"median(cast(abs({column}) as double)) filter (where {live} and {column} <> 0)"
    if name in profile.categories:
        values = f"histogram(coalesce(cast({column} as varchar), '')) filter (where {live})"
    return (
        f"{{'column_name': {literal(name)},"
        f" 'filled_rows': count({column}) filter (where {live}),"
        f" 'median_value': {median}, 'value_rows': {values}}}"
    )


def _in_calendar(name: str, holds: str) -> str:
    """Whether the batch's day is in the calendar of a country of its shops.

    If the countries of its shops are unknown, any country's calendar counts.
    """
    return f"""exists (
        from read_csv({seed(name)}) as calendar
        where {holds}
            and (countries is null or list_contains(countries, calendar.country_code))
    )"""


_IN_FESTIVAL = _in_calendar(
    "festivals", "coalesce(name_day, usual_day) between calendar.starts_on and calendar.ends_on"
)
_ON_HOLIDAY = _in_calendar(
    "holidays",
    "calendar.holiday_date = coalesce(name_day, usual_day) and not calendar.is_working_day",
)

# A day with few rows has few platforms, so those of the days before count too.
_INSERT_BATCHES = f"""
insert into operations.batches by name
with seen as (
    select series, platform, min(log_line) as first_line
    from (
        select series, log_line, unnest(platforms) as platform
        from operations.batches where table_name = $table
        union all
        select series, log_line, unnest(platforms) as platform
        from fresh join measured using (_batch_id)
    )
    group by all
),
located as (
    select _batch_id, list(distinct country_code) as countries
    from fresh
    join seen on fresh.series = seen.series and seen.first_line <= fresh.log_line
    join platform_countries using (platform)
    where country_code is not null
    group by _batch_id
)
select
    $table as table_name,
    fresh._batch_id,
    log_line,
    source_file,
    series,
    coalesce(name_day, usual_day) as business_day,
    {_IN_FESTIVAL} as is_festival,
    {_ON_HOLIDAY} as is_holiday,
    rows_read,
    rows_landed,
    rows_rejected,
    coalesce(live_rows, 0) as live_rows,
    cast(coalesce(list_sum(list_transform(
        map_entries(days),
        lambda entry: case
            when entry.key < coalesce(name_day, usual_day) - {thresholds.LATE_AFTER_DAYS}
                then entry.value
            else 0
        end
    )), 0) as bigint) as late_rows,
    measured.platforms
from fresh
left join measured using (_batch_id)
left join located using (_batch_id)
"""

_INSERT_COLUMNS = f"""
insert into operations.batch_columns by name
select
    $table as table_name,
    _batch_id,
    columns.column_name,
    columns.filled_rows,
    columns.median_value,
    case
        when cardinality(columns.value_rows) > {MAX_CATEGORIES}
            then map {{'(more than {MAX_CATEGORIES} values)': live_rows}}
        else columns.value_rows
    end as value_rows
from (select _batch_id, live_rows, unnest(columns) as columns from measured)
"""
