"""Dates and times as people and programs write them: SQL from a cleaned text to the value."""

from ingest.cleaning import spoiling_named

# Another year is a typo or a system's value for "never", and tables with a row per day would
# extend to it. Dates begin earlier than times because of birthdays.
YEAR_OF_DATE = r"(19\d\d|20\d\d|2100)"
YEAR_OF_TIME = r"(19[7-9]\d|20\d\d|2100)"
MONTH_AND_DAY = r"[-/.](\d{1,2})[-/.](\d{1,2})"
DATE, DATE_OF_TIME = YEAR_OF_DATE + MONTH_AND_DAY, YEAR_OF_TIME + MONTH_AND_DAY
TIME = r"([01]?\d|2[0-3]):[0-5]\d(:[0-5]\d(\.\d{1,9})?)?"
OFFSET = r"(Z|UTC|GMT|[+-](0\d|1[0-8])(:?[0-5]\d)?)"
MIDNIGHT = r"0?0:00(:00(\.0{1,9})?)?"
PLAIN_DATE = YEAR_OF_DATE + r"-\d\d-\d\d"
# A plain time is never a system's zero: cleaning.ZERO_TIME.
PLAIN_TIMESTAMP = r"(19[89]\d|20\d\d|2100)-\d\d-\d\d[ T]([01]\d|2[0-3]):[0-5]\d:[0-5]\d"
EXAMPLES = {"date": "2024-01-31", "timestamp": "2024-01-31 08:30:00"}
# 2024-11-05 3:04 PM, 2024-11-05 下午3:04.
_DAY = r"\d{4}[-/.]\d{1,2}[-/.]\d{1,2}"
_CLOCK = r"\d{1,2}:[0-5]\d(?::[0-5]\d(?:\.\d{1,9})?)?"
_HALF = r"(?:上午|下午|(?i:[ap]\.?m\.?))"
TWELVE_HOURS = rf"{_DAY}[ T]+(?:{_HALF} *{_CLOCK}|{_CLOCK} *{_HALF})"


def is_plain_date(text: str) -> str:
    """SQL for whether a text is a date as programs write it."""
    return f"regexp_full_match({text}, '{PLAIN_DATE}')"


def is_plain_timestamp(text: str) -> str:
    """SQL for whether a text is a time as programs write it, without an offset."""
    return f"length({text}) = 19 and regexp_full_match({text}, '{PLAIN_TIMESTAMP}')"


def spelled_out(data_type: str, text: str) -> str:
    """2024年1月5日 8时30分, 20240105 and 20240105083000 with dashes and colons."""
    year = YEAR_OF_DATE if data_type == "date" else YEAR_OF_TIME
    steps = (
        (rf"^{year} *年 *(\d{{1,2}}) *月 *(\d{{1,2}}) *[日号]?[ T]*", r"\1-\2-\3 "),
        (r"(\d{1,2})[时点](\d{1,2})分(\d{1,2})秒$", r"\1:\2:\3"),
        (r"(\d{1,2})[时点](\d{1,2})分$", r"\1:\2"),
        (rf"^{year}(\d\d)(\d\d)[T ]?(\d\d)(\d\d)(\d\d)$", r"\1-\2-\3 \4:\5:\6"),
        (rf"^{year}(\d\d)(\d\d)$", r"\1-\2-\3"),
    )
    for pattern, written in steps:
        text = f"regexp_replace({text}, '{pattern}', '{written}')"
    return f"rtrim({text})"


def of_24_hours(text: str) -> str:
    """With a 24-hour clock instead of AM and PM; null if hour and AM or PM contradict."""
    hour = f"cast(regexp_extract({text}, '(\\d{{1,2}}):', 1) as integer)"
    afternoon = f"regexp_matches({text}, '下午|[pP]')"
    hour_of_24 = f"""case
        when {hour} = 12 then case when {afternoon} then 12 else 0 end
        when {hour} between 1 and 11 then {hour} + case when {afternoon} then 12 else 0 end
        when {hour} between 13 and 23 and regexp_matches({text}, '下午') then {hour}
    end"""
    minutes = f"regexp_extract({text}, '\\d{{1,2}}(:[\\d:.]*\\d)', 1)"
    return f"""case when regexp_full_match({text}, '{TWELVE_HOURS}')
        then regexp_extract({text}, '^{_DAY}') || ' ' || ({hour_of_24}) || {minutes}
        else {text} end"""


def date_of(text: str) -> str:
    """The date of a text that is spelled out; a time of day is accepted at midnight only."""
    return f"""case
        when regexp_full_match({text}, '{DATE}([T ]{MIDNIGHT} *{OFFSET}?)?')
            then try_cast(regexp_replace({text}, '^{DATE}.*$', '\\1-\\2-\\3') as date)
    end"""


def timestamp_of(text: str) -> str:
    """The wall clock of a text that is spelled out; an offset is read apart."""
    dashed = f"regexp_replace({text}, '^{DATE_OF_TIME}', '\\1-\\2-\\3')"
    wall_clock = f"regexp_replace({dashed}, '(:\\d\\d[.\\d]*) *{OFFSET}$', '\\1')"
    return f"""case
        when regexp_full_match({text}, '{DATE_OF_TIME}([T ]{TIME} *{OFFSET}?)?')
            then try_cast({wall_clock} as timestamp)
    end"""


def offset_text(text: str) -> str:
    """The offset that a timestamp's text ends with, such as +0800; empty or null without one."""
    return f"""case when length({text}) > 15 or ends_with({text}, 'Z')
        then regexp_extract({text}, ':\\d\\d[.\\d]* *{OFFSET}$', 1) end"""


def offset_minutes(offset: str) -> str:
    """Minutes east of UTC of an offset's text; null for an empty one."""
    digits = f"replace({offset}, ':', '')"
    return f"""case
        when {offset} in ('Z', 'UTC', 'GMT') then 0
        when {offset} <> '' then
            (case when {offset}[1] = '-' then -1 else 1 end) * (
                cast({digits}[2:3] as smallint) * 60
                + cast(coalesce(nullif({digits}[4:5], ''), '0') as smallint)
            )
    end::smallint"""


def noun(data_type: str) -> str:
    """The end of the error message about a text that is not a date or time."""
    kind = "a date of 1900 to 2100" if data_type == "date" else "a time of 1970 to 2100"
    return f" is not {kind} (such as {EXAMPLES[data_type]})"


def complaint(data_type: str, text: str) -> str:
    """SQL for the end of the message that begins with the column and its text."""
    example = EXAMPLES[data_type]
    instants = "".join(
        f" when regexp_full_match({text}, '{pattern}') then ' looks like Unix {unit} ('"
        f" || strftime(make_timestamp({microseconds}), '%Y-%m-%d %H:%M:%S')"
        f" || ' UTC); export it as a time such as {example}'"
        for unit, pattern, microseconds in (
            ("seconds", r"1\d{9}(\.\d+)?", f"cast({text}[1:10] as bigint) * 1000000"),
            ("milliseconds", r"1\d{12}(\.\d+)?", f"cast({text}[1:13] as bigint) * 1000"),
            ("microseconds", r"1\d{15}", f"cast({text} as bigint)"),
        )
    )
    return f"""case {spoiling_named(text)} {instants}
        when regexp_full_match({text}, '[1-9]\\d{{4}}(\\.\\d+)?')
            then ' is the number that a spreadsheet keeps for a day;'
                || ' format the column as a date and export again'
        when regexp_full_match({text}, '\\d{{1,2}}[-/.]\\d{{1,2}}[-/.](\\d\\d|\\d{{4}})([ T].*)?')
            then ' does not say which number is the day and which the month;'
                || ' write the year first, such as {example}'
        when regexp_matches({text}, '[ T]24:00(:00)?(\\.0+)?$')
            then ' is the end of a day; write 00:00:00 of the next one'
        when regexp_matches({text}, '\\d *[A-Z]{{3,4}}$')
            then ' names a time zone that several places use; write the offset, such as +08:00'
        else '{noun(data_type)}'
    end"""
