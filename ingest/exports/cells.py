"""SQL over a cell of an export: its text without what stands around it."""

from ingest.cleaning import BLANKS
from ingest.exports.candidate import ExportCandidate
from ingest.exports.layouts import Layout

# Around a value in some files: ="…", quotes, a backtick, blanks.
WRAPPING = BLANKS[:-1] + "=''\"`'"


def bare(text: str) -> str:
    """SQL for a text without what wraps it; never null."""
    return f"trim(coalesce({text}, ''), {WRAPPING})"


def plain(text: str) -> str:
    """SQL for a text without blanks, tabs and backticks around it."""
    return f"trim({text}, E' \\t`')"


def number_text(layout: Layout, text: str) -> str:
    """A number without the layout's thousands, and with a decimal point."""
    if layout.decimal == ",":
        return f"replace(replace({plain(text)}, '.', ''), ',', '.')"
    return plain(text)


def numbers_of(members: list[ExportCandidate]) -> str:
    """SQL for the file numbers of candidates."""
    return "(" + ", ".join(str(one.file_no) for one in members) + ")"
