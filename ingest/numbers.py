"""Numbers as people and programs write them: SQL from a cleaned text to a number.

A sign that may separate thousands or decimals is read only if it is certain: `NumberSigns`
lists the files in which it is not.
"""

from dataclasses import dataclass, replace

from ingest.cleaning import spoiling_named, sql_text
from ingest.declarations import Column, Table

# No small brand has larger amounts: a larger number is an article number, a time or a phone.
LARGEST_AMOUNT = 10**12
NUMBER = r"[+-]?([0-9]+(\.[0-9]*)?|\.[0-9]+)([eE][+-]?[0-9]{1,3})?"
THOUSANDS = r"[+-]?[1-9][0-9]{0,2}(,[0-9]{3})+(\.[0-9]*)?"
WITH_DECIMAL_COMMA = r"[+-]?([1-9][0-9]{0,2}(\.[0-9]{3})+|[0-9]+)(,[0-9]*)?"
ONE_COMMA_GROUP = r"[+-]?[1-9][0-9]{0,2},[0-9]{3}"
ONE_POINT_GROUP = r"[+-]?[1-9][0-9]{0,2}\.[0-9]{3}"

_CURRENCY = (
    r"(?:(?:US|HK|NT|AU|CA|SG|R)?\$|[¥€£₩₹]|元|人民币"
    r"|(?i:CNY|RMB|USD|EUR|GBP|HKD|JPY|TWD|MOP|SGD|AUD|CAD|KRW|INR|BRL))"
)
# The currencies that an amount's sign may mean; any other sign is ignored.
_DOLLARS = ("USD", "HKD", "TWD", "MOP", "SGD", "AUD", "CAD", "NZD", "MXN", "BRL")
_MEANT = (
    ("US[$]|USD", ("USD",)),
    ("HK[$]|HKD", ("HKD",)),
    ("NT[$]|TWD", ("TWD",)),
    ("AU[$]|AUD", ("AUD",)),
    ("CA[$]|CAD", ("CAD",)),
    ("SG[$]|SGD", ("SGD",)),
    ("R[$]|BRL", ("BRL",)),
    ("[$]", _DOLLARS),
    ("MOP", ("MOP",)),
    ("元|人民币|CNY|RMB", ("CNY",)),
    ("JPY", ("JPY",)),
    ("¥", ("CNY", "JPY")),
    ("€|EUR", ("EUR",)),
    ("£|GBP", ("GBP",)),
    ("₩|KRW", ("KRW",)),
    ("₹|INR", ("INR",)),
)
_DIGITS = r"([0-9][0-9.,]*(?:[eE][+-]?[0-9]{1,3})?|\.[0-9]+)"


def _signed(currency: str) -> tuple[tuple[str, str], ...]:
    """Patterns of a whole text, and the plain number that each gives."""
    return (
        (rf"([+-]?) *{currency} *([+-]?) *{_DIGITS} *{currency}", r"\1\2\3"),
        (rf"{currency} *{_DIGITS} *{currency} *-", r"-\1"),
        (rf"{currency} *\( *{currency} *{_DIGITS} *{currency} *\) *{currency}", r"-\1"),
    )


_SIGNED_AMOUNT = _signed(_CURRENCY + "?")
_SIGNED = _signed("")


@dataclass(frozen=True)
class NumberSigns:
    """Files by number: with a declared decimal comma, and where one group of digits is doubtful."""

    decimal_comma: frozenset[int] = frozenset()
    doubtful_comma: frozenset[int] = frozenset()
    doubtful_point: frozenset[int] = frozenset()


CERTAIN = NumberSigns()


def is_plain(column: Column, text: str, signs: NumberSigns = CERTAIN) -> str:
    """SQL for whether a text is an unambiguous number as programs write it."""
    pattern = r"[+-]?[0-9]+(\.[0-9]+)?"
    if column.decimal_size:
        # Longer ones may be larger than any amount.
        pattern = rf"[+-]?[0-9]{{1,12}}(\.[0-9]{{0,{column.decimal_size[1]}}})?"
    elif column.data_type != "double":
        pattern = "-?[0-9]+"
    condition = f"regexp_full_match({text}, '{pattern}')"
    if column.between:
        condition += f" and {_is_between(column, f'try_cast({text} as double)')}"
    if signs.decimal_comma:
        condition += f" and not ({_in(signs.decimal_comma)} and contains({text}, '.'))"
    if signs.doubtful_point:
        condition += (
            f" and not ({_in(signs.doubtful_point)}"
            f" and regexp_full_match({text}, '{ONE_POINT_GROUP}'))"
        )
    return condition


def number_of(column: Column, digits: str) -> str:
    """The value in the declared type, from `number_text`; null when it does not fit."""
    if column.between:
        value = number_of(replace(column, between=None), digits)
        return f"case when {_is_between(column, f'({value})')} then {value} end"
    if column.decimal_size:
        return _decimal(digits, *column.decimal_size)
    if column.data_type == "double":
        return f"case when isfinite(try_cast({digits} as double)) then cast({digits} as double) end"
    return f"""case when regexp_full_match({digits}, '[+-]?[0-9]+(\\.0*)?')
        then try_cast(regexp_extract({digits}, '^[+-]?[0-9]+') as {column.data_type}) end"""


def _is_between(column: Column, number: str) -> str:
    low, high = column.between
    bounds = [f"{number} >= {low}"] * (low is not None) + [f"{number} <= {high}"] * (
        high is not None
    )
    return f"coalesce({' and '.join(bounds)}, false)"


def signed_text(column: Column, text: str) -> str:
    """The number alone: without the rest of `¥12.50`, `12.50 元`, `12.50-` and `(12.50)`."""
    patterns = _SIGNED_AMOUNT if column.decimal_size else _SIGNED
    branches = " ".join(
        f"when regexp_full_match({text}, '{pattern}')"
        f" then regexp_replace({text}, '^{pattern}$', '{plain}')"
        for pattern, plain in patterns
    )
    return f"case {branches} else {text} end"


def is_of_another_currency(text: str, currency: str) -> str:
    """SQL for whether an amount's text has the sign of another currency than its row names."""
    branches = " ".join(
        f"when regexp_matches(upper({text}), '{sign}')"
        f" then {currency} not in ({', '.join(map(sql_text, meant))})"
        for sign, meant in _MEANT
    )
    return f"""(
        {currency} is not null and {text} is not null
        and not regexp_full_match({text}, '[0-9 .,()eE+-]*')
        and case {branches} else false end
    )"""


def number_text(text: str, signs: NumberSigns) -> str:
    """Digits with a decimal point, without thousands separators; null if it is not a number."""
    branches = []
    if signs.decimal_comma:
        branches.append(
            f"when {_in(signs.decimal_comma)} then"
            f" case when regexp_full_match({text}, '{WITH_DECIMAL_COMMA}')"
            f" then replace(replace({text}, '.', ''), ',', '.') end"
        )
    for files, pattern in (
        (signs.doubtful_comma, ONE_COMMA_GROUP),
        (signs.doubtful_point, ONE_POINT_GROUP),
    ):
        if files:
            branches.append(
                f"when {_in(files)} and regexp_full_match({text}, '{pattern}') then null"
            )
    return f"""case
        {" ".join(branches)}
        when regexp_full_match({text}, '{NUMBER}') then {text}
        when regexp_full_match({text}, '{THOUSANDS}') then replace({text}, ',', '')
    end"""


def _decimal(digits: str, precision: int, scale: int) -> str:
    """Rounded half up only where two more decimals round to the same: 19.990000000000002."""
    wide = f"try_cast({digits} as decimal(38, {scale + 8}))"
    return f"""case
        when abs({wide}) > {LARGEST_AMOUNT} then null
        when round({wide}, {scale + 2}) = round({wide}, {scale})
            then try_cast(round({wide}, {scale}) as decimal({precision}, {scale}))
    end"""


def complaint(table: Table | None, column: Column, text: str, signs: NumberSigns = CERTAIN) -> str:
    """SQL for the end of the message that begins with the column and its text."""
    where = f"for {table.name} in {table.declared_in}" if table else "for its table"
    doubtful = ""
    for files, pattern in (
        (signs.doubtful_comma, ONE_COMMA_GROUP),
        (signs.doubtful_point, ONE_POINT_GROUP),
    ):
        if files:
            said = (
                " may be a number of thousands or one with three decimals, and the file does not"
                ' say which; declare meta: {decimal: ","} or meta: {decimal: "."} ' + where
            )
            doubtful += (
                f" when {_in(files)}"
                f" and regexp_matches({text}, '(^|[^0-9.,]){pattern[5:]}[^0-9.,]*$')"
                f" then {sql_text(said)}"
            )
    comma = (
        " has a comma that is not a thousands separator; if it is a decimal comma, declare"
        ' meta: {decimal: ","} ' + where + ", otherwise write it as 1234.50"
    )
    points = (
        ' has points that separate thousands; declare meta: {decimal: ","} '
        + where
        + ", or write it as 1234567.50"
    )
    declared = " does not fit the declared decimal comma (1.234,50)"
    if signs.decimal_comma:
        doubtful += (
            f" when {_in(signs.decimal_comma)} and regexp_matches({text}, '[0-9][.][0-9]')"
            f" then {sql_text(declared)}"
        )
    too_large = ""
    if column.decimal_size:
        too_large = (
            f"when regexp_full_match({text}, '[+-]?0*[1-9][0-9]{{12,}}(\\.[0-9]*)?')"
            f" then ' is more than any amount ({LARGEST_AMOUNT:,}); is it in the right column?'"
        )
    out_of_range = _out_of_range(column, text, signs)
    return f"""case {spoiling_named(text)} {doubtful} {too_large} {out_of_range}
        when regexp_matches({text}, '^[^0-9,]*[0-9.]+,[0-9]+[^0-9,]*$')
            and not regexp_matches({text}, ',[0-9]+[.]')
            and not regexp_matches({text}, '{THOUSANDS}[^0-9.,]*$')
            then {sql_text(comma)}
        when regexp_matches({text}, '^[^0-9.,]*[0-9]{{1,3}}([.][0-9]{{3}}){{2,}}[^0-9.,]*$')
            then {sql_text(points)}
        when regexp_matches({text}, '[0-9] *[%％]$')
            then ' is a percentage; write it as a number (12 % is 0.12)'
        when regexp_matches({text}, '[0-9] *[万亿千百]\\+?元?$')
            then ' is a rounded number; export it with all of its digits'
        else {sql_text(noun(column))}
    end"""


def noun(column: Column) -> str:
    """The end of the error message about a text that is not a number of the type."""
    if column.decimal_size:
        precision, scale = column.decimal_size
        return f" is not a number of at most {precision - scale} digits and {scale} decimals"
    return " is not a number" if column.data_type == "double" else " is not an integer"


def _out_of_range(column: Column, text: str, signs: NumberSigns) -> str:
    """A `when` branch: the text is a number of the type, but too small or too large."""
    if not column.between:
        return ""
    low, high = column.between
    share = "; 20 % is 0.2" if column.between == (0, 1) else ""
    said = f" is below {low:g}" if high is None else f" is not from {low:g} to {high:g}{share}"
    number = number_of(replace(column, between=None), number_text(signed_text(column, text), signs))
    return f"when ({number}) is not null then {sql_text(said)}"


def _in(files: frozenset[int]) -> str:
    return f"_file_no in ({', '.join(map(str, sorted(files)))})"
