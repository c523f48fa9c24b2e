"""The decimal sign of a file: declared, or inferred from its numbers.

`1,234` is a number with thousands, or one with three decimals. It is ambiguous if another number
of the file certainly has a decimal comma (`12,50`). It is also ambiguous in a file with
semicolons, which programs write where the comma separates decimals, unless another number has a
decimal point.
"""

import duckdb

from ingest.candidate import Candidate
from ingest.conversion import quoted
from ingest.declarations import Table
from ingest.numbers import CERTAIN, NumberSigns

# Of a number without its currency and sign.
DECIMAL_COMMA = (
    r"[0-9]+,([0-9]{1,2}|[0-9]{4,})|0[0-9]*,[0-9]+|[0-9]{4,},[0-9]+"
    r"|[0-9]{1,3}(\.[0-9]{3})+,[0-9]*|[0-9]{1,3}(\.[0-9]{3}){2,}"
)
DECIMAL_POINT = (
    r"[0-9]*\.([0-9]{1,2}|[0-9]{4,})|0[0-9]*\.[0-9]+|[0-9]{4,}\.[0-9]+"
    r"|[0-9]{1,3}(,[0-9]{3})+\.[0-9]*|[0-9]{1,3}(,[0-9]{3}){2,}"
)


def number_signs(
    con: duckdb.DuckDBPyConnection, table: Table, candidates: list[Candidate]
) -> NumberSigns:
    """The signs of the files in scratch.texts; only files that may have a comma are checked."""
    columns = [column for column in table.columns if column.is_number]
    if not columns or table.decimal_sign == ".":
        return CERTAIN
    declared = frozenset(
        one.file_no for one in candidates if table.decimal_sign and one.file.format == "csv"
    )
    asked = [one for one in candidates if one.may_have_commas]
    semicolons = {one.file_no for one in asked if one.layout and one.layout.delimiter == ";"}
    numbers = {one.file_no for one in asked} - declared
    commas, points = _shown(con, [column.name for column in columns], numbers)
    doubtful = commas | (semicolons & numbers - points)
    return NumberSigns(declared, frozenset(doubtful), frozenset(doubtful))


def _shown(
    con: duckdb.DuckDBPyConnection, columns: list[str], numbers: set[int]
) -> tuple[set[int], set[int]]:
    """The files with a certain decimal comma, and those with a certain decimal point."""
    if not numbers:
        return set(), set()
    digits = [f"regexp_replace({quoted(name)}, '[^0-9.,]', '', 'g')" for name in columns]
    comma, point = (
        " or ".join(
            f"(regexp_matches({quoted(name)}, '[.,]') and regexp_full_match({text}, '{pattern}'))"
            for name, text in zip(columns, digits, strict=True)
        )
        for pattern in (DECIMAL_COMMA, DECIMAL_POINT)
    )
    rows = con.execute(
        f"""
        select _file_no, coalesce(bool_or({comma}), false), coalesce(bool_or({point}), false)
        from scratch.texts where list_contains($numbers, _file_no) group by _file_no
        """,
        {"numbers": sorted(numbers)},
    ).fetchall()
    return {row[0] for row in rows if row[1]}, {row[0] for row in rows if row[2]}
