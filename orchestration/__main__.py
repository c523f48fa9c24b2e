"""The command line of the run: `python -m orchestration build`, `publish`, `query`, …"""

import argparse
import sys
import time
from pathlib import Path
from typing import NoReturn

import duckdb

from ingest.errors import LandingError, WorkingFileTaken
from ingest.settings import day
from ingest.working_file import connect, set_aside
from orchestration import steps
from orchestration.alerts import Alert, raise_alert
from orchestration.connections import connections
from orchestration.instance import DEFAULT_PORT, open_dagster
from orchestration.metric_definitions import MetricError
from orchestration.metrics import answer, listing
from orchestration.project import SettingError, Warehouse, check_as_of_date
from orchestration.publication import PublicationError, publish
from orchestration.run_lock import run_lock
from orchestration.summary import summary
from reports.render import renderer


def main(arguments: list[str] | None = None) -> int:
    """Run a command; 0: done, 1: done, but a file was refused; else the failed step's code."""
    parsed = _parser().parse_args(arguments)
    warehouse = Warehouse()
    try:
        return parsed.command(warehouse, parsed)
    except steps.StepFailed as failure:
        print(f"error: {failure}; readers keep the last publication", file=sys.stderr, flush=True)
        _alert(warehouse, failure)
        return failure.exit_code or 1
    except (SettingError, LandingError, MetricError) as error:
        print(f"error: {error}", file=sys.stderr)
        return 2
    except PublicationError as error:
        print(f"error: {error}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("stopped; readers keep the last publication, run again to go on", file=sys.stderr)
        return 130


def _alert(warehouse: Warehouse, failure: steps.StepFailed) -> None:
    name = failure.step.name
    log = "what this command said"
    if failure.step.is_dbt:
        log = str(warehouse.build / "logs" / "dbt.log")
    alert = Alert("on the command line", [name], [str(failure), *failure.messages], log)
    try:
        print(f"alert: {raise_alert(warehouse, alert)}", file=sys.stderr)
    except OSError as error:
        print(f"warning: no alert could be written: {error}", file=sys.stderr)


def _build(warehouse: Warehouse, parsed: argparse.Namespace) -> int:
    check_as_of_date()
    wanted = (steps.SAMPLE, *steps.RUN) if steps.wants_sample_brand(warehouse) else steps.RUN
    options = (parsed.until, parsed.full_refresh)
    with run_lock(warehouse):
        return _run(tuple(steps.with_options(step, *options) for step in wanted), warehouse)


def _rebuild(warehouse: Warehouse, parsed: argparse.Namespace) -> int:
    path = warehouse.working_file
    with run_lock(warehouse):
        _require_free(path)
        if not parsed.yes:
            print(f"would move {path} aside and build everything from {warehouse.landing}")
            print("error: nothing was done: add --yes to do it", file=sys.stderr)
            return 2
        if path.exists():
            print(f"{path} is {set_aside(path).name} now; delete it when you no longer need it")
        return _run(steps.RUN, warehouse)


def _require_free(path: Path) -> None:
    """Raise WorkingFileTaken when another process has the file open; any other state is fine."""
    if path.exists():
        try:
            connect(path, read_only=True).close()
        except WorkingFileTaken:
            raise
        except LandingError:
            return


def _publish(warehouse: Warehouse, _: argparse.Namespace) -> int:
    with run_lock(warehouse):
        return _run(steps.PUBLICATION, warehouse)


def _run(wanted: tuple[steps.Step, ...], warehouse: Warehouse) -> int:
    worst = 0
    for number, step in enumerate(wanted, start=1):
        print(f"[{number}/{len(wanted)}] {step.title}", flush=True)
        started = time.monotonic()
        worst = max(worst, steps.run_step(step, warehouse))
        print(f"[{number}/{len(wanted)}] {time.monotonic() - started:.1f} s", flush=True)
    print(summary(warehouse))
    if worst:
        print(
            "warning: some file was refused (see above): it is not in these marts", file=sys.stderr
        )
    return worst


def _swap(warehouse: Warehouse, _: argparse.Namespace) -> int:
    publication = publish(warehouse, renderer())
    print(f"published {len(publication.tables)} tables in {publication.seconds} s")
    return 0


def _query(warehouse: Warehouse, parsed: argparse.Namespace) -> int:
    if not parsed.sql.strip():
        print('error: there is no query: make query SQL="select …"', file=sys.stderr)
        return 2
    file = warehouse.working_file if parsed.working else warehouse.published_file
    if not file.exists():
        print(f"error: there is no {file}: run `make build` first", file=sys.stderr)
        return 2
    try:
        with duckdb.connect(str(file), read_only=True) as con:
            result = con.sql(parsed.sql)
            if result is not None:
                result.show(max_rows=parsed.rows, max_width=200)
    except duckdb.Error as error:
        print(f"error: {error}", file=sys.stderr)
        if isinstance(error, duckdb.CatalogException) and not parsed.working:
            print(
                "readers have the marts alone; raw, operations and what is not published yet are in"
                ' the working file: make query WORKING=1 SQL="select …"',
                file=sys.stderr,
            )
        return 2
    return 0


def _metric(warehouse: Warehouse, parsed: argparse.Namespace) -> int:
    if not parsed.names:
        print(listing())
        return 0
    file = _published_file(warehouse)
    try:
        with duckdb.connect(str(file), read_only=True) as con:
            asked = answer(con, warehouse, parsed.names, parsed.by, parsed.where)
            asked.show(max_rows=parsed.rows, max_width=200)
    except duckdb.Error as error:
        raise MetricError(f"the published file cannot answer: {error}") from None
    return 0


def _connect(warehouse: Warehouse, _: argparse.Namespace) -> int:
    _published_file(warehouse)
    print(connections(warehouse))
    return 0


def _published_file(warehouse: Warehouse) -> Path:
    """The DuckDB file for readers; raises SettingError where nothing is published."""
    if not warehouse.published_file.exists():
        raise SettingError(f"nothing is published in {warehouse.folder}: run `make build` first")
    return warehouse.published_file


def _list(text: str) -> list[str]:
    return [name.strip() for name in text.split(",") if name.strip()]


def _dagster(warehouse: Warehouse, parsed: argparse.Namespace) -> NoReturn:
    open_dagster(warehouse, parsed.port)


def _summary(warehouse: Warehouse, _: argparse.Namespace) -> int:
    _published_file(warehouse)
    print(summary(warehouse))
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m orchestration",
        description="Run the warehouse's steps. Folders, sources and the as-of date come from the"
        " environment: WAREHOUSE_DIR, LANDING_DIR, SOURCES, AS_OF_DATE, SCALE.",
        epilog="Exit codes: 0 done; 1 done but a file was refused, or a step failed; 2 a setting,"
        " a folder or the working file cannot be used; 130 stopped.",
    )
    commands = parser.add_subparsers(required=True, metavar="command")
    for name, function, text in (
        ("build", _build, "land, check, build, check, publish: the whole run"),
        ("rebuild", _rebuild, "move a damaged working file aside, build all from the raw files"),
        ("publish", _publish, "check the marts of the last dbt build and swap them in"),
        ("swap", _swap, "swap the last dbt build in, unchecked: a step of `publish`"),
        ("summary", _summary, "say what is published"),
        ("connect", _connect, "say what other programs need to read the published marts"),
    ):
        commands.add_parser(name, help=text, description=text).set_defaults(command=function)
    build = commands.choices["build"]
    build.add_argument(
        "--until",
        type=day,
        metavar="DAY",
        help="skip files whose names have a later day than this one; default: land all",
    )
    build.add_argument(
        "--full-refresh",
        action="store_true",
        help="rebuild every model from all of raw; default: only touched keys",
    )
    commands.choices["rebuild"].add_argument(
        "--yes", action="store_true", help="do it; without it, only say what would be done"
    )
    dagster = commands.add_parser("dagster", help="open Dagster, with schedules and sensors on")
    dagster.add_argument("--port", type=int, default=DEFAULT_PORT, help=f"default: {DEFAULT_PORT}")
    dagster.set_defaults(command=_dagster)
    query = commands.add_parser("query", help="run SQL on the published file")
    query.add_argument("sql", help="the query")
    query.add_argument("--rows", type=int, default=40, help="rows to show (default: 40)")
    query.add_argument(
        "--working", action="store_true", help="ask the working file: raw, operations, the build"
    )
    query.set_defaults(command=_query)
    asked = commands.add_parser(
        "metric",
        help="ask a metric of the published file; without a name, list them",
        description="Ask metrics of the published file, up to the as-of date. docs/metrics.md"
        " lists them with what they can be split by.",
        epilog="Example: metric revenue,orders --by month,shop --where \"platform_code = 'tmall'\"",
    )
    asked.add_argument("names", nargs="?", type=_list, default=[], help="metrics, by comma")
    asked.add_argument(
        "--by",
        type=_list,
        default=[],
        help="day, week, month, quarter, year and dimensions, by comma",
    )
    asked.add_argument(
        "--where",
        default="",
        help="SQL over dimensions and metric_time: \"metric_time >= '2026-01-01'\"",
    )
    asked.add_argument("--rows", type=int, default=100, help="rows to show (default: 100)")
    asked.set_defaults(command=_metric)
    return parser


if __name__ == "__main__":
    sys.exit(main())
