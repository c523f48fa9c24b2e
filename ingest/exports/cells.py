"""SQL over a cell of an export: its text without what stands around it."""

from ingest.cleaning import BLANK_CLASS, sql_text
from ingest.exports.candidate import ExportCandidate
from ingest.exports.layouts import Layout

# Around a value in some files: ="…", quotes, a backtick, blanks.
WRAPPING_CLASS = BLANK_CLASS + "=\"''`"
DECIMAL_COMMA = r"^[^,]*,\d\d?\D*$"


def bare(text: str) -> str:
    """SQL for a text without what wraps it; never null."""
    # A pattern, because trim takes ten times as long with so many characters.
    wrapped = f"^[{WRAPPING_CLASS}]+|[{WRAPPING_CLASS}]+$"
    return f"regexp_replace(coalesce({text}, ''), '{wrapped}', '', 'g')"


def plain(text: str) -> str:
    """SQL for a text without blanks, tabs and backticks around it."""
    return f"trim({text}, E' \\t`')"


def number_text(layout: Layout, text: str) -> str:
    """A number without the layout's thousands, and with a decimal point."""
    return with_decimal_point(layout, plain(text))


def with_decimal_point(layout: Layout, number: str) -> str:
    """A number, already without what stands around it, as SQL writes it.

    Of a layout with either sign, one or two digits after a comma are decimals, and points before
    it are thousands.
    """
    if layout.decimal == ".":
        return number
    without_points = f"replace(replace({number}, '.', ''), ',', '.')"
    if layout.decimal == ",":
        return without_points
    is_comma = f"regexp_matches({number}, {sql_text(DECIMAL_COMMA)})"
    return f"case when {is_comma} then {without_points} else {number} end"


def numbers_of(members: list[ExportCandidate]) -> str:
    """SQL for the file numbers of candidates."""
    return "(" + ", ".join(str(one.file_no) for one in members) + ")"
