"""Clean texts spoiled by people and programs, depending on what their column holds.

Every function returns SQL over one expression. Only texts with one meaning are changed: an
invisible character never has a meaning, but `null` can be a person's nickname and never an order's
number.
"""

from ingest.declarations import Column

# Zero-width characters, direction marks, the soft hyphen; and the blanks beyond the plain one.
INVISIBLE = (
    0xAD,
    0x180E,
    *range(0x200B, 0x2010),
    *range(0x202A, 0x202F),
    *range(0x2060, 0x2065),
    *range(0x2066, 0x206A),
    0xFEFF,
)
_WIDE_BLANKS = (0x85, 0xA0, 0x1680, *range(0x2000, 0x200B), 0x2028, 0x2029, 0x202F, 0x205F, 0x3000)


def _class_of(codes: tuple[int, ...]) -> str:
    return "".join(rf"\x{{{code:X}}}" for code in codes)


def sql_text(text: str) -> str:
    """A SQL string."""
    return "'" + text.replace("'", "''") + "'"


INVISIBLE_CLASS = _class_of(INVISIBLE)
BLANK_CLASS = r"\s\x{0B}" + _class_of(_WIDE_BLANKS) + INVISIBLE_CLASS
BLANKS = sql_text(" \t\n\x0b\x0c\r" + "".join(map(chr, _WIDE_BLANKS + INVISIBLE)))

# Exports quote ids so that spreadsheets leave them alone: ="0012", a leading ' or a leading tab.
EXPORT_QUOTING = rf"(?s)^(?:=\"[{BLANK_CLASS}]*(.*?)[{BLANK_CLASS}]*\"|''([^''\s]*[0-9][^''\s]*))$"

# Full-width forms of what ASCII has. Words keep their punctuation: 买家已付款，等待卖家发货.
_ASCII = "".join(map(chr, range(0x21, 0x7F)))
_WIDE_ASCII = "".join(chr(code + 0xFEE0) for code in range(0x21, 0x7F))
_LETTERS = "".join(character for character in _ASCII if character.isalnum() or character in "-_")
_WIDE_LETTERS = "".join(chr(ord(character) + 0xFEE0) for character in _LETTERS)
_BLANKS_FOLDED = "".join(map(chr, _WIDE_BLANKS)), " " * len(_WIDE_BLANKS)
# A yen sign, a pound sign and two minus signs that people type with a Chinese keyboard.
_SIGNS = "￥￡−﹣", "¥£--"

# Words that exports write for null. A dash in an amount may mean zero, so it is not one there.
NULL_WORDS = (
    *("NULL", "Null", "null", "(NULL)", "(null)", "[NULL]", "[null]", r"\N", "#N/A", "#N/A N/A"),
    *("nan", "NaN", "NAN", "None", "NaT", "<NA>", "N/A", "n/a", "--", "---"),
)
DASHES = ("-", "—", "——", "–")
NULL_NUMBERS = ("none", "NONE", "na", "NA", "N.A.", "nil", "无", "空", "——")

ERROR_WORDS = r"#(?:N/A|DIV/0!|REF!|VALUE!|NAME\?|NUM!|NULL!|SPILL!|CALC!|FIELD!|GETTING_DATA)"
NARROW = "#+"
# A long number shortened by a spreadsheet or a double: 2.40511E+17, 240511000000000000.0.
SHORTENED = (
    r"[+-]?[0-9][.,][0-9]+[eE][+-]?[0-9]{1,3}|[+-]?[0-9]+[eE]\+[0-9]{1,3}"
    r"|[+-]?[0-9]{16,}[.,]0*"
)
# A whole number written as a double, as programs do for a column with nulls.
# 1001.00 is one that a spreadsheet shows with decimals; 1.00 may be a code.
WHOLE_DOUBLE = r"^(-?(?:0|[1-9][0-9]{0,14}))\.0$|^([1-9][0-9]{2,14})\.0+$"
WITH_THOUSANDS = r"[1-9][0-9]{0,2}(?:,[0-9]{3})+"

# What a spreadsheet makes of 11-5 and MAR-1: 5-Nov, 1-Mar, Mar-01, 11月5日.
_MONTHS = "(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)"
MADE_A_DATE = rf"[0-9]{{1,2}}-{_MONTHS}|{_MONTHS}-[0-9]{{2}}|[0-9]{{1,2}}月[0-9]{{1,2}}日"

# Long enough not to be Mar-01.
PLAIN_ID = (
    r"[A-Za-z]{0,3}[0-9]+|#[0-9]+|[0-9]*[A-Za-z_-][A-Za-z0-9_-]{6,}"
    r"|\+[0-9][0-9() -]*[0-9]|1[0-9]{10}"
)
# The first instant of Unix clocks, in some zone: a system's word for "not yet".
ZERO_TIME = r"(?:1970[-/.]0?1[-/.]0?1|1969[-/.]12[-/.]31)(?:[ T].*)?"
PLAIN_ASCII = r"[0-9](?:[ -~]*[!-~])?"


def _either(words: tuple[str, ...]) -> str:
    escaped = (
        "".join("\\" + one if one in r"\()[]<>/.#" else one for one in word) for word in words
    )
    return "|".join(escaped)


_NULL_ID = f"^(?:{_either(NULL_WORDS + DASHES)})$"
_NULL_NUMBER = f"^(?:{_either(NULL_WORDS + NULL_NUMBERS)})$"
TEXT_NEEDS_CLEANING = rf"^[{BLANK_CLASS}''=]|[{BLANK_CLASS}]$"
WORD_NEEDS_CLEANING = (
    rf"{TEXT_NEEDS_CLEANING}|[{INVISIBLE_CLASS}{_class_of(tuple(map(ord, _WIDE_LETTERS)))}]"
    rf"|{_NULL_ID}|^#"
)


def is_clean(column: Column, text: str) -> str:
    """SQL for whether a text of this column certainly needs no cleaning and fits as it is.

    One test for most values. For numbers, dates and times `conversion` has stricter patterns.
    """
    if column.holds == "text":
        return f"not regexp_matches({text}, '{TEXT_NEEDS_CLEANING}')"
    if column.one_of:
        return is_one_of(column, text)
    if column.means:
        clean = f"not regexp_matches({text}, '{WORD_NEEDS_CLEANING}')"
        return f"{clean} and {meant(column, text)} is null"
    if column.holds == "id":
        return f"regexp_full_match({text}, '{PLAIN_ID}')"
    return f"not regexp_matches({text}, '{WORD_NEEDS_CLEANING}')"


def cleaned(column: Column, text: str) -> str:
    """The text without noise; null when nothing is left."""
    if column.data_type != "varchar":
        nothing = _NULL_NUMBER if column.is_number else _NULL_ID
        zero = f"when regexp_full_match({text}, '{ZERO_TIME}') then null"
        return f"""case
            {zero if column.data_type == "timestamp" else ""}
            when regexp_full_match({text}, '{PLAIN_ASCII}') then {text}
            else nullif(regexp_replace({_unquoted(_folded(text))}, '{nothing}', ''), '')
        end"""
    if column.holds == "text":
        return f"nullif({_unquoted(text)}, '')"
    if column.holds == "id":
        whole = f"regexp_replace({_unquoted(_folded(text))}, '{WHOLE_DOUBLE}', '\\1\\2')"
        return f"nullif(regexp_replace({whole}, '{_NULL_ID}', ''), '')"
    word = _unquoted(_folded(text, _LETTERS, _WIDE_LETTERS))
    return f"nullif(regexp_replace({word}, '{_NULL_ID}', ''), '')"


def is_spoiled(column: Column, text: str) -> str:
    """SQL for whether a cleaned id or word was spoiled by a spreadsheet."""
    spoiled = f"{NARROW}|{ERROR_WORDS}"
    if column.holds == "id":
        spoiled += f"|{SHORTENED}|{WITH_THOUSANDS}|{MADE_A_DATE}"
    return f"regexp_full_match({text}, '{spoiled}')"


def is_one_of(column: Column, text: str) -> str:
    """SQL for whether a text is one of the column's allowed words, in any case."""
    return f"lower({text}) in ({', '.join(map(sql_text, column.one_of))})"


def meant(column: Column, text: str) -> str:
    """SQL for the standard word of a synonym; null for a word that is not a synonym."""
    words = " ".join(
        f"when {sql_text(other)} then {sql_text(word)}" for other, word in column.means.items()
    )
    return f"case lower({text}) {words} end" if words else "cast(null as varchar)"


def spoiling_named(text: str) -> str:
    """`when` branches: how a spreadsheet spoiled a cell, as the end of an error message."""
    narrow = (
        " is what a spreadsheet shows where a column is too narrow;"
        " widen the column and export again"
    )
    error = " is a spreadsheet''s error; fix the cell and export again"
    return f"""
        when regexp_full_match({text}, '{NARROW}') then '{narrow}'
        when regexp_full_match({text}, '{ERROR_WORDS}') then '{error}'"""


def lost_named(column: Column, text: str) -> str:
    """SQL for the end of the error message about an id or word that `is_spoiled`, or unknown."""
    if column.one_of:
        unknown = sql_text(f" is not one of {', '.join(column.one_of)}")
        return f"case {spoiling_named(text)} else {unknown} end"
    again = "format the column as text and export again"
    return f"""case {spoiling_named(text)}
        when regexp_full_match({text}, '{WITH_THOUSANDS}')
            then ' is a number with separated thousands; {again}'
        when regexp_full_match({text}, '{MADE_A_DATE}')
            then ' is a date that a spreadsheet made of an id; {again}'
        else ' is a number that a spreadsheet shortened; {again}'
    end"""


def _folded(text: str, narrow: str = _ASCII, wide: str = _WIDE_ASCII) -> str:
    """Without invisible characters, with plain blanks; the characters of `wide` half-width."""
    visible = f"regexp_replace({text}, '[{INVISIBLE_CLASS}]', '', 'g')"
    before = wide + _BLANKS_FOLDED[0] + _SIGNS[0]
    after = narrow + _BLANKS_FOLDED[1] + _SIGNS[1]
    return f"translate({visible}, {sql_text(before)}, {sql_text(after)})"


def _unquoted(text: str) -> str:
    return f"regexp_replace(trim({text}, {BLANKS}), '{EXPORT_QUOTING}', '\\1\\2')"
