"""From the cells of an export to rows of its raw table, still as texts.

One statement a layout: words that mean nothing go, dates and numbers get their usual form, cells
are filled down, rows that are no data are left out, and a row with several amounts becomes a row
for each of them.
"""

import pyarrow as pa

from ingest.cleaning import sql_text
from ingest.conversion import quoted
from ingest.declarations import Column, Table
from ingest.exports.candidate import CLOCK, ITEMS, ZONE, ExportCandidate
from ingest.exports.cells import bare, numbers_of, plain, with_decimal_point
from ingest.exports.layouts import Layout
from ingest.exports.left_out import LeftOut, leave_out
from ingest.exports.money_rows import is_first_part, join_of_parts, money_values
from ingest.exports.packed_items import item_values, rows_of_items
from ingest.exports.times import rewritten_time
from ingest.exports.whole_orders import whole_order_values
from ingest.run import Run

MONTH = r"^\d{4}-?\d\d$"
SPAN = r"^\s*(\d{4}-?\d\d-?\d\d)\s*[~至到]\s*(\d{4}-?\d\d-?\d\d)\s*$"


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
        leave_out(run, members, left_out)
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
    held = {role for one in members for role in one.columns}
    roles = [role for role in members[0].export_layout.fill_down if role in held]
    if not roles:
        return
    values = ", ".join(
        f"last_value(nullif({bare(quoted(role))}, '') ignore nulls) over above as {quoted(role)}"
        for role in roles
    )
    run.con.execute(f"""
        update scratch.texts set {", ".join(f"{quoted(r)} = filled.{quoted(r)}" for r in roles)}
        from (
            select rowid as row_number, {values} from scratch.texts
            where _file_no in {numbers_of(members)}
            window above as (partition by _file_no order by _line_number)
        ) as filled
        where texts.rowid = filled.row_number
    """)


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
        is_paid = f"lower({bare('texts.order_status')}) in ({words})"
        paid = f"case when {is_paid} then {values['created_at']} end"
        told = f"nullif({values['paid_at']}, '')" if "paid_at" in held else "null"
        values["paid_at"] = f"coalesce({told}, {paid})"
    if layout.kind == "money":
        values |= money_values(layout, held, values)
    texts, is_first = "scratch.texts", is_first_part(layout, held)
    parts = join_of_parts(layout, held, numbers_of(members))
    if held & set(ITEMS):
        numbers = frozenset(column.name for column in table.columns if column.is_number)
        values = item_values(layout, values, numbers)
        texts, is_first = rows_of_items(layout, held), "item_no = 0"
    elif layout.kind == "orders" and layout.whole_orders:
        values |= whole_order_values(layout, values)
    named = "".join(f", {value} as {quoted(name)}" for name, value in values.items())
    return f"""
        insert into scratch.shaped by name
        select
            _file_no, _line_number + line_shift as _line_number,
            case when {is_first} then _line_count else 0 end as _line_count, _problem,
            _problem_column{named}
        from {texts} as texts
        join export_files on export_files.file_no = texts._file_no
        {parts or f"where _file_no in {numbers_of(members)}"}
    """


def _or_day_of_order(layout: Layout, created: str) -> str:
    """A time, or the day in the order's number where there is none."""
    number = bare('texts."order_id"')
    day = f"try_strptime(regexp_extract({number}, {sql_text(layout.day_in_order_id)}, 1), '%y%m%d')"
    return f"coalesce(nullif({created}, ''), strftime({day}, '%Y-%m-%d 00:00:00'))"


def _value(layout: Layout, column: Column, held: set[str]) -> str:
    """A cell as the usual cleaning reads it."""
    # Most values are plain without what stands around them: they need no other cleaning.
    text = plain(quoted(column.name))
    if layout.empty:
        words = ", ".join(map(sql_text, layout.empty))
        text = f"case when {bare(text)} in ({words}) then null else {text} end"
    if layout.clock and CLOCK in held and column.data_type == "timestamp":
        zone = f", nullif({plain(ZONE)}, '')" if ZONE in held else ""
        text = f"concat_ws(' ', nullif({text}, ''), {plain(CLOCK)}{zone})"
    if column.data_type in ("timestamp", "date") and (layout.dates or layout.time_zone):
        text = rewritten_time(layout, column.data_type, text)
    if column.is_number:
        text = with_decimal_point(layout, text)
    if column.name.endswith("_discount"):
        # Discounts are positive, also where a platform writes them with a minus.
        text = f"ltrim({text}, '-')"
    if column.name == "tracking_no":
        text = f"ltrim({text}, '@')"
    if column.name == "spent_on":
        # A report of several days names the first and the last: 20260601~20260630.
        text = f"regexp_replace({text}, {sql_text(SPAN)}, '\\2')"
    return text


def _account(layout: Layout, held: set[str]) -> str:
    """What a row tells that other layouts may tell alike: of the layout, or of the row."""
    if "account" in held:
        return f"lower({plain('texts.account')})"
    own = sql_text(layout.account or layout.name)
    named = {"movement_type": layout.account_words, "wallet": layout.wallet_accounts}
    branches = " ".join(
        f"when regexp_matches(texts.{role}, {sql_text(pattern)}) then {sql_text(account)}"
        for role, accounts in named.items()
        if role in held
        for pattern, account in accounts.items()
    )
    if not branches:
        return own
    return f"case {branches} else {own} end"


def _month_of_statement() -> dict[str, str]:
    """The first and last day of the month that a bill without days is called by (账期 202606)."""
    month = f"replace(regexp_extract({bare('texts.statement_id')}, {sql_text(MONTH)}), '-', '')"
    first = f"try_strptime({month}, '%Y%m')"
    return {
        "period_from": f"strftime({first}, '%Y-%m-%d')",
        "period_to": f"strftime(last_day({first}), '%Y-%m-%d')",
    }


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
        values["account"] = _account(layout, held)
        values["account_rank"] = sql_text(str(layout.account_rank))
    if layout.account_words and "movement_type" in held:
        words = sql_text("|".join(layout.account_words))
        values["is_arrival"] = f"cast(regexp_matches(texts.movement_type, {words}) as varchar)"
    if layout.kind == "orders":
        values["row_kind"] = sql_text(layout.row)
    if layout.currency and "currency" in roles:
        own = plain('texts."currency"') if "currency" in held else values.get("currency", "null")
        values["currency"] = f"coalesce(nullif({own}, ''), {sql_text(layout.currency)})"
    if "spent_on" in held and "period_from" not in held:
        values["period_from"] = f"nullif(regexp_extract(spent_on, {sql_text(SPAN)}, 1), '')"
    if layout.kind == "money" and "statement_id" in held and "moved_at" not in held:
        values |= {k: v for k, v in _month_of_statement().items() if k not in values}
    values |= {role: sql_text(value) for role, value in layout.constants.items()}
    return values
