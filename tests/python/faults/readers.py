"""Readers that query without pause: one reopens the publication, one keeps it open.

Run as a program, with `again` or `keep` and the warehouse folder, until its input ends; it then
prints what it found as JSON.
"""

import json
import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import duckdb

PAUSE_SECONDS = 0.05
SHOWN = 5
SALES = "select coalesce(sum({count}), 0), sum(revenue_amount) from subject.{table}"


@dataclass
class Findings:
    """How often a reader asked, how many publications it saw, and what went wrong."""

    asked: int = 0
    publications: int = 0
    problems: list[str] = field(default_factory=list)


@contextmanager
def reading(folder: Path) -> Iterator[list[Findings]]:
    """Both readers at work on a warehouse; their findings are there afterwards."""
    findings: list[Findings] = []
    # Lowest priority: what they ask must not starve the run.
    programs = [
        subprocess.Popen(
            [sys.executable, "-X", "faulthandler", __file__, kind, str(folder)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            preexec_fn=lambda: os.nice(5),
        )
        for kind in ("again", "keep")
    ]
    try:
        yield findings
    finally:
        for program in programs:
            said, _ = program.communicate("")
            if program.returncode:
                # A reader that crashed is one that failed.
                findings.append(Findings(problems=[f"ended with {program.returncode}"]))
            else:
                findings.append(Findings(**json.loads(said)))


def _open(path: Path) -> duckdb.DuckDBPyConnection:
    return duckdb.connect(str(path), read_only=True, config={"threads": 1, "memory_limit": "500MB"})


def _problems(con: duckdb.DuckDBPyConnection) -> list[str]:
    """Inconsistencies within one opened file."""
    orders = con.execute(SALES.format(count="1", table="fct_orders") + " where is_valid").fetchone()
    daily = con.execute(SALES.format(count="order_count", table="fct_sales_daily")).fetchone()
    return [] if orders == daily else [f"orders {orders} are not the days' {daily}"]


def _whole_publication(folder: Path) -> list[str]:
    """Inconsistencies in a publication: file, Parquet and publication.json."""
    manifest = json.loads((folder / "publication.json").read_text())
    with _open(folder / "warehouse.duckdb") as con:
        problems = _problems(con)
        (as_of,) = con.execute("select max(as_of_date) from subject.dim_as_of_date").fetchone()
        if str(as_of) != str(manifest["as_of_date"]):
            problems.append(f"as of {as_of} is not {manifest['as_of_date']}")
        for table in manifest["tables"]:
            relation = f'{table["schema"]}."{table["name"]}"'
            parquet = folder / "parquet" / table["schema"] / table["name"]
            files = f"{parquet}/*/*.parquet" if parquet.is_dir() else f"{parquet}.parquet"
            counts = con.execute(
                f"select (select count(*) from {relation}),"
                " (select count(*) from read_parquet($files))",
                {"files": files},
            ).fetchone()
            if counts != (table["rows"], table["rows"]):
                problems.append(f"{relation}: {table['rows']} rows, file and Parquet {counts}")
    return problems


def _ask_again(folder: Path, ended: threading.Event) -> Findings:
    findings, seen = Findings(), set()
    published = folder / "published"
    while not ended.wait(PAUSE_SECONDS):
        if not published.exists():
            continue
        try:
            # As most readers do, by the link, and as one does who reads more than one file.
            with _open(published / "warehouse.duckdb") as con:
                findings.problems += _problems(con)
            resolved = published.resolve()
            findings.problems += _whole_publication(resolved)
            seen.add(resolved.name)
        except Exception as error:
            findings.problems.append(f"{type(error).__name__}: {error}")
        findings.asked += 1
    findings.publications = len(seen)
    return findings


def _keep_open(folder: Path, ended: threading.Event) -> Findings:
    findings, first = Findings(), None
    path = folder / "published" / "warehouse.duckdb"
    while not path.exists() and not ended.wait(PAUSE_SECONDS):
        pass
    if not path.exists():
        return findings
    findings.publications = 1
    everything = "select count(*), bit_xor(hash(rows)) from subject.fct_orders as rows"
    try:
        with _open(path) as con:
            while not ended.wait(PAUSE_SECONDS):
                found = con.execute(everything).fetchone()
                first = first or found
                if found != first:
                    findings.problems.append(f"{first} became {found}")
                findings.problems += _problems(con)
                findings.asked += 1
    except Exception as error:
        findings.problems.append(f"{type(error).__name__}: {error}")
    return findings


def main() -> None:
    """Ask until the input ends, or the program that started this one does."""
    ended = threading.Event()
    threading.Thread(target=lambda: (sys.stdin.read(), ended.set()), daemon=True).start()
    ask = {"again": _ask_again, "keep": _keep_open}[sys.argv[1]]
    findings = ask(Path(sys.argv[2]), ended)
    findings.problems = findings.problems[:SHOWN]
    print(json.dumps(vars(findings)))


if __name__ == "__main__":
    main()
