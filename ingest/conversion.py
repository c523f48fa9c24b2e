"""From text to the declared types: the same SQL for every file format.

Every function returns a SQL expression over another one; a value that does not fit gives null,
so a column is wrong exactly when its text is not null and its value is.
"""

from ingest.declarations import Column, Table

SHOWN_CHARACTERS = 80

# Exports quote ids so that spreadsheets leave them alone: ="0012", a leading ' or a leading tab.
BLANKS = "' \t\n\x0b\x0c\r\xa0\u3000\ufeff'"
BLANK_CLASS = r"\s\x{0B}\x{A0}\x{3000}\x{FEFF}"
NEEDS_CLEANING = rf"^[{BLANK_CLASS}''=]|[{BLANK_CLASS}]$"
EXPORT_QUOTING = rf"(?s)^(?:=\"[{BLANK_CLASS}]*(.*?)[{BLANK_CLASS}]*\"|''([^''\s]*[0-9][^''\s]*))$"
NUMBER = r"[+-]?([0-9]+(\.[0-9]*)?|\.[0-9]+)([eE][+-]?[0-9]{1,3})?"
THOUSANDS = r"[+-]?[0-9]{1,3}(,[0-9]{3})+(\.[0-9]*)?"
TRUE_WORDS = "('true', 't', '1', 'yes', 'y', '是')"
FALSE_WORDS = "('false', 'f', '0', 'no', 'n', '否')"
# Another year is a slip of the pen or a system's word for "never", and tables with a row per day
# would grow to it. People are born before their shops' clocks started.
YEAR_OF_DATE = r"(19\d\d|20\d\d|2100)"
YEAR_OF_TIME = r"(19[7-9]\d|20\d\d|2100)"
MONTH_AND_DAY = r"[-/.](\d{1,2})[-/.](\d{1,2})"
DATE, DATE_OF_TIME = YEAR_OF_DATE + MONTH_AND_DAY, YEAR_OF_TIME + MONTH_AND_DAY
TIME = r"([01]?\d|2[0-3]):[0-5]\d(:[0-5]\d(\.\d{1,9})?)?"
OFFSET = r"(Z|[+-](0\d|1[0-8])(:?[0-5]\d)?)"
MIDNIGHT = r"0?0:00(:00(\.0{1,9})?)?"
PLAIN_TIMESTAMP = YEAR_OF_TIME + r"-\d\d-\d\d[ T]([01]\d|2[0-3]):[0-5]\d:[0-5]\d"


def quoted(name: str) -> str:
    """A SQL identifier."""
    return '"' + name.replace('"', '""') + '"'


def literal(text: str) -> str:
    """A SQL string."""
    return "'" + text.replace("'", "''") + "'"


def cleaned(text: str) -> str:
    """Without blanks around it and without an export's quoting; null when nothing is left."""
    trimmed = f"trim({text}, {BLANKS})"
    return f"""nullif(case
        when not regexp_matches({text}, '{NEEDS_CLEANING}') then {text}
        else regexp_replace({trimmed}, '{EXPORT_QUOTING}', '\\1\\2')
    end, '')"""


def value(column: Column, text: str) -> str:
    """The declared type's value of a cleaned text."""
    if column.decimal_size:
        return _decimal(text, *column.decimal_size)
    return {
        "varchar": lambda: text,
        "integer": lambda: _whole(text, "integer"),
        "bigint": lambda: _whole(text, "bigint"),
        "double": lambda: _double(text),
        "boolean": lambda: _boolean(text),
        "date": lambda: _date(text),
        "timestamp": lambda: _timestamp(text),
    }[column.data_type]()


def offset_text(text: str) -> str:
    """The offset that a timestamp's text ends with, such as +0800; empty or null without one."""
    return f"""case when length({text}) > 15 or ends_with({text}, 'Z')
        then regexp_extract({text}, ':\\d\\d[.\\d]* *{OFFSET}$', 1) end"""


def offset_minutes(offset: str) -> str:
    """Minutes east of UTC of an offset's text; null for an empty one."""
    digits = f"replace({offset}, ':', '')"
    return f"""case
        when {offset} = 'Z' then 0
        when {offset} <> '' then
            (case when {offset}[1] = '-' then -1 else 1 end) * (
                cast({digits}[2:3] as smallint) * 60
                + cast(coalesce(nullif({digits}[4:5], ''), '0') as smallint)
            )
    end::smallint"""


def problem(column: Column, text: str, converted: str, is_deleted: str, is_key: bool) -> str | None:
    """What is wrong with a column of a row; None when nothing can be.

    The complaint starts with the column's name; a deleted row needs only its key.
    """
    name = literal(column.name + ": ")
    shown = f"'''' || left({text}, {SHOWN_CHARACTERS}) || ''''"
    branches = []
    if column.data_type != "varchar":
        branches.append(
            f"when {text} is not null and {converted} is null"
            f" then {name} || {shown} || {literal(_complaint(column))}"
        )
    if column.required:
        excused = "" if is_key else f" and not {is_deleted}"
        branches.append(f"when {text} is null{excused} then {name} || 'is empty'")
    return f"case {' '.join(branches)} end" if branches else None


def typed_select(table: Table, texts: str) -> str:
    """Typed rows of a table of texts.

    `texts` has `_file_no`, `_line_number`, `_line_count`, `_problem`, `_problem_column` and every
    declared column as varchar; the result has these five, with the first wrong column and all
    complaints, and the declared columns with their offsets.
    """
    is_deleted = "false"
    if any(column.name == "is_deleted" for column in table.columns):
        is_deleted = 'coalesce("is_deleted value", false)'
    clean, offsets, values, complaints, columns = [], [], [], [], []
    for column in table.columns:
        name = quoted(column.name)
        converted = quoted(f"{column.name} value")
        clean.append(f"{cleaned(name)} as {name}")
        values.append(f"{value(column, name)} as {converted}")
        columns.append(f"{converted} as {name}")
        if column.data_type == "timestamp":
            offset = quoted(f"{column.name} offset")
            offsets.append(f"{offset_text(name)} as {offset}")
            columns.append(
                f"case when {converted} is not null then {offset_minutes(offset)} end"
                f" as {quoted(f'{column.name}_offset_minutes')}"
            )
        is_key = column.name in table.key
        complaint = problem(column, name, converted, is_deleted, is_key)
        if complaint is not None:
            complaints.append(complaint)
    return f"""
    with cleaned as (
        select
            _file_no, _line_number, _line_count, _problem, _problem_column,
            {_listed(clean)}
        from {texts}
    ),
    converted as (
        select *, {_listed(values + offsets)} from cleaned
    ),
    judged as (
        select *, nullif(concat_ws('; ', null, {_listed(complaints)}), '') as complaints
        from converted
    )
    select
        _file_no, _line_number, _line_count,
        coalesce(_problem, complaints) as _problem,
        case when _problem is null then split_part(complaints, ': ', 1) else _problem_column end
            as _problem_column,
        {_listed(columns)}
    from judged
    """


def _listed(expressions: list[str]) -> str:
    return ",\n            ".join(expressions)


def _number_text(text: str) -> str:
    """Digits without well-formed thousands separators; null when it is not a number."""
    return f"""case
        when regexp_full_match({text}, '{NUMBER}') then {text}
        when regexp_full_match({text}, '{THOUSANDS}') then replace({text}, ',', '')
    end"""


def _without_currency(text: str) -> str:
    return f"""regexp_replace(
        regexp_replace({text}, '^([+-]?) *[¥￥$] *', '\\1'), ' *元$', '')"""


def _whole(text: str, data_type: str) -> str:
    digits = f"regexp_extract(replace({text}, ',', ''), '^[+-]?[0-9]+')"
    return f"""case
        when regexp_full_match({text}, '-?[0-9]+') then try_cast({text} as {data_type})
        when regexp_full_match({text}, '[+-]?[0-9]+(\\.0*)?')
            or regexp_full_match({text}, '[+-]?[0-9]{{1,3}}(,[0-9]{{3}})+(\\.0*)?')
            then try_cast({digits} as {data_type})
    end"""


def _decimal(text: str, precision: int, scale: int) -> str:
    """Rounded half up only where two more decimals round to the same: 19.990000000000002."""
    exact = rf"[+-]?[0-9]+(\.[0-9]{{0,{scale}}})?"
    wide = f"try_cast({_number_text(_without_currency(text))} as decimal(38, {scale + 8}))"
    return f"""case
        when regexp_full_match({text}, '{exact}')
            then try_cast({text} as decimal({precision}, {scale}))
        when round({wide}, {scale + 2}) = round({wide}, {scale})
            then try_cast(round({wide}, {scale}) as decimal({precision}, {scale}))
    end"""


def _double(text: str) -> str:
    number = f"try_cast({_number_text(text)} as double)"
    return f"case when isfinite({number}) then {number} end"


def _boolean(text: str) -> str:
    lower = f"lower({text})"
    return (
        f"case when {lower} in {TRUE_WORDS} then true when {lower} in {FALSE_WORDS} then false end"
    )


def _date(text: str) -> str:
    return f"""case
        when regexp_full_match({text}, '{YEAR_OF_DATE}-\\d\\d-\\d\\d') then try_cast({text} as date)
        when regexp_full_match({text}, '{YEAR_OF_DATE}\\d{{4}}')
            then try_cast({text}[1:4] || '-' || {text}[5:6] || '-' || {text}[7:8] as date)
        when regexp_full_match({text}, '{DATE}([T ]{MIDNIGHT} *{OFFSET}?)?')
            then try_cast(regexp_replace({text}, '^{DATE}.*$', '\\1-\\2-\\3') as date)
    end"""


def _timestamp(text: str) -> str:
    """The wall clock as written; an offset is read apart."""
    dashed = f"regexp_replace({text}, '^{DATE_OF_TIME}', '\\1-\\2-\\3')"
    wall_clock = f"regexp_replace({dashed}, '(:\\d\\d[.\\d]*) *{OFFSET}$', '\\1')"
    return f"""case
        when length({text}) = 19 and regexp_full_match({text}, '{PLAIN_TIMESTAMP}')
            then try_cast({text} as timestamp)
        when regexp_full_match({text}, '{DATE_OF_TIME}([T ]{TIME} *{OFFSET}?)?')
            then try_cast({wall_clock} as timestamp)
    end"""


def _complaint(column: Column) -> str:
    """The rest of the sentence that begins with the column and its text."""
    if column.decimal_size:
        precision, scale = column.decimal_size
        return f" is not a number of at most {precision - scale} digits and {scale} decimals"
    nouns = {
        "integer": "an integer",
        "bigint": "an integer",
        "double": "a number",
        "boolean": "a boolean (true or false, 1 or 0, yes or no)",
        "date": "a date of 1900 to 2100 (such as 2024-01-31)",
        "timestamp": "a time of 1970 to 2100 (such as 2024-01-31 08:30:00)",
    }
    return f" is not {nouns[column.data_type]}"
