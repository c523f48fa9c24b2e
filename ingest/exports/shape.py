"""From the cells of an export to rows of its raw table, still as texts.

One statement a layout: words that mean nothing go, dates and numbers get their usual form, cells
are filled down, rows that are no data are left out, and a row with several amounts becomes a row
for each of them.
"""

from dataclasses import dataclass, field

import pyarrow as pa

from ingest.cleaning import BLANKS, sql_text
from ingest.conversion import quoted
from ingest.declarations import Table
from ingest.exports.candidate import (
    CLOCK,
    PART_NAMES,
    PARTS,
    ROW_IDS,
    STATEMENT_TOTAL,
    TOTAL,
    TOTAL_DIRECTION,
    ZONE,
    ExportCandidate,
)
from ingest.exports.layouts import Layout
from ingest.exports.times import rewritten_time
from ingest.run import Run

# Around a value in some files: ="…", quotes, a backtick, blanks.
WRAPPING = BLANKS[:-1] + "=''\"`'"
SPAN = r"^\s*(\d{4}-?\d\d-?\d\d)\s*[~至到]\s*(\d{4}-?\d\d-?\d\d)\s*$"


@dataclass
class LeftOut:
    """Rows that are no data, by file number: their count, and the totals that they tell."""

    rows: dict[int, int] = field(default_factory=dict)
    totals: dict[int, dict[str, str]] = field(default_factory=dict)


def shape(run: Run, table: Table, candidates: list[ExportCandidate]) -> LeftOut:
    """Replace scratch.texts by rows of the raw table; what was left out by file number."""
    _register_files(run, candidates)
    listed = "".join(f", {quoted(column.name)} varchar" for column in table.columns)
    run.con.execute(f"""
        create or replace table scratch.shaped (
            _file_no integer, _line_number bigint, _line_count integer, _problem varchar,
            _problem_column varchar{listed}
        )
    """)
    left_out = LeftOut()
    by_layout: dict[str, list[ExportCandidate]] = {}
    for candidate in candidates:
        by_layout.setdefault(candidate.export_layout.name, []).append(candidate)
    for members in by_layout.values():
        _fill_down(run, members)
        _leave_out(run, members, left_out)
        run.con.execute(_shaped(table, members))
    run.con.unregister("export_files")
    run.con.execute("drop table scratch.texts")
    run.con.execute("alter table scratch.shaped rename to texts")
    return left_out


def _register_files(run: Run, candidates: list[ExportCandidate]) -> None:
    """What is the same for all rows of a file, as the relation export_files."""
    columns: dict[str, list] = {"file_no": [], "platform": [], "shop_id": [], "line_shift": []}
    said = sorted({role for one in candidates for role in one.statement.said})
    columns |= {f"said_{role}": [] for role in said}
    for candidate in candidates:
        columns["file_no"].append(candidate.file_no)
        columns["platform"].append(candidate.platform)
        columns["shop_id"].append(candidate.statement.shop)
        columns["line_shift"].append(candidate.first_line - 1)
        for role in said:
            columns[f"said_{role}"].append(candidate.statement.said.get(role))
    numbers = ("file_no", "line_shift")
    schema = [(name, pa.int64() if name in numbers else pa.string()) for name in columns]
    run.con.register("export_files", pa.table(columns, pa.schema(schema)))


def _fill_down(run: Run, members: list[ExportCandidate]) -> None:
    """Give empty cells the value above: of merged cells the first alone has it."""
    roles = [role for role in members[0].export_layout.fill_down if role in members[0].columns]
    if not roles:
        return
    values = ", ".join(
        f"last_value(nullif({_bare(quoted(role))}, '') ignore nulls) over above as {quoted(role)}"
        for role in roles
    )
    run.con.execute(f"""
        update scratch.texts set {", ".join(f"{quoted(r)} = filled.{quoted(r)}" for r in roles)}
        from (
            select rowid as row_number, {values} from scratch.texts
            where _file_no in {_numbers(members)}
            window above as (partition by _file_no order by _line_number)
        ) as filled
        where texts.rowid = filled.row_number
    """)


def _leave_out(run: Run, members: list[ExportCandidate], left_out: LeftOut) -> None:
    """Delete rows that are no data, and keep what rows of totals say."""
    layout = members[0].export_layout
    held = set(members[0].columns)
    is_total = _one_of_words(layout.total_rows, held)
    is_none = _one_of_words(layout.not_rows, held)
    # Of what somebody pasted beside the data, no column that is read has anything.
    joined = f"concat_ws('', {', '.join(map(quoted, sorted(held)))})"
    # A look at one column spares most rows the look at all of them.
    first = quoted(next(role for role in layout.required if role in held))
    is_empty = f"_problem is null and {_bare(first)} = '' and {_bare(joined)} = ''"
    files = _numbers(members)
    is_statement = _leave_out_statements(run, members, held, left_out)
    amounts = sorted(held & {"written_amount", "income_amount", "expense_amount", "cost_amount"})
    if is_total is not None and amounts:
        named = ", ".join(f"any_value({name})" for name in amounts)
        for file_no, *values in run.con.execute(f"""
            select _file_no, {named} from scratch.texts
            where _file_no in {files} and ({is_total}) group by _file_no
        """).fetchall():
            told = dict(zip(amounts, values, strict=True))
            said = {role: text for role, text in told.items() if text}
            left_out.totals[file_no] = left_out.totals.get(file_no, {}) | said
    marks = (is_total, is_none, is_empty, is_statement, _moves_nothing(layout, held))
    condition = " or ".join(f"({one})" for one in marks if one is not None)
    for file_no, rows in run.con.execute(f"""
        select _file_no, sum(_line_count) from scratch.texts
        where _file_no in {files} and ({condition}) group by _file_no
    """).fetchall():
        left_out.rows[file_no] = int(rows)
    if any(one.file_no in left_out.rows for one in members):
        run.con.execute(f"delete from scratch.texts where _file_no in {files} and ({condition})")


def _moves_nothing(layout: Layout, held: set[str]) -> str | None:
    """SQL for whether a row of several amounts has none, not even a nought; dashes are none."""
    amounts = [name for name in (TOTAL, *PARTS) if name in held]
    if not layout.parts or not amounts:
        return None
    joined = f"concat_ws('', {', '.join(amounts)})"
    without_dashes = f"replace({joined}, '-', '')"
    return f"{_bare(without_dashes)} = ''"


def _leave_out_statements(
    run: Run, members: list[ExportCandidate], held: set[str], left_out: LeftOut
) -> str | None:
    """SQL for the row that carries the statement's total alone; what it says is kept."""
    if STATEMENT_TOTAL not in held:
        return None
    amounts = [name for name in (*PARTS, "written_amount", "income_amount") if name in held]
    texts = ", ".join(f"nullif({_bare(quoted(name))}, '')" for name in amounts)
    is_statement = f"{_bare(STATEMENT_TOTAL)} <> '' and coalesce({texts}, null) is null"
    layout = members[0].export_layout
    total = _number(layout, STATEMENT_TOTAL)
    for file_no, told in run.con.execute(f"""
        select _file_no, any_value({total}) from scratch.texts
        where _file_no in {_numbers(members)} and {is_statement} group by _file_no
    """).fetchall():
        left_out.totals.setdefault(file_no, {})["amount"] = told
    return is_statement


def _one_of_words(marks: dict[str, tuple[str, ...]], held: set[str]) -> str | None:
    """SQL for whether a row has one of the words that mark it; None where no column can."""
    tests = [
        f"{_bare(quoted(role))} in ({', '.join(map(sql_text, words))})"
        for role, words in marks.items()
        if role in held
    ]
    return " or ".join(tests) or None


def _bare(text: str) -> str:
    """SQL for a text without what wraps it; never null."""
    return f"trim(coalesce({text}, ''), {WRAPPING})"


def _numbers(members: list[ExportCandidate]) -> str:
    return "(" + ", ".join(str(one.file_no) for one in members) + ")"


def _shaped(table: Table, members: list[ExportCandidate]) -> str:
    """The insert of the rows of one layout's files into scratch.shaped."""
    layout = members[0].export_layout
    held = set().union(*(one.columns for one in members))
    values = {
        column.name: _value(layout, column, held)
        for column in table.columns
        if column.name in held and column.name != "written_amount"
    }
    values |= _of_file(layout, members, held, {column.name for column in table.columns})
    if layout.day_in_order_id:
        values["created_at"] = _or_day_of_order(layout, values.get("created_at", "null"))
    if layout.paid_statuses and "order_status" in held and "created_at" in values:
        words = ", ".join(sql_text(word.lower()) for word in layout.paid_statuses)
        is_paid = f"lower({_bare('texts.order_status')}) in ({words})"
        paid = f"case when {is_paid} then {values['created_at']} end"
        told = f"nullif({values['paid_at']}, '')" if "paid_at" in held else "null"
        values["paid_at"] = f"coalesce({told}, {paid})"
    if layout.kind == "money":
        values |= _money(layout, held, values)
    named = "".join(f", {value} as {quoted(name)}" for name, value in values.items())
    parts = _parts(layout, held, _numbers(members))
    is_first = _is_first_part(layout, held)
    line_count = (
        "_line_count" if parts is None else f"case when {is_first} then _line_count else 0 end"
    )
    return f"""
        insert into scratch.shaped by name
        select
            _file_no, _line_number + line_shift as _line_number,
            {line_count} as _line_count, _problem, _problem_column{named}
        from scratch.texts as texts
        join export_files on export_files.file_no = texts._file_no
        {parts or f"where _file_no in {_numbers(members)}"}
    """


def _or_day_of_order(layout: Layout, created: str) -> str:
    """A time, or the day in the order's number where there is none."""
    number = _bare('texts."order_id"')
    day = f"try_strptime(regexp_extract({number}, {sql_text(layout.day_in_order_id)}, 1), '%y%m%d')"
    return f"coalesce(nullif({created}, ''), strftime({day}, '%Y-%m-%d 00:00:00'))"


def _value(layout: Layout, column, held: set[str]) -> str:
    """A cell as the usual cleaning reads it."""
    # Most values are plain without what stands around them: they need no other cleaning.
    text = _plain(quoted(column.name))
    if layout.empty:
        words = ", ".join(map(sql_text, layout.empty))
        text = f"case when {_bare(text)} in ({words}) then null else {text} end"
    if layout.clock and CLOCK in held and column.data_type == "timestamp":
        zone = f", nullif({_plain(ZONE)}, '')" if ZONE in held else ""
        text = f"concat_ws(' ', nullif({text}, ''), {_plain(CLOCK)}{zone})"
    if column.data_type in ("timestamp", "date") and (layout.dates or layout.time_zone):
        text = rewritten_time(layout, column.data_type, text)
    if column.is_number:
        text = _number(layout, text)
    if column.name.endswith("_discount"):
        # Discounts are positive, also where a platform writes them with a minus.
        text = f"ltrim({text}, '-')"
    if column.name == "tracking_no":
        text = f"ltrim({text}, '@')"
    if column.name == "spent_on":
        # A report of several days names the first and the last: 20260601~20260630.
        text = f"regexp_replace({text}, {sql_text(SPAN)}, '\\2')"
    return text


def _number(layout: Layout, text: str) -> str:
    """A number without the layout's thousands, and with a decimal point."""
    if layout.decimal == ",":
        return f"replace(replace({_plain(text)}, '.', ''), ',', '.')"
    return _plain(text)


def _plain(text: str) -> str:
    return f"trim({text}, E' \\t`')"


def _of_file(
    layout: Layout, members: list[ExportCandidate], held: set[str], roles: set[str]
) -> dict[str, str]:
    """Values that are the same for all rows of a file."""
    said = {role for one in members for role in one.statement.said if role in roles}
    values = {role: f"said_{role}" for role in said if role not in held}
    values["layout"] = sql_text(layout.name)
    values["platform"] = "export_files.platform"
    values["shop_id"] = "export_files.shop_id"
    if layout.kind in ("money", "ads"):
        values["account"] = sql_text(layout.account or layout.name)
        values["account_rank"] = sql_text(str(layout.account_rank))
    if layout.kind == "orders":
        values["row_kind"] = sql_text(layout.row)
    if layout.currency and "currency" in roles:
        own = _plain('texts."currency"') if "currency" in held else values.get("currency", "null")
        values["currency"] = f"coalesce(nullif({own}, ''), {sql_text(layout.currency)})"
    if "spent_on" in held and "period_from" not in held:
        values["period_from"] = f"nullif(regexp_extract(spent_on, {sql_text(SPAN)}, 1), '')"
    values |= {role: sql_text(value) for role, value in layout.constants.items()}
    return values


def _money(layout: Layout, held: set[str], values: dict[str, str]) -> dict[str, str]:
    """The amounts of a movement; `amount` holds its sign until the amounts are numbers."""
    found = {"row_id": _row_id(held)}
    (kind, value), *_ = layout.amount.items() or (("signed", None),)
    if kind == "parts":
        found |= _part_values(layout, held)
    elif "written_amount" in held:
        found["written_amount"] = _number(layout, 'texts."written_amount"')
    if kind in ("direction", "by_type"):
        found["direction"] = 'texts."direction"'
        found["amount"] = _sign('texts."direction"', value)
    elif kind == "signed":
        found["amount"] = "'1'"
    if layout.order_number or layout.order_id_is:
        found["order_id"] = _order_number(layout, held, values)
    return found


def _row_id(held: set[str]) -> str:
    ids = [_bare(f"texts.{name}") for name in ROW_IDS if name in held]
    if not ids:
        return "cast(null as varchar)"
    return (
        f"nullif(concat_ws('|', {', '.join(ids)}), '')" if len(ids) > 1 else f"nullif({ids[0]}, '')"
    )


def _sign(direction: str, value: dict) -> str:
    """The sign of a direction's word, as a text; null for a word that the layout does not know."""
    branches = ""
    for key, sign in (("in", "1"), ("out", "-1"), ("none", "0")):
        words = ", ".join(sql_text(str(word).lower()) for word in value.get(key, ()))
        if words:
            branches += f" when lower({_bare(direction)}) in ({words}) then '{sign}'"
    return f"case {branches} end"


def _part_values(layout: Layout, held: set[str]) -> dict[str, str]:
    """The name, the text and the sign of the part that a row is made for.

    A row in which no part has an amount is a movement of its total.
    """
    found = _held_parts(layout, held)
    names = texts = signs = ""
    for number, (part, name, sign) in enumerate(found, start=1):
        names += f" when {number} then {sql_text(name)}"
        texts += f" when {number} then {_number(layout, f'texts.{part}')}"
        signs += f" when {number} then '{1 if sign == 'written' else sign}'"
    has_any = _first_part(layout, held) + " is not null"
    total_name = (
        layout.further_names[len(layout.row_id) + len(layout.parts)] if TOTAL in held else ""
    )
    total_name = sql_text(total_name)
    fee = ""
    for name, part in zip(PART_NAMES, layout.part_names, strict=False):
        numbers = [n for n, (_, header, _) in enumerate(found, start=1) if header == part]
        if name in held and numbers:
            fee += f" when {numbers[0]} then nullif({_plain(f'texts.{name}')}, '')"
    total = f"case when {_is_first_part(layout, held)} then {_number(layout, f'texts.{TOTAL}')} end"
    named = {"fee_name": f"case part_no {fee} end"} if fee else {}
    return named | {
        "part_name": f"case when {has_any} or {total_name} = '' then case part_no {names} end"
        f" else {total_name} end",
        "written_amount": f"case when {has_any} or {total_name} = '' then case part_no {texts} end"
        " end",
        "amount": f"case part_no {signs} end",
        # What the parts of a row add up to stands on its first part.
        "income_amount": total if TOTAL in held else "cast(null as varchar)",
        "direction": f"texts.{TOTAL_DIRECTION}" if TOTAL_DIRECTION in held else "null",
    }


def _held_parts(layout: Layout, held: set[str]) -> list[tuple[str, str, object]]:
    """Column, name and sign of each part that the file has."""
    pairs = zip(PARTS, layout.parts.items(), strict=False)
    return [(part, name, sign) for part, (name, sign) in pairs if part in held]


def _has_amount(part: str) -> str:
    return f"regexp_matches(coalesce(texts.{part}, ''), '[1-9]')"


def _first_part(layout: Layout, held: set[str]) -> str:
    """SQL for the number of the first part with an amount; null without any."""
    branches = " ".join(
        f"when {_has_amount(part)} then {number}"
        for number, (part, *_) in enumerate(_held_parts(layout, held), start=1)
    )
    return f"(case {branches} end)"


def _is_first_part(layout: Layout, held: set[str]) -> str:
    return f"part_no = coalesce({_first_part(layout, held)}, 1)" if layout.parts else "true"


def _parts(layout: Layout, held: set[str], files: str) -> str | None:
    """The join that makes a row for each part with an amount, and one where no part has any."""
    found = _held_parts(layout, held)
    if not found:
        return None
    has_amount = " ".join(
        f"when {number} then {_has_amount(part)}"
        for number, (part, *_) in enumerate(found, start=1)
    )
    rows = ", ".join(f"({number})" for number in range(1, len(found) + 1))
    return (
        f"cross join (values {rows}) as part (part_no) where _file_no in {files}"
        f" and (case part_no {has_amount} end or {_is_first_part(layout, held)})"
    )


def _order_number(layout: Layout, held: set[str], values: dict[str, str]) -> str:
    """The order's number, out of the columns that may hold it."""
    own = _bare('texts."order_id"') if "order_id" in held else "''"
    tried = []
    if layout.order_id_is:
        tried.append(
            f"case when regexp_full_match({own}, {sql_text(layout.order_id_is)}) then {own} end"
        )
    else:
        tried.append(f"nullif({own}, '')")
    fields = [
        _bare(f"texts.{quoted(role)}")
        for role in ("order_id", "order_reference", "remark", "description")
        if role in held
    ]
    tried += [
        f"nullif(regexp_extract({text}, {sql_text(pattern)}, 1), '')"
        for pattern in layout.order_number
        for text in fields
    ]
    return f"coalesce({', '.join(tried)})"
