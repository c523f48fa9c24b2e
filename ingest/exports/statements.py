"""What a file covers: whose it is, which statement and days, compared with what landed before.

Movements without a number of their own are told apart by their statement, or by the days of their
file, and their place in it. So a second file that covers some of the same days would count them
twice; it is refused. One of exactly the same days or statement, with no fewer rows, replaces it.
"""

from dataclasses import dataclass
from datetime import date

from ingest.cleaning import sql_text
from ingest.exports.candidate import ExportCandidate
from ingest.run import Run

# The day of a row, by the first of these columns that its table has.
DAYS = ("moved_at", "created_at", "spent_on", "scanned_at", "counted_on", "applied_at")


@dataclass(frozen=True)
class Covered:
    """A file: its name, seller, statement, days and number of lines with movements."""

    name: str
    seller: str | None
    statement: str | None
    first: date | None
    last: date | None
    rows: int


def judge_statements(run: Run, candidates: list[ExportCandidate]) -> dict[int, str]:
    """Number the rows of files without row ids; refusals by file number."""
    refusals: dict[int, str] = {}
    landed: dict[tuple[str, str | None], list[Covered]] = {}
    covered, days_of = _covered(run, candidates), {}
    for candidate in candidates:
        layout, shop = candidate.export_layout, candidate.statement.shop
        place = (layout.name, shop)
        if place not in landed:
            landed[place] = _landed(run, *place)
        covers = covered[candidate.file_no]
        others = [one for one in landed[place] if one.name != candidate.file.name]
        # The sheets of a workbook are parts of one export.
        workbook, sheet = _workbook_and_sheet(candidate.file.name)
        elsewhere = [one for one in landed[place] if _workbook_and_sheet(one.name)[0] != workbook]
        refusal = _of_another_seller(candidate, covers, others)
        if layout.kind == "money" and not layout.row_id:
            before = [one for one in landed[place] if one.name == candidate.file.name]
            refusal = refusal or _overlaps(covers, before + elsewhere)
            days = covers.statement or f"{covers.first}/{covers.last}"
            days_of[candidate.file_no] = days + sheet
        if refusal is not None:
            refusals[candidate.file_no] = refusal
            continue
        candidate.statement.said |= {
            "seller": covers.seller,
            "statement_id": covers.statement,
            "period_from": covers.first,
            "period_to": covers.last,
        }
        landed[place].append(covers)
    _number_rows(run, days_of)
    return refusals


def _covered(run: Run, candidates: list[ExportCandidate]) -> dict[int, Covered]:
    """What each file covers, by file number."""
    names = {column.name for column in candidates[0].table.columns}
    day = next((one for one in DAYS if one in names), None)
    first, last = (
        (
            f"cast(coalesce(min(period_from), min({day})) as date)",
            f"cast(coalesce(max(period_to), max({day})) as date)",
        )
        if "period_to" in names
        else (f"cast(min({day}) as date)", f"cast(max({day}) as date)")
        if day
        else ("null::date", "null::date")
    )
    statement = "case when min(statement_id) = max(statement_id) then min(statement_id) end"
    covered = {
        number: values
        for number, *values in run.con.execute(f"""
            select
                _file_no, case when min(seller) = max(seller) then min(seller) end,
                {statement if "statement_id" in names else "null::varchar"}, {first}, {last},
                count(*)
            from scratch.typed where _problem is null group by _file_no
        """).fetchall()
    }
    nothing = (None, None, None, None, 0)
    return {
        one.file_no: Covered(one.file.name, *covered.get(one.file_no, nothing))
        for one in candidates
    }


def _landed(run: Run, layout: str, shop: str | None) -> list[Covered]:
    """The files of a layout and shop that have landed, by their last batch."""
    return [
        Covered(*row)
        for row in run.con.execute(
            """
            select source_file, seller, statement_id, period_from, period_to, rows_landed
            from raw.load_log
            where layout = $layout and shop_id is not distinct from $shop and status = 'landed'
            qualify row_number() over (partition by source_file order by _batch_id desc) = 1
            """,
            {"layout": layout, "shop": shop},
        ).fetchall()
    ]


def _of_another_seller(
    candidate: ExportCandidate, covers: Covered, others: list[Covered]
) -> str | None:
    """Why a file of another shop must not land among those of this one."""
    if candidate.statement.shop is None or covers.seller is None:
        return None
    other = next((one for one in others if one.seller and one.seller != covers.seller), None)
    if other is None:
        return None
    return (
        f"it says that it is of {covers.seller!r}, but {other.name} in the same folder is of"
        f" {other.seller!r}; put each shop's files into a folder of its own below exports/"
    )


def _overlaps(covers: Covered, landed: list[Covered]) -> str | None:
    """Why a file without row numbers must not land beside one that covers the same days."""
    for other in landed:
        if covers.statement is not None and other.statement is not None:
            is_same, what = covers.statement == other.statement, f"statement {covers.statement}"
            if not is_same:
                continue
        else:
            if None in (covers.first, covers.last, other.first, other.last):
                continue
            if other.first > covers.last or other.last < covers.first:
                continue
            is_same = (other.first, other.last) == (covers.first, covers.last)
            what = f"{covers.first} to {covers.last}"
        if is_same and covers.rows >= other.rows:
            continue
        fewer = f" with fewer rows ({covers.rows:,}, not {other.rows:,})" if is_same else ""
        return (
            f"it covers {what}{fewer}, and {other.name} covers {other.first} to {other.last}"
            " already; its rows have no number that would tell them apart, so they would count"
            " twice. Export days that are not there yet, or exactly the same period again"
        )
    return None


def _workbook_and_sheet(name: str) -> tuple[str, str]:
    """The file and the further sheet of a name, in brackets: `a.xlsx[2]`; else no sheet."""
    workbook, bracket, sheet = name.rpartition("[") if name.endswith("]") else (name, "", "")
    return workbook, bracket + sheet


def _number_rows(run: Run, days_of: dict[int, str]) -> None:
    """Row ids of files without any: the statement or days of the file, and a line's place in it."""
    if not days_of:
        return
    files = ", ".join(f"({number}, {sql_text(days)})" for number, days in days_of.items())
    run.con.execute(f"""
        update scratch.typed set row_id = numbered.days || '#' || numbered.place
        from (
            select
                typed.rowid as row_number, days,
                dense_rank() over (partition by _file_no order by _line_number) as place
            from scratch.typed as typed join (values {files}) as files (_file_no, days)
                using (_file_no)
        ) as numbered
        where typed.rowid = numbered.row_number
    """)
