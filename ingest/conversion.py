"""From text to the declared types: the same SQL for every file format.

Every function returns a SQL expression over another one; a value that does not fit gives null,
so a column is wrong exactly when its text is not null and its value is. Most texts are plain: one
test shows that they need no cleaning and fit; only the others go through all steps.
"""

from collections.abc import Callable

import duckdb

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
    """SQL for whether a text certainly needs no cleaning and can be cast as it is."""
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
    """The text without noise; null when nothing is left."""
    return f"case when {plain} then nullif({text}, '') else {cleaning.cleaned(column, text)} end"


def steps_of(column: Column, signs: NumberSigns) -> tuple[Callable[[str], str], ...]:
    """The steps for a cleaned text that is not plain, in order."""
    if column.is_number:
        return (
            lambda text: numbers.signed_text(column, text),
            lambda text: numbers.number_text(text, signs),
        )
    if column.data_type == "timestamp":
        return lambda text: times.spelled_out("timestamp", text), times.of_24_hours
    if column.data_type == "date":
        return (lambda text: times.spelled_out("date", text),)
    return ()


def value(column: Column, text: str, meanings: Meanings | None) -> str:
    """The value in the declared type, of a text after all steps."""
    if column.data_type == "varchar":
        if meanings is not None:
            return meanings.value(text)
        if column.holds == "text":
            return text
        word = f"coalesce({cleaning.meant(column, text)}, {text})" if column.means else text
        if column.one_of:
            return f"case when {cleaning.is_one_of(column, word)} then {word} end"
        return f"case when not {cleaning.is_spoiled(column, text)} then {word} end"
    if column.is_number:
        return numbers.number_of(column, text)
    return {"boolean": _boolean, "date": times.date_of, "timestamp": times.timestamp_of}[
        column.data_type
    ](text)


def problem(
    column: Column, text: str, converted: str, complaint: str | None, is_excused: str
) -> str | None:
    """The error of a column in a row; None when there can be none.

    The message starts with the column's name; `complaint` is its end for a text that does not fit.
    An excused row, such as a deleted one, may have an empty column or a word that the column does
    not allow.
    """
    name = literal(column.name + ": ")
    shown = f"'''' || left({text}, {SHOWN_CHARACTERS}) || ''''"
    branches = []
    if complaint is not None:
        fits_not = f"{text} is not null and {converted} is null"
        if column.one_of:
            fits_not += f" and not ({is_excused})"
        branches.append(f"when {fits_not} then {name} || {shown} || ({complaint})")
    if column.required:
        branches.append(f"when {text} is null and not ({is_excused}) then {name} || 'is empty'")
    return f"case {' '.join(branches)} end" if branches else None


def complaint_of(
    table: Table, column: Column, text: str, signs: NumberSigns, meanings: Meanings | None
) -> str | None:
    """SQL for the error message of a text that does not fit; None if every text fits."""
    if column.is_number:
        return numbers.complaint(table, column, text, signs)
    if column.data_type in ("date", "timestamp"):
        return times.complaint(column.data_type, text)
    if column.data_type == "boolean":
        return f"case {cleaning.spoiling_named(text)} else {literal(_noun(column))} end"
    if column.holds == "text":
        return None
    if meanings is not None:
        return meanings.complaint(text)
    return cleaning.lost_named(column, text)


def plain_columns(
    con: duckdb.DuckDBPyConnection, table: Table, texts: str, signs: NumberSigns
) -> frozenset[str]:
    """The columns whose texts are all plain: these need only a cast."""
    looks = ", ".join(
        f"coalesce(bool_and({is_plain(column, name, signs)} or {name} = ''), true)"
        for column, name in ((column, quoted(column.name)) for column in table.columns)
    )
    found = con.execute(f"select {looks} from {texts}").fetchone()
    named = zip(table.columns, found, strict=True)
    return frozenset(column.name for column, all_plain in named if all_plain)


def typed_select(
    table: Table,
    texts: str,
    signs: NumberSigns = CERTAIN,
    meanings: dict[str, Meanings] | None = None,
    plain: frozenset[str] = frozenset(),
) -> str:
    """Typed rows of a table of texts.

    `texts` has `_file_no`, `_line_number`, `_line_count`, `_problem`, `_problem_column` and every
    declared column as varchar; the result has these five, with the first wrong column and all
    errors, and the declared columns with their offsets. `meanings` are those of the columns
    that hold time zones or currencies; `plain` are the columns without any other text.
    """
    is_deleted = "false"
    if any(column.name == "is_deleted" for column in table.columns):
        is_deleted = 'coalesce("is_deleted value", false)'
    stages: list[list[str]] = [[] for _ in range(5)]
    complaints, columns = [], []
    for column in table.columns:
        name, converted = quoted(column.name), quoted(f"{column.name} value")
        columns.append(f"{converted} as {name}")
        meant = (meanings or {}).get(column.name)
        wrong = None
        if column.name in plain and meant is None:
            stages[1].append(f"nullif({name}, '') as {name}")
            stages[4].append(_plain_value(column, name, converted))
            wrong = literal(_noun(column)) if column.data_type != "varchar" else None
        else:
            _add_stages(column, signs, meant, stages)
            wrong = complaint_of(table, column, name, signs, meant)
        if column.data_type == "timestamp":
            columns.append(_offset_column(column, converted, column.name in plain))
        is_excused = "false" if column.name in table.key else is_deleted
        complaint = problem(column, name, converted, wrong, is_excused)
        if complaint is not None:
            complaints.append(complaint)
    complaints += [_too_large(*pair) for pair in table.products]
    complaints += _of_another_currency(table, plain)
    complaints += [_turned_round(*pair, plain) for pair in table.spans]
    header = header_again(table)
    looked_at, clean, first, second, values = (_listed(stage) for stage in stages)
    return f"""
    with looked_at as (
        select *, {looked_at} from {texts}
    ),
    cleaned as (
        select
            _file_no, _line_number, _line_count, _problem, _problem_column,
            {clean}
        from looked_at
    ),
    first_step as (
        select *, {first} from cleaned
    ),
    second_step as (
        select *, {second} from first_step
    ),
    converted as (
        select *, {values} from second_step
    ),
    judged as (
        select *, case {header} else nullif(
            concat_ws('; ', null, {_listed(complaints or ["null"])}), ''
        ) end as complaints
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


def _turned_round(first: str, last: str, plain: frozenset[str]) -> str:
    """The error if a later time precedes an earlier one; compared only with equal offsets."""
    times_of, offsets = [], []
    for name in (first, last):
        offset = "null" if name in plain else times.offset_minutes(quoted(f"{name} offset"))
        times_of.append(f"{quoted(name + ' value')} - to_minutes(coalesce({offset}, 0))")
        offsets.append(f"(({offset}) is null)")
    name, said = literal(f"{last}: '"), literal(f"' is before {first}, ")
    return (
        f"case when {offsets[0]} = {offsets[1]} and {times_of[1]} < {times_of[0]}"
        f" then {name} || {quoted(last)} || {said} || {quoted(first)} end"
    )


def _of_another_currency(table: Table, plain: frozenset[str]) -> list[str]:
    """The error if an amount has the sign of another currency than its row."""
    currency = next((one.name for one in table.columns if one.holds == "currency"), None)
    if currency is None:
        return []
    named = quoted(f"{currency} value")
    said = literal(f"' is of another currency than its row ({currency} ")
    amounts = {
        quoted(column.name): literal(f"{column.name}: '")
        for column in table.columns
        if column.decimal_size and column.name not in plain
    }
    return [
        f"case when {numbers.is_of_another_currency(text, named)}"
        f" then {name} || {text} || {said} || {named} || ')' end"
        for text, name in amounts.items()
    ]


def header_again(table: Table) -> str:
    """A `when` branch: the row repeats the header, as in a file appended to another one.

    Its key says so, or all of it where no column is the key.
    """
    shown = [column for column in table.columns if column.name in table.key] or table.columns
    if len(table.columns) == 1:
        return "when false then null"
    is_header = " and ".join(
        f"lower({quoted(column.name)}) in"
        f" ({', '.join(literal(name.lower()) for name in (column.name, *column.aliases))})"
        for column in shown
    )
    said = f"{shown[0].name}: '{shown[0].name}' is the header again"
    return f"when {is_header} then {literal(said)}"


def _too_large(one: str, other: str) -> str:
    """The error if the product of two numbers has more digits than an amount can have."""
    left, right = (quoted(f"{name} value") for name in (one, other))
    said = literal(f" times {other} ")
    return (
        f"case when abs(cast({left} as double) * {right}) > {10 * numbers.LARGEST_AMOUNT} then"
        f" {literal(one + ': ')} || {left} || {said} || {right}"
        f" || ' is more than any amount; are both in the right columns?' end"
    )


def _plain_value(column: Column, name: str, converted: str) -> str:
    if column.data_type == "varchar":
        return f"{name} as {converted}"
    return f"try_cast({name} as {column.data_type}) as {converted}"


def _add_stages(
    column: Column, signs: NumberSigns, meanings: Meanings | None, stages: list[list[str]]
) -> None:
    """Test, clean, two steps, value: each step only for texts that need it."""
    name, plain = quoted(column.name), quoted(f"{column.name} plain")
    stages[0].append(f"{is_plain(column, name, signs)} as {plain}")
    stages[1].append(f"{plain}, {cleaned(column, name, plain)} as {name}")
    text = name
    for number, step in enumerate(steps_of(column, signs), start=2):
        stepped = quoted(f"{column.name} step {number}")
        stages[number].append(f"case when {plain} then null else {step(text)} end as {stepped}")
        text = stepped
    other = value(column, text, meanings)
    quick = f"when {plain} then try_cast({name} as {column.data_type})"
    if meanings is None and (column.data_type != "varchar" or column.holds != "text"):
        other = f"case {quick} else {other} end"
    stages[4].append(f"{other} as {quoted(f'{column.name} value')}")
    if column.data_type == "timestamp":
        offset = quoted(f"{column.name} offset")
        stages[4].append(
            f"case when {plain} then null else {times.offset_text(name)} end as {offset}"
        )


def _offset_column(column: Column, converted: str, is_plain: bool) -> str:
    name = quoted(f"{column.name}_offset_minutes")
    if is_plain:
        return f"cast(null as smallint) as {name}"
    minutes = times.offset_minutes(quoted(f"{column.name} offset"))
    return f"case when {converted} is not null then {minutes} end as {name}"


def _noun(column: Column) -> str:
    """The end of the error message about a text of a plain column."""
    if column.is_number:
        return numbers.noun(column)
    if column.data_type == "boolean":
        return " is not a boolean (true or false, 1 or 0, yes or no)"
    return times.noun(column.data_type)


def _listed(expressions: list[str]) -> str:
    """A list for a select; a constant if it is empty, so that the select stays valid."""
    if not expressions:
        return "null as nothing"
    return ",\n            ".join(expressions)


def _boolean(text: str) -> str:
    lower = f"lower({text})"
    return (
        f"case when {lower} in {TRUE_WORDS} then true when {lower} in {FALSE_WORDS} then false end"
    )
