"""Parcel scans, the plain table that most tests of landing use."""

HEADER = "tracking_no,scanned_at,scan_code,city\n"
GOOD = [f"T{number},2024-01-05 08:00:{number:02d},in_transit,上海\n" for number in range(40)]
FILE = HEADER + "".join(GOOD)


def scans(*names: str) -> str:
    """A file with a scan per name."""
    return HEADER + "".join(f"{name},2024-01-05,x,\n" for name in names)


def batches(brand) -> list[tuple]:
    """Batch, file and tracking numbers of what landed."""
    return brand.query("""
        select _batch_id, _source_file, string_agg(tracking_no, ' ' order by _source_row)
        from raw.parcel_scans group by all order by 1
    """)


def landed_numbers(brand) -> list[tuple[int, str]]:
    """Line and tracking number of what landed."""
    return brand.query("select _source_row, tracking_no from raw.parcel_scans order by 1")


def with_line(line: str | bytes, position: int = 20) -> bytes:
    """The good file with a line more, which becomes line `position + 2`."""
    text = line.encode() if isinstance(line, str) else line
    good = [one.encode() for one in GOOD]
    return HEADER.encode() + b"".join([*good[:position], text, *good[position:]])
