"""Dates in the usual form: `Sep 4, 2026 1:05:07 AM PDT` is `2026-09-04 01:05:07-07:00`."""

from ingest.cleaning import sql_text
from ingest.exports.layouts import Layout

# Zone words that one marketplace each writes; an hour off would move a day's money.
ZONES = {
    "PDT": "-07:00",
    "PST": "-08:00",
    "MDT": "-06:00",
    "MST": "-07:00",
    "CDT": "-05:00",
    "EDT": "-04:00",
    "EST": "-05:00",
    "GMT": "+00:00",
    "UTC": "+00:00",
    "BST": "+01:00",
    "CET": "+01:00",
    "CEST": "+02:00",
    "MEZ": "+01:00",
    "MESZ": "+02:00",
    "JST": "+09:00",
    "AEST": "+10:00",
    "AEDT": "+11:00",
}
HAS_OFFSET = r":\d\d(\.\d+)? ?(Z|[+-]\d\d:?\d\d)$"


def rewritten_time(layout: Layout, data_type: str, text: str) -> str:
    """SQL for a text in one of the layout's forms, year first; others stay as they are."""
    bare = f"trim({text}, E' \\t\"`''')"
    zone = f"regexp_extract({bare}, ' ([A-Z]{{3,4}})$', 1)"
    without_zone = f"regexp_replace({bare}, ' (?:{'|'.join(ZONES)})$', '')"
    if not layout.dates:
        return _with_zone(layout, text, text) if data_type == "timestamp" else text
    forms = ", ".join(sql_text(form) for form in layout.dates)
    moment = f"try_strptime({without_zone}, [{forms}])"
    if data_type == "date":
        return f"coalesce(strftime({moment}, '%Y-%m-%d'), {text})"
    offsets = " ".join(f"when '{name}' then '{offset}'" for name, offset in ZONES.items())
    written = f"strftime({moment}, '%Y-%m-%d %H:%M:%S') || coalesce(case {zone} {offsets} end, '')"
    return _with_zone(layout, f"coalesce({written}, {text})", text)


def _with_zone(layout: Layout, written: str, text: str) -> str:
    """With the offset of the layout's zone, where the text has none of its own."""
    if not layout.time_zone:
        return written
    if layout.time_zone == "UTC":
        offset = "'+00:00'"
        return (
            f"case when {written} is null or regexp_matches({written}, {sql_text(HAS_OFFSET)})"
            f" or not regexp_matches({written}, ':\\d\\d$') then {written}"
            f" else {written} || {offset} end"
        )
    zone = sql_text(layout.time_zone)
    moment = f"timezone({zone}, try_cast({written} as timestamp))"
    utc = f"strftime(timezone('UTC', {moment}), '%Y-%m-%d %H:%M:%S') || '+00:00'"
    return (
        f"case when regexp_matches({written}, {sql_text(HAS_OFFSET)}) then {written}"
        f" else coalesce({utc}, {written}) end"
    )
