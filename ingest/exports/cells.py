"""SQL over a cell of an export: its text without what stands around it."""

from ingest.cleaning import BLANKS, sql_text
from ingest.exports.candidate import ExportCandidate
from ingest.exports.layouts import Layout

# Around a value in some files: ="…", quotes, a backtick, blanks.
WRAPPING = BLANKS[:-1] + "=''\"`'"
DECIMAL_COMMA = r"^[^,]*,\d\d?\D*$"


def bare(text: str) -> str:
    """SQL for a text without what wraps it; never null."""
    return f"trim(coalesce({text}, ''), {WRAPPING})"


def plain(text: str) -> str:
    """SQL for a text without blanks, tabs and backticks around it."""
    return f"trim({text}, E' \\t`')"


def number_text(layout: Layout, text: str) -> str:
    """A number with a decimal point; of a layout with either sign, one or two digits after a
    comma are decimals, and points before it are thousands.
    """
    if layout.decimal != "either":
        return plain(text)
    without_points = f"replace(replace({plain(text)}, '.', ''), ',', '.')"
    return (
        f"case when regexp_matches({plain(text)}, {sql_text(DECIMAL_COMMA)})"
        f" then {without_points} else {plain(text)} end"
    )


def numbers_of(members: list[ExportCandidate]) -> str:
    """SQL for the file numbers of candidates."""
    return "(" + ", ".join(str(one.file_no) for one in members) + ")"
