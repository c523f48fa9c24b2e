"""From text to the declared types: the same SQL for every file format.

Every function returns a SQL expression over another one; a value that does not fit gives null,
so a column is wrong exactly when its text is not null and its value is. Most texts are plain: one
look says that they need no cleaning and fit, and only the others go the long way.
"""

from ingest import cleaning, numbers, times
from ingest.cleaning import sql_text
from ingest.declarations import Column, Table
from ingest.named_values import Meanings
from ingest.numbers import CERTAIN, NumberSigns

SHOWN_CHARACTERS = 80
TRUE_WORDS = "('true', 't', '1', 'yes', 'y', '是')"
FALSE_WORDS = "('false', 'f', '0', 'no', 'n', '否')"


def quoted(name: str) -> str:
    """A SQL identifier."""
    return '"' + name.replace('"', '""') + '"'


def literal(text: str) -> str:
    """A SQL string."""
    return sql_text(text)


def is_plain(column: Column, text: str, signs: NumberSigns = CERTAIN) -> str:
    """SQL for whether a text surely needs no cleaning and can be cast as it stands."""
    if column.is_number:
        return numbers.is_plain(column, text, signs)
    if column.data_type == "timestamp":
        return times.is_plain_timestamp(text)
    if column.data_type == "date":
        return times.is_plain_date(text)
    if column.data_type == "boolean":
        return f"{text} in ('true', 'false')"
    return cleaning.is_clean(column, text)


def cleaned(column: Column, text: str, plain: str) -> str:
    """The text without what does not belong to it; null when nothing is left."""
    clean = f"case when {plain} then nullif({text}, '') else {cleaning.cleaned(column, text)} end"
    for word in column.empty_words:
        clean = f"nullif({clean}, {sql_text(word)})"
    return clean


def value(
    column: Column,
    text: str,
    plain: str,
    signs: NumberSigns = CERTAIN,
    meanings: Meanings | None = None,
) -> str:
    """The declared type's value of a cleaned text."""
    if column.data_type == "varchar":
        if column.holds == "text":
            return text
        if meanings is not None:
            return meanings.value(text)
        return (
            f"case when {plain} then {text}"
            f" when not {cleaning.is_spoiled(column, text)} then {text} end"
        )
    if column.is_number:
        other = numbers.number(column, text, signs)
    else:
        other = {
            "boolean": lambda: _boolean(text),
            "date": lambda: times.date_of(text),
            "timestamp": lambda: times.timestamp_of(text),
        }[column.data_type]()
    return f"case when {plain} then try_cast({text} as {column.data_type}) else {other} end"


def problem(
    column: Column, text: str, converted: str, complaint: str | None, is_excused: str
) -> str | None:
    """What is wrong with a column of a row; None when nothing can be.

    The sentence starts with the column's name; `complaint` is the end of the one about a text that
    does not fit. A row that is excused, as a deleted one is, may leave the column empty.
    """
    name = literal(column.name + ": ")
    shown = f"'''' || left({text}, {SHOWN_CHARACTERS}) || ''''"
    branches = []
    if complaint is not None:
        branches.append(
            f"when {text} is not null and {converted} is null"
            f" then {name} || {shown} || ({complaint})"
        )
    if column.required:
        branches.append(f"when {text} is null and not ({is_excused}) then {name} || 'is empty'")
    return f"case {' '.join(branches)} end" if branches else None


def complaint_of(
    table: Table, column: Column, text: str, signs: NumberSigns, meanings: Meanings | None
) -> str | None:
    """SQL for what is said of a text that does not fit; None where every text does."""
    if column.is_number:
        return numbers.complaint(table, column, text, signs)
    if column.data_type in ("date", "timestamp"):
        return times.complaint(column.data_type, text)
    if column.data_type == "boolean":
        noun = "a boolean (true or false, 1 or 0, yes or no)"
        return f"case {cleaning.spoiling_named(text)} else ' is not {noun}' end"
    if column.holds == "text":
        return None
    if meanings is not None:
        return meanings.complaint(text)
    return f"case {cleaning.spoiling_named(text)} else {cleaning.shortened_named()} end"


def typed_select(
    table: Table,
    texts: str,
    signs: NumberSigns = CERTAIN,
    meanings: dict[str, Meanings] | None = None,
) -> str:
    """Typed rows of a table of texts.

    `texts` has `_file_no`, `_line_number`, `_line_count`, `_problem`, `_problem_column` and every
    declared column as varchar; the result has these five, with the first wrong column and all
    complaints, and the declared columns with their offsets. `meanings` are those of the columns
    that hold time zones or currencies.
    """
    is_deleted = "false"
    if any(column.name == "is_deleted" for column in table.columns):
        is_deleted = 'coalesce("is_deleted value", false)'
    plains, clean, values, complaints, columns = [], [], [], [], []
    for column in table.columns:
        name = quoted(column.name)
        converted, plain = quoted(f"{column.name} value"), quoted(f"{column.name} plain")
        meant = (meanings or {}).get(column.name)
        plains.append(f"{is_plain(column, name, signs)} as {plain}")
        clean.append(f"{plain}, {cleaned(column, name, plain)} as {name}")
        values.append(f"{value(column, name, plain, signs, meant)} as {converted}")
        columns.append(f"{converted} as {name}")
        if column.data_type == "timestamp":
            offset = quoted(f"{column.name} offset")
            values.append(f"case when not {plain} then {times.offset_text(name)} end as {offset}")
            columns.append(
                f"case when {converted} is not null then {times.offset_minutes(offset)} end"
                f" as {quoted(f'{column.name}_offset_minutes')}"
            )
        wrong = complaint_of(table, column, name, signs, meant)
        is_excused = "false" if column.name in table.key else is_deleted
        complaint = problem(column, name, converted, wrong, is_excused)
        if complaint is not None:
            complaints.append(complaint)
    return f"""
    with looked_at as (
        select *, {_listed(plains)} from {texts}
    ),
    cleaned as (
        select
            _file_no, _line_number, _line_count, _problem, _problem_column,
            {_listed(clean)}
        from looked_at
    ),
    converted as (
        select *, {_listed(values)} from cleaned
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


def _boolean(text: str) -> str:
    lower = f"lower({text})"
    return (
        f"case when {lower} in {TRUE_WORDS} then true when {lower} in {FALSE_WORDS} then false end"
    )
