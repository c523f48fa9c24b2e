"""Long ids that a spreadsheet rounded: their digits after the 15th are zeros.

One id may end in zeros by chance, but not all ids of a file. So the check looks at all ids of a
column in a file: by chance, an id of 18 digits ends in three zeros once in a thousand.
"""

from collections.abc import Iterator

import duckdb

from ingest.conversion import SHOWN_CHARACTERS, literal, quoted
from ingest.declarations import Table

# The number of zeros beyond the 15th digit, over all distinct ids that end in zeros: less likely
# by chance than one in a thousand.
ZEROS_BEYOND_CHANCE = 3
SHARE_OF_ROUNDED = 0.5
# This many times more than by chance: one id in a thousand ends in three zeros anyway.
SURPRISING = 10
LONG = "regexp_full_match({text}, '[0-9]{{16,}}')"
ENDS_IN_ZEROS = "regexp_full_match({text}, '[0-9]{{15}}0+')"


def reject_rounded_ids(
    con: duckdb.DuckDBPyConnection, table: Table, files: dict[int, str]
) -> Iterator[str]:
    """Give the rows of scratch.typed with rounded ids a problem; warnings about single ones.

    `files` are the names of the files by number.
    """
    columns = [
        column.name
        for column in table.columns
        if column.holds == "id" and not column.trailing_zeros
    ]
    suspects = _columns_with_suspects(con, columns)
    for name in suspects:
        text = quoted(name)
        for file_no, different, by_chance, zeros, rounded, example in con.execute(f"""
            select
                _file_no, count(*), sum(pow(10, 15 - length({text}))),
                sum(length({text}) - 15) filter (ends_in_zeros),
                count(*) filter (ends_in_zeros), min({text}) filter (ends_in_zeros)
            from (
                select distinct _file_no, {text}, {ENDS_IN_ZEROS.format(text=text)} as ends_in_zeros
                from scratch.typed where strlen({text}) > 15 and {LONG.format(text=text)}
            )
            group by _file_no having bool_or(ends_in_zeros) order by _file_no
        """).fetchall():
            if rounded >= SHARE_OF_ROUNDED * different and zeros >= ZEROS_BEYOND_CHANCE:
                _reject(con, name, file_no)
            elif zeros > rounded and rounded > SURPRISING * by_chance:
                yield (
                    f"{files[file_no]}: {name} {example} ends in zeros from the 16th"
                    " digit on, as ids do that a spreadsheet rounded; it landed, because the"
                    " file's other ids do not"
                )


def _columns_with_suspects(con: duckdb.DuckDBPyConnection, columns: list[str]) -> list[str]:
    """One cheap check of all ids: most files have no rounded one."""
    if not columns:
        return []
    looks = ", ".join(
        f"coalesce(bool_or(strlen({text}) > 15 and ends_with({text}, '0')"
        f" and {ENDS_IN_ZEROS.format(text=text)}), false)"
        for text in map(quoted, columns)
    )
    found = con.execute(f"select {looks} from scratch.typed").fetchone()
    return [name for name, is_suspect in zip(columns, found, strict=True) if is_suspect]


def _reject(con: duckdb.DuckDBPyConnection, name: str, file_no: int) -> None:
    text = quoted(name)
    con.execute(
        f"""
        update scratch.typed set
            _problem = concat_ws('; ', _problem, $start || left({text}, {SHOWN_CHARACTERS})
                || ''' has lost its digits after the 15th, as a spreadsheet rounds numbers: the'
                || ' ids of this file all end in zeros; format the column as text and export'
                || ' again, or declare trailing_zeros: true where such ids are right'),
            _problem_column = coalesce(_problem_column, {literal(name)})
        where _file_no = $file_no and {ENDS_IN_ZEROS.format(text=text)}
        """,
        {"start": f"{name}: '", "file_no": file_no},
    )
