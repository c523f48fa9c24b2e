"""Rows of money: their number, their amounts, and a row for each amount of a line."""

from ingest.cleaning import sql_text
from ingest.conversion import quoted
from ingest.exports.candidate import PART_NAMES, PARTS, ROW_IDS, TOTAL, TOTAL_DIRECTION
from ingest.exports.cells import bare, number_text, plain
from ingest.exports.layouts import Layout


def money_values(layout: Layout, held: set[str], values: dict[str, str]) -> dict[str, str]:
    """The amounts of a movement; `amount` holds its sign until the amounts are numbers."""
    found = {"row_id": _row_id(held)}
    (kind, value), *_ = layout.amount.items() or (("signed", None),)
    if kind == "parts":
        found |= _part_values(layout, held)
    elif "written_amount" in held:
        found["written_amount"] = number_text(layout, 'texts."written_amount"')
    if kind in ("direction", "by_type"):
        found["direction"] = 'texts."direction"'
        found["amount"] = _sign('texts."direction"', value)
    elif kind == "signed":
        found["amount"] = "'1'"
    if layout.order_number or layout.order_id_is:
        found["order_id"] = _order_number(layout, held, values)
    return found


def _row_id(held: set[str]) -> str:
    ids = [bare(f"texts.{name}") for name in ROW_IDS if name in held]
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
            branches += f" when lower({bare(direction)}) in ({words}) then '{sign}'"
    return f"case {branches} end"


def _part_values(layout: Layout, held: set[str]) -> dict[str, str]:
    """The name, the text and the sign of the part that a row is made for.

    A row in which no part has an amount is a movement of its total.
    """
    found = _held_parts(layout, held)
    names = texts = signs = ""
    for number, (part, name, sign) in enumerate(found, start=1):
        names += f" when {number} then {sql_text(name)}"
        texts += f" when {number} then {number_text(layout, f'texts.{part}')}"
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
            fee += f" when {numbers[0]} then nullif({plain(f'texts.{name}')}, '')"
    total = (
        f"case when {is_first_part(layout, held)} then {number_text(layout, f'texts.{TOTAL}')} end"
    )
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


def is_first_part(layout: Layout, held: set[str]) -> str:
    """SQL for whether a row is that of its line's first amount."""
    return f"part_no = coalesce({_first_part(layout, held)}, 1)" if layout.parts else "true"


def join_of_parts(layout: Layout, held: set[str], files: str) -> str | None:
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
        f" and (case part_no {has_amount} end or {is_first_part(layout, held)})"
    )


def _order_number(layout: Layout, held: set[str], values: dict[str, str]) -> str:
    """The order's number, out of the columns that may hold it."""
    own = bare('texts."order_id"') if "order_id" in held else "''"
    tried = []
    if layout.order_id_is:
        tried.append(
            f"case when regexp_full_match({own}, {sql_text(layout.order_id_is)}) then {own} end"
        )
    else:
        tried.append(f"nullif({own}, '')")
    fields = [
        bare(f"texts.{quoted(role)}")
        for role in ("order_id", "order_reference", "remark", "description")
        if role in held
    ]
    tried += [
        f"nullif(regexp_extract({text}, {sql_text(pattern)}, 1), '')"
        for pattern in layout.order_number
        for text in fields
    ]
    return f"coalesce({', '.join(tried)})"
