"""Run the SQL files in order, write the files, put them in place."""

import shutil
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import duckdb

from ingest.sample_brand import files, landing_folder
from ingest.sample_brand.landing_folder import Owner
from ingest.sample_brand.options import Options, SampleBrandError
from ingest.sample_brand.tables import TABLES, Table
from ingest.sample_brand.truth import write_truth

SQL = Path(__file__).parent / "sql"

# How people behave, in the order in which the files build on each other.
WORLD = (
    "macros",
    "calendar",
    "draws",
    "shops",
    "places",
    "warehouses",
    "products",
    "persons",
    "occasions",
)
STORY = (
    "people",
    "accounts",
    "order_seeds",
    "order_lines",
    "order_money",
    "order_times",
    "order_versions",
    "receivers",
)
# What is exported of it: one file per raw table.
EXPORTS = (
    "export_products",
    "account_history",
    "export_accounts",
    "export_orders",
    "export_order_lines",
    "export_payments",
    "export_listings",
    "export_member_levels",
    "refunds",
    "export_refunds",
    "settlements",
    "export_settlements",
    "export_point_movements",
    "parcels",
    "export_shipments",
    "export_shipment_lines",
    "export_parcel_scans",
    "suppliers",
    "stock_cycles",
    "purchases",
    "stock_moves",
    "stock_counts",
    "export_purchase_orders",
    "export_stock_movements",
    "export_stock_counts",
    "tickets",
    "export_tickets",
    "typing",
    "export_ticket_messages",
    "export_agent_shifts",
    "export_reviews",
    "export_campaigns",
    "coupons",
    "export_coupons",
    "win_backs",
    "outreach",
    "export_outreach",
    "experiments",
    "export_experiments",
    "export_assignments",
    "visits",
    "visit_steps",
    "export_web_events",
    "export_ad_spend",
    "live_sessions",
    "export_live_sessions",
    "export_partners",
    "export_market_listings",
)
# Scale 1 takes 0.8 GB of memory.
LARGEST_IN_MEMORY = 4
# The share of rows that were entered twice by mistake and deleted again.
STRAY_SHARE = 0.002
# People whose orders are counted to estimate the number of people needed.
PILOT_PERSONS = 40_000


@dataclass(frozen=True)
class Outcome:
    """What a run did: `written`, `already there` or `the sources are the user's own`."""

    status: str
    rows: dict[str, int] = field(default_factory=dict)
    bad_lines: dict[str, int] = field(default_factory=dict)
    files: int = 0


def generate(
    options: Options, say: Callable[[str], None] = print, threads: int | None = None
) -> Outcome:
    """Generate the brand into `options.landing_dir`, or say why there is nothing to do.

    The same options give the same bytes, whatever the number of threads. Raises SampleBrandError
    when the landing folder holds another sample or cannot be written.
    """
    owner = landing_folder.owner_of(options)
    if owner is Owner.USER:
        say(f"{options.landing_dir} has files: the sources are the user's own, nothing generated")
        return Outcome("the sources are the user's own")
    if owner is Owner.SAME_SAMPLE:
        say(f"the same sample brand already stands in {options.landing_dir}")
        return Outcome("already there")
    work = landing_folder.start_over(options)
    try:
        return _generate(options, work, say, threads)
    except (OSError, duckdb.IOException, duckdb.OutOfMemoryException) as error:
        raise SampleBrandError(
            f"the sample brand could not be written in {work}: {error}; "
            "free some space there, or give a smaller scale"
        ) from error
    finally:
        shutil.rmtree(work, ignore_errors=True)


def _generate(
    options: Options, work: Path, say: Callable[[str], None], threads: int | None
) -> Outcome:
    started = time.monotonic()
    landing, truth = work / "landing", work / "truth"
    landing.mkdir()
    truth.mkdir()
    with working_database(options, work, threads) as connection:
        tell_story(connection, options)
        say(f"{_count(connection, 'orders'):,} orders of {_count(connection, 'persons'):,} people")
        run(connection, EXPORTS)
        outcome = Outcome("written")
        bad_lines: list[files.BadLine] = []
        for table in TABLES:
            _plan_files(connection, table)
            spoiled = files.write_table(connection, table, landing)
            bad_lines += spoiled
            outcome.bad_lines[table.name] = len(spoiled)
            outcome.rows[table.name] = _count(connection, f"ready_{table.name}")
            say(f"{table.source}.{table.name}: {outcome.rows[table.name]:,} rows")
        files.compress_some(landing / "oms" / "payments")
        write_truth(connection, bad_lines, truth)
    count = sum(1 for path in landing.rglob("*") if path.is_file())
    landing_folder.put_in_place(options, landing, truth)
    say(
        f"{sum(outcome.rows.values()):,} rows in {count:,} files in {options.landing_dir}, "
        f"{time.monotonic() - started:.0f} s"
    )
    return Outcome(outcome.status, outcome.rows, outcome.bad_lines, count)


@contextmanager
def working_database(
    options: Options, work: Path, threads: int | None = None
) -> Iterator[duckdb.DuckDBPyConnection]:
    """An empty database for a sample; what it spills goes into the work folder."""
    # Small samples stay in memory, which is twice as fast; large ones are compressed on disk.
    database = ":memory:" if options.scale <= LARGEST_IN_MEMORY else str(work / "sample.duckdb")
    with duckdb.connect(database) as connection:
        connection.execute(f"set temp_directory = '{files.quoted(work / 'spilled')}'")
        if threads:
            connection.execute(f"set threads = {int(threads)}")
        yield connection


def tell_story(connection: duckdb.DuckDBPyConnection, options: Options) -> None:
    """Make the people and their orders, as tables of the connection; nothing is exported yet."""
    _prepare(connection, options)
    run(connection, WORLD)
    _set_person_count(connection, options)
    run(connection, STORY)


def _prepare(connection: duckdb.DuckDBPyConnection, options: Options) -> None:
    """Set the options as variables for the SQL files."""
    connection.execute(
        f"""
        set preserve_insertion_order = false;
        set enable_progress_bar = false;
        set variable seed = {options.seed}::bigint;
        set variable days = {options.days}::bigint;
        set variable first_day = date '{options.first_day}';
        set variable last_day = date '{options.last_day}';
        set variable horizon = date '{options.last_day}' + interval 1 day;
        """
    )


def _set_person_count(connection: duckdb.DuckDBPyConnection, options: Options) -> None:
    """Set the number of people so that they have the requested number of orders.

    Exact while the first people are enough; beyond them by their mean.
    """
    reached = connection.execute(
        f"""
        select min(person_id) filter (where orders >= {options.order_target}), max(orders)
        from (
            select person_id, sum(count(*)) over (order by person_id) as orders
            from occasion_rows(1, {PILOT_PERSONS})
            group by person_id
        )
        """
    ).fetchone()
    person, orders = reached or (None, None)
    people = person or round(PILOT_PERSONS * options.order_target / (orders or 1))
    connection.execute(f"set variable person_count = {people}::bigint")


def run(connection: duckdb.DuckDBPyConnection, names: tuple[str, ...]) -> None:
    """Run the SQL files of these names, in order."""
    for name in names:
        connection.execute((SQL / f"{name}.sql").read_text(encoding="utf-8"))


def _plan_files(connection: duckdb.DuckDBPyConnection, table: Table) -> None:
    text = (SQL / "export_files.sql").read_text(encoding="utf-8")
    connection.execute(
        text.format(
            table=table.name,
            key=", ".join(table.key),
            late=table.late,
            again=table.again,
            stray=STRAY_SHARE if table.mistake else 0,
            mistake=table.mistake or f"{table.key[0]} as {table.key[0]}",
            file_days=table.file_days,
        )
    )


def _count(connection: duckdb.DuckDBPyConnection, relation: str) -> int:
    found = connection.execute(f"select count(*) from {relation}").fetchone()
    return found[0] if found else 0
