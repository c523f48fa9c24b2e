"""Landing of exports: each file is recognised first, and then landed like any other."""

import csv
import os
from collections.abc import Iterator
from difflib import get_close_matches
from functools import cache
from pathlib import Path

from ingest.archives import members_of
from ingest.declarations import Source, Table
from ingest.discovery import FoundFile, ignored, natural_key, relative
from ingest.errors import FileRefused
from ingest.exports.candidate import ExportCandidate, Statement
from ingest.exports.layouts import SOURCE, tables
from ingest.exports.proofs import prove
from ingest.exports.shape import shape
from ingest.exports.statements import judge_statements
from ingest.raw_tables import REFUSED
from ingest.run import Run, warn
from ingest.settings import PROJECT_DIR

FORMAT = "export"
# Files that are no table, whatever a header might be.
NO_TABLES = (
    *(".pdf", ".png", ".jpg", ".jpeg", ".gif", ".docx", ".doc", ".md", ".html.gz", ".exe"),
    # Alipay packs a summary beside each list; its sums stand below the list, too.
    *("(汇总).csv", "（汇总）.csv"),
)
# Folders whose names are so near to a platform's code are perhaps misspelled.
SIMILAR = 0.8


def find_exports(
    source: Source, landing_dir: Path, is_only_source: bool
) -> tuple[list[FoundFile], list[str]]:
    """Every file below the source's folder, and of archives their members, in natural order.

    The second list names pictures and documents, which have no layout. Of the only source,
    without a folder of its name, the landing folder is the source's.
    """
    folder = landing_dir / source.name
    if is_only_source and not folder.is_dir():
        folder = landing_dir
    found, documents = [], []
    for path in folder.rglob("*") if folder.is_dir() else ():
        parts = path.relative_to(folder).parts
        if not path.is_file() or any(map(ignored, parts)):
            continue
        name = relative(path, landing_dir)
        if path.name.casefold().endswith(NO_TABLES):
            documents.append(name)
        elif path.name.casefold().endswith(".zip"):
            for file in _members(path, name):
                if file.name.casefold().endswith(NO_TABLES):
                    documents.append(file.name)
                else:
                    found.append(file)
        else:
            found.append(FoundFile(path, name, FORMAT, False))
    return sorted(found, key=lambda file: _place_among(file.name)), sorted(documents)


def _place_among(name: str) -> tuple:
    """A sort key under which `orders (1).csv`, which was downloaded later, follows `orders.csv`."""
    stem, ending = os.path.splitext(name)
    return natural_key(stem), ending


def _members(path: Path, name: str) -> Iterator[FoundFile]:
    try:
        members = members_of(path)
    except FileRefused:
        # Refused with its reason when it is opened as a file.
        yield FoundFile(path, name, FORMAT, False)
        return
    for member in members:
        if not any(map(ignored, member.name.split("/"))) or member.leads_out:
            yield FoundFile(path, f"{name}/{member.name}", FORMAT, False, member)


def place_of(name: str) -> tuple[str | None, str | None]:
    """Platform and shop of a name: [exports/][platform/][shop/]…; None where no folder says it.

    A folder with a code of seeds/platforms.csv is a platform's, in capitals too.
    """
    folders = [part for part in name.split("/")[:-1] if not part.casefold().endswith(".zip")]
    if folders and folders[0] == SOURCE:
        folders.pop(0)
    platform = folders[0].casefold() if folders else None
    platform = platform if platform in platforms() else None
    if platform:
        folders.pop(0)
    return platform, folders[0] if folders else None


def _misplaced(name: str) -> str | None:
    """The shop of a name without a platform, if it looks like a platform's code."""
    platform, shop = place_of(name)
    is_near = shop and get_close_matches(shop.casefold(), platforms(), 1, SIMILAR)
    return shop if is_near and platform is None else None


@cache
def platforms() -> frozenset[str]:
    """The codes of all platforms."""
    with open(PROJECT_DIR / "seeds" / "platforms.csv", encoding="utf-8", newline="") as file:
        return frozenset(row["platform_code"] for row in csv.DictReader(file))


def export_candidates(
    run: Run, files: list[FoundFile], numbers: Iterator[int]
) -> Iterator[ExportCandidate]:
    """A candidate for each file.

    Its table is the one that it landed in before; of a new file it is known once it is prepared.
    """
    for folder in sorted({shop for file in files if (shop := _misplaced(file.name))}):
        (near,) = get_close_matches(folder.casefold(), platforms(), 1, SIMILAR)
        warn(
            run,
            f"the folder {folder} is no platform's, so it is taken for a shop's; if {near} is"
            " meant, rename it, and reset what landed (python -m ingest reset --source exports)",
        )
    for file in files:
        statement = Statement(*place_of(file.name))
        table = _table_of(run, file.name)
        yield ExportCandidate(
            file, table, next(numbers), run.temp_dir, statement=statement, log=run.log
        )


def _table_of(run: Run, name: str) -> Table:
    known = {table: run.log.file(table, name) for table in tables().values()}
    landed = [table for table, file in known.items() if file and file.status != REFUSED]
    return next(iter((*landed, *tables().values())))


def shape_and_count(run: Run, table: Table, candidates: list[ExportCandidate]) -> dict[int, int]:
    """Make the raw table's rows of the cells in scratch.texts; the rows that are no data."""
    left_out = shape(run, table, candidates)
    for candidate in candidates:
        candidate.statement.totals |= left_out.totals.get(candidate.file_no, {})
    return left_out.rows


def judge(run: Run, candidates: list[ExportCandidate]) -> dict[int, str]:
    """Sign and prove the amounts in scratch.typed; why files must not land, by file number."""
    _reject_whole_lines(run)
    return judge_statements(run, candidates) | prove(run, candidates)


def _reject_whole_lines(run: Run) -> None:
    """A line with several amounts lands as a whole or not at all."""
    run.con.execute("""
        update scratch.typed set _problem = bad.problem, _problem_column = bad.problem_column
        from (
            select _file_no, _line_number, any_value(_problem) as problem,
                any_value(_problem_column) as problem_column
            from scratch.typed group by _file_no, _line_number
            having count(_problem) between 1 and count(*) - 1
        ) as bad
        where typed._file_no = bad._file_no and typed._line_number = bad._line_number
    """)


def statement_of(candidate: ExportCandidate) -> dict:
    """The columns of the load log that only exports have."""
    statement = candidate.statement
    return {
        "layout": candidate.header.layout.name if candidate.header else None,
        "shop_id": statement.shop,
        "seller": statement.said.get("seller"),
        "statement_id": statement.said.get("statement_id"),
        "period_from": statement.said.get("period_from"),
        "period_to": statement.said.get("period_to"),
        "proof": statement.proof,
        "proof_result": statement.result,
        "proof_detail": statement.detail,
    }
