"""Parcel scans, the plain table that most tests of landing use, and single texts."""

import duckdb

from ingest.conversion import literal, typed_select
from ingest.declarations import Column, Table
from ingest.named_values import meanings_in
from ingest.numbers import CERTAIN, NumberSigns

HEADER = "tracking_no,scanned_at,scan_code,city\n"
GOOD = [f"T{number},2024-01-05 08:00:{number:02d},in_transit,上海\n" for number in range(40)]
FILE = HEADER + "".join(GOOD)


def scans(*names: str) -> str:
    """A file with a scan per name."""
    return HEADER + "".join(f"{name},2024-01-05,x,\n" for name in names)


def batches(brand) -> list[tuple]:
    """Batch, file and tracking numbers of the landed rows."""
    return brand.query("""
        select _batch_id, _source_file, string_agg(tracking_no, ' ' order by _source_row)
        from raw.parcel_scans group by all order by 1
    """)


def landed_numbers(brand) -> list[tuple[int, str]]:
    """Line and tracking number of the landed rows."""
    return brand.query("select _source_row, tracking_no from raw.parcel_scans order by 1")


def with_line(line: str | bytes, position: int = 20) -> bytes:
    """The good file with a line more, which becomes line `position + 2`."""
    text = line.encode() if isinstance(line, str) else line
    good = [one.encode() for one in GOOD]
    return HEADER.encode() + b"".join([*good[:position], text, *good[position:]])


def judged(column: Column, text: str, signs: NumberSigns = CERTAIN) -> tuple:
    """The value that landing gives to a text of file 0, and its error message."""
    table = Table("s", "t", "t", "t", (), (column,), 0.05, "t.yml")
    texts = f"""(
        select 0 as _file_no, 1 as _line_number, 1 as _line_count, null::varchar as _problem,
            null::varchar as _problem_column, {literal(text)} as {column.name}
    )"""
    meanings = {}
    with duckdb.connect() as con:
        if column.holds in ("time_zone", "currency"):
            meanings = meanings_in(con, table, texts)
        typed = typed_select(table, texts, signs, meanings)
        return con.execute(f"select {column.name}, _problem from ({typed})").fetchone()
