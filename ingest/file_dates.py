"""The day in a file's name: a run up to a day skips later files."""

import re
from datetime import date

# 2024-07-05, 2024_07_05, 2024/07/05 (folders), 20240705, 20240705T031500, 20240705031500.
DAY = re.compile(
    r"(?<!\d)((?:19|20)\d{2})(?P<separator>[-_./]?)(\d{2})(?P=separator)(\d{2})"
    r"(?=\D|$|\d{4}(?!\d)|\d{6}(?!\d))"
)
# 2024-07 and no day after it. Without a separator it could be any number: no date then.
MONTH = re.compile(r"(?<!\d)((?:19|20)\d{2})[-_./](\d{2})(?![-_./]?\d)")


def day_in_name(name: str) -> date | None:
    """The day of a file, by its path relative to the landing folder; None when it names none.

    The last of several days (a span is complete when its last day is), the first day of a month
    (the file of the current month grows, and lands again as it grows).
    """
    days = [_day(match[1], match[3], match[4]) for match in DAY.finditer(name)]
    if not any(days):
        days = [_day(match[1], match[2], "01") for match in MONTH.finditer(name)]
    return max((day for day in days if day is not None), default=None)


def _day(year: str, month: str, day: str) -> date | None:
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None
