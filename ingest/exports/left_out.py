"""Rows of an export that are no data: totals, descriptions, what was pasted beside the table."""

from dataclasses import dataclass, field

from ingest.cleaning import sql_text
from ingest.conversion import quoted
from ingest.exports.candidate import PARTS, STATEMENT_TOTAL, TOTAL, ExportCandidate
from ingest.exports.cells import bare, number_text, numbers_of
from ingest.exports.layouts import Layout, tables
from ingest.exports.whole_orders import is_told_again
from ingest.run import Run

# How a row of totals begins where somebody, or a platform without saying so, adds one below.
TOTAL_WORDS = "合计|总计|小计|汇总|总额|本页|累计|grand total|totals?\\b|subtotal|sum\\b"


@dataclass
class LeftOut:
    """Rows that are no data, by file number: their count, and the totals that they tell."""

    rows: dict[int, int] = field(default_factory=dict)
    totals: dict[int, dict[str, str]] = field(default_factory=dict)


def leave_out(run: Run, members: list[ExportCandidate], left_out: LeftOut) -> None:
    """Delete rows that are no data, and keep what rows of totals say."""
    layout = members[0].export_layout
    held = {role for one in members for role in one.columns}
    is_total = _one_of_words(layout.total_rows, held)
    is_none = _one_of_words(layout.not_rows, held)
    is_nameless = _names_nothing(layout, held)
    files = numbers_of(members)
    is_statement = _leave_out_statements(run, members, held, left_out)
    amounts = sorted(held & {"written_amount", "income_amount", "expense_amount", "cost_amount"})
    if amounts:
        # Of several such rows the last has the total of all.
        named = ", ".join(
            f"arg_max({name}, _line_number) filter (where {bare(name)} <> '')" for name in amounts
        )
        for file_no, *values in run.con.execute(f"""
            select _file_no, {named} from scratch.texts
            where _file_no in {files} and ({is_total or "false"} or {is_nameless})
            group by _file_no
        """).fetchall():
            told = dict(zip(amounts, values, strict=True))
            said = {role: text for role, text in told.items() if text}
            left_out.totals[file_no] = left_out.totals.get(file_no, {}) | said
    again = is_told_again(layout, held)
    marks = (is_total, is_none, is_nameless, is_statement, again, _moves_nothing(layout, held))
    condition = " or ".join(f"({one})" for one in marks if one is not None)
    for file_no, rows in run.con.execute(f"""
        select _file_no, sum(_line_count) from scratch.texts
        where _file_no in {files} and ({condition}) group by _file_no
    """).fetchall():
        left_out.rows[file_no] = int(rows)
    if any(one.file_no in left_out.rows for one in members):
        run.con.execute(f"delete from scratch.texts where _file_no in {files} and ({condition})")


def _names_nothing(layout: Layout, held: set[str]) -> str:
    """SQL for whether a row has numbers at most: totals, or what was pasted beside the rows.

    A word such as 合计 is no name.
    """
    numbers = {column.name for column in tables()[layout.table].columns if column.is_number}
    numbers |= {TOTAL, STATEMENT_TOTAL, *PARTS}
    # A look at one column spares most rows the look at all of them.
    first = next(role for role in layout.required if role in held and role not in numbers)
    names = [first, *sorted(held - numbers - {first})]
    tests = [
        f"regexp_matches(lower({bare(quoted(name))}), '^(-*$|({TOTAL_WORDS}))')" for name in names
    ]
    return f"(_problem is null and {' and '.join(tests)})"


def _moves_nothing(layout: Layout, held: set[str]) -> str | None:
    """SQL for whether a row of money has no amount, not even a nought; dashes are none."""
    possible = (TOTAL, STATEMENT_TOTAL, *PARTS, "written_amount", "income_amount", "expense_amount")
    amounts = [name for name in possible if name in held]
    if layout.kind != "money" or not amounts:
        return None
    joined = f"concat_ws('', {', '.join(amounts)})"
    without_dashes = f"replace({joined}, '-', '')"
    return f"_problem is null and {bare(without_dashes)} = ''"


def _leave_out_statements(
    run: Run, members: list[ExportCandidate], held: set[str], left_out: LeftOut
) -> str | None:
    """SQL for the row that carries the statement's total alone; what it says is kept."""
    if STATEMENT_TOTAL not in held:
        return None
    amounts = [name for name in (*PARTS, "written_amount", "income_amount") if name in held]
    texts = ", ".join(f"nullif({bare(quoted(name))}, '')" for name in amounts)
    is_statement = f"{bare(STATEMENT_TOTAL)} <> '' and coalesce({texts}, null) is null"
    layout = members[0].export_layout
    total = number_text(layout, STATEMENT_TOTAL)
    for file_no, told in run.con.execute(f"""
        select _file_no, any_value({total}) from scratch.texts
        where _file_no in {numbers_of(members)} and {is_statement} group by _file_no
    """).fetchall():
        left_out.totals.setdefault(file_no, {})["amount"] = told
    return is_statement


def _one_of_words(marks: dict[str, tuple[str, ...]], held: set[str]) -> str | None:
    """SQL for whether a row has one of the words that mark it; None where no column can."""
    tests = [
        f"{bare(quoted(role))} in ({', '.join(map(sql_text, words))})"
        for role, words in marks.items()
        if role in held
    ]
    return " or ".join(tests) or None
