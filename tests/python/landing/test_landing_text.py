"""CSV records: what lands, and what is rejected with which line and reason."""

from datetime import datetime

import pytest
from landing_samples import FILE, HEADER, landed_numbers, with_line

STRAY_QUOTE = "text after a closing quote, or a quote that is not closed"


def test_rows_land_typed_with_batch_file_and_line(brand, land_scans):
    report = land_scans(FILE)
    assert (report.exit_code, report.total.rows_landed, report.total.rows_rejected) == (0, 40, 0)
    assert brand.query("""
        select tracking_no, scanned_at, scanned_at_offset_minutes, scan_code, city, facility,
            _batch_id, _source_file, _source_row
        from raw.parcel_scans order by _source_row limit 1
    """) == [
        (
            "T0",
            datetime(2024, 1, 5, 8),
            None,
            "in_transit",
            "上海",
            None,
            1,
            "wms/parcel_scans.csv",
            2,
        )
    ]


@pytest.mark.parametrize(
    "line, column, reason",
    [
        ("X,2024-01-05,a\n", None, "3 columns instead of 4"),
        ("X,2024-01-05,a,b,c\n", None, "5 columns instead of 4"),
        ('X,2024-01-05,"a,b\n', None, "a quote is not closed"),
        ('X,2024-01-05,"a"b,c\n', None, STRAY_QUOTE),
        ('"X,2024-01-05,a,b\n', None, None),
        ("X,2024-13-05,a,b\n", "scanned_at", None),
        (",2024-01-05,a,b\n", "tracking_no", "tracking_no: is empty"),
        (" ,,,b\n", "tracking_no", None),
        (HEADER, "tracking_no", "tracking_no: 'tracking_no' is the header again"),
        ('X,2024-01-05,"a" ,b\n', None, STRAY_QUOTE),
        ('X,2024-01-05,a,"b" \n', None, STRAY_QUOTE),
        ("X,2024-01-05,a,b,\n", None, "5 columns instead of 4"),
        ('X,2024-01-05,a,"x, y",""\n', None, "5 columns instead of 4"),
        ("X,2024-01-05,,a,\n", None, "5 columns instead of 4"),
        ("X,2024\r-01-05,a,b\n", None, "a carriage return outside quotes"),
    ],
)
def test_a_bad_line_costs_that_line_only(brand, land_scans, line, column, reason):
    report = land_scans(with_line(line))
    assert report.exit_code == 0
    ((number, found_column, found_reason, text),) = brand.rejected()
    assert (number, found_column, text) == (22, column, line.rstrip("\n"))
    assert reason is None or found_reason == reason
    expected = [(row + 2 + (row >= 20), f"T{row}") for row in range(40)]
    assert landed_numbers(brand) == expected


def test_an_unclosed_quote_at_the_end_costs_the_last_line_only(brand, land_scans):
    land_scans(FILE + '"X,2024-01-05,a,b')
    assert brand.rejected() == [(42, None, "a quote is not closed", '"X,2024-01-05,a,b')]
    assert len(landed_numbers(brand)) == 40


def test_an_unclosed_quote_that_a_later_quote_closes_swallows_nothing(brand, land_scans):
    # Read as CSV alone, lines 22 to 24 are one valid record whose city holds two other lines.
    lines = 'A,2024-01-05,a,"x\nB,2024-01-05,b,y\nC,2024-01-05,c,5"\n'
    land_scans(with_line(lines))
    assert [row[:2] for row in brand.rejected()] == [(22, "city")]
    assert "line break inside 'city'" in brand.rejected()[0][2]
    assert [(row, name) for row, name in landed_numbers(brand) if name in "ABC"] == [
        (23, "B"),
        (24, "C"),
    ]


def test_every_error_of_a_row_is_listed(order_brand):
    header = "platform,order_id,line_no,sku_id,quantity,unit_price\n"
    good = "".join(f"tmall,1,{number},A,1,9.9\n" for number in range(30))
    order_brand.write("oms/order_lines.csv", header + good + "tmall,1,1,,abc,1.23456\n")
    order_brand.land()
    assert order_brand.rejected() == [
        (
            32,
            "sku_id",
            "sku_id: is empty; quantity: 'abc' is not an integer;"
            " unit_price: '1.23456' is not a number of at most 14 digits and 4 decimals",
            "tmall,1,1,,abc,1.23456",
        )
    ]


def test_invalid_or_too_large_money_is_rejected_with_a_reason(order_brand):
    header = "platform,order_id,line_no,sku_id,quantity,unit_price\n"
    good = "".join(f"tmall,1,{number},A,1,9.9\n" for number in range(60))
    bad = "tmall,1,97,A,1,inf\ntmall,1,98,A,1,6901234567892\ntmall,1,99,A,1,1000000000000.01\n"
    bad += "tmall,1,100,A,11,1000000000000\n"
    most = "tmall,1,101,A,10,1000000000000\ntmall,1,102,A,-10,1000000000000.0000\n"
    order_brand.write("oms/order_lines.csv", header + good * 2 + bad + most)
    order_brand.land()
    said = "is more than any amount (1,000,000,000,000); is it in the right column?"
    assert [row[2] for row in order_brand.rejected()] == [
        "unit_price: 'inf' is not a number of at most 14 digits and 4 decimals",
        f"unit_price: '6901234567892' {said}",
        f"unit_price: '1000000000000.01' {said}",
        "quantity: 11 times unit_price 1000000000000.0000 is more than any amount;"
        " are both in the right columns?",
    ]
    assert order_brand.query(
        "select quantity, unit_price from raw.order_lines where unit_price > 1000 order by 1"
    ) == [(-10, 10**12), (10, 10**12)]


def test_a_delete_needs_its_key_only(order_brand):
    header = "platform,shop_id,order_id,account_id,status,created_at,paid_at,is_deleted\n"
    good = "".join(f"tmall,,{number},a,paid,2024-01-05,,\n" for number in range(30))
    lines = "tmall,,X,,,,,true\ntmall,,,,,,,true\ntmall,,Y,,,,,false\n"
    order_brand.write("oms/orders.csv", header + good * 2 + lines)
    order_brand.land()
    assert order_brand.query("select order_id, status from raw.orders where is_deleted") == [
        ("X", None)
    ]
    assert [row[:3] for row in order_brand.rejected()] == [
        (63, "order_id", "order_id: is empty"),
        (64, "status", "status: is empty; created_at: is empty"),
    ]


def test_line_breaks_are_kept_where_they_are_declared(tmp_path, brand):
    brand.sources = ["helpdesk"]
    header = "review_id,platform,order_id,rating,created_at,text,reply_text\n"
    rows = (
        '1,tmall,A,5,2024-01-05,"two\nlines ""quoted""",ok\n'
        "2,tmall,B,4,2024-01-05,one,\n"
        '3,tmall,C,3,2024-01-05,"a\n\nb","c\nd"\n'
        "4,tmall,D,2,2024-01-05,one,\n"
    )
    brand.write("helpdesk/reviews.csv", header + rows)
    brand.land()
    assert brand.query(
        "select _source_row, review_id, text, reply_text from raw.reviews order by 1"
    ) == [
        (2, "1", 'two\nlines "quoted"', "ok"),
        (4, "2", "one", None),
        (5, "3", "a\n\nb", "c\nd"),
        (9, "4", "one", None),
    ]
    assert brand.rejected() == []


def test_a_rejected_record_of_several_lines_is_kept_whole(brand):
    brand.sources = ["helpdesk"]
    header = "review_id,platform,order_id,rating,created_at,text\n"
    good = "".join(f"{number},tmall,A,5,2024-01-05,x\n" for number in range(5))
    brand.write("helpdesk/reviews.csv", header + good + '9,tmall,A,five,2024-01-05,"a\nb"\n')
    brand.land()
    assert brand.rejected() == [
        (7, "rating", "rating: 'five' is not an integer", '9,tmall,A,five,2024-01-05,"a\nb"')
    ]


def test_records_of_several_lines_land_whole_after_an_unclosed_quote(brand):
    brand.sources = ["helpdesk"]
    header = "review_id,platform,order_id,rating,created_at,text\n"
    plain = "8,tmall,A,5,2024-01-05,plain\n"
    good = "".join(f'{number},tmall,A,5,2024-01-05,"a{number}\nb\nc"\n' for number in range(20))
    brand.write("helpdesk/reviews.csv", header + '9,tmall,A,5,2024-01-05,"x\n' + plain + good)
    brand.land()
    assert [row[0] for row in brand.rejected()] == [2]
    assert brand.query("select _source_row, text from raw.reviews order by 1") == [
        (3, "plain"),
        *((4 + 3 * number, f"a{number}\nb\nc") for number in range(20)),
    ]


def test_a_line_break_where_none_is_declared_says_how_to_allow_it(brand, land_scans):
    land_scans(with_line('X,2024-01-05,a,"two\nlines"\n'))
    first, second = brand.rejected()
    assert first[:2] == (22, "city") and "multi_line: true" in first[2]
    assert second[:3] == (23, None, "1 columns instead of 4")


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("ending", [True, False])
def test_every_kind_of_line_end_is_read(brand, land_scans, newline, ending):
    text = FILE.replace("\n", newline)
    land_scans(text if ending else text.removesuffix(newline))
    assert landed_numbers(brand) == [(row + 2, f"T{row}") for row in range(40)]
    assert brand.query("select distinct city from raw.parcel_scans") == [("上海",)]


def test_mixed_line_ends_are_read(brand, land_scans):
    land_scans(FILE.replace("T7,", "T7,", 1).replace("上海\n", "上海\r\n", 10))
    assert landed_numbers(brand) == [(row + 2, f"T{row}") for row in range(40)]
    assert brand.query("select distinct city from raw.parcel_scans") == [("上海",)]


def test_blank_lines_are_neither_landed_nor_rejected(brand, land_scans):
    report = land_scans("\n" + with_line("\n  \n").decode() + "\n\n")
    assert (report.total.rows_read, report.total.rows_rejected) == (40, 0)
    expected = [(row + 3 + 2 * (row >= 20), f"T{row}") for row in range(40)]
    assert landed_numbers(brand) == expected


def test_a_nul_byte_rejects_its_line(brand, land_scans):
    land_scans(with_line(b"X,2024-01-05,a,b\0c\n"))
    assert brand.rejected() == [(22, None, "holds a NUL byte at byte 17", "X,2024-01-05,a,b\\x00c")]
    assert len(landed_numbers(brand)) == 40


def test_bytes_that_are_not_utf8_reject_their_line(brand, land_scans):
    land_scans(with_line(b"X,2024-01-05,a,b\xff\n"))
    assert brand.rejected() == [
        (22, None, "byte 17 (0xff) is not valid utf-8", "X,2024-01-05,a,b\\xff")
    ]
    assert len(landed_numbers(brand)) == 40


def test_a_quote_left_open_by_an_unreadable_line_costs_one_line(brand):
    brand.sources = ["helpdesk"]
    header = b"review_id,platform,order_id,rating,created_at,text\n"
    good = b"".join(b"%d,tmall,A,5,2024-01-05,x\n" % number for number in range(50))
    brand.write("helpdesk/reviews.csv", header + b'9,tmall,A,5,2024-01-05,"a\n\xff\n' + good)
    brand.land()
    assert [row[0] for row in brand.rejected()] == [2, 3]
    assert "before line 3" in brand.rejected()[0][2]


def test_a_line_without_end_is_rejected_in_bounded_memory(brand, land_scans):
    land_scans(with_line("X" * 3_000_000 + "\n"))
    ((number, _, reason, text),) = brand.rejected()
    assert (number, reason, len(text)) == (22, "longer than 2,000,000 bytes", 2_000_001)


def test_a_closing_quote_is_searched_in_a_bounded_number_of_lines(brand):
    brand.sources = ["helpdesk"]
    header = "review_id,platform,order_id,rating,created_at,text\n"
    good = "".join(f"{number},tmall,A,5,2024-01-05,x\n" for number in range(1500))
    brand.write("helpdesk/reviews.csv", header + '9,tmall,A,5,2024-01-05,"a\n' + good)
    brand.land()
    ((number, _, reason, _),) = brand.rejected()
    assert (number, reason) == (2, "no end of the quoted value within 1000 lines")
    assert brand.query("select count(*) from raw.reviews") == [(1500,)]


CLEAN_FILES = [
    FILE,
    'tracking_no,scanned_at,scan_code,city,"a, b"\nT1,2024-01-05,a,"x,",","\nT2,2024-01-05,,,""\n',
    FILE.replace("\n", "\r\n"),
    HEADER + 'T1,2024-01-05,a,"x, ""y"" z"\n"T2","2024-01-05","a",""\n',
    HEADER + 'T1,2024-01-05,a,x"y\nT2,2024-01-05,="12",5" pipe\n',
    HEADER + " T1 ,2024-01-05,a, x\n",
    HEADER + 'T1, "2024-01-05", "a, b", "x ""y"" z"\n',
    HEADER + "T1,2024-01-05,a,x",
]


@pytest.mark.parametrize("content", CLEAN_FILES)
def test_both_readers_give_the_same_rows(tmp_path, brand, monkeypatch, content):
    columns = "tracking_no, scanned_at, scan_code, city, _source_row"
    rows = []
    for way in ("fast", "careful"):
        if way == "careful":
            monkeypatch.setattr("ingest.text_reader.read_fast", lambda *arguments: set())
        else:
            monkeypatch.setattr("ingest.text_reader.CsvRecords", None)
        brand.folder = tmp_path / way
        brand.write("wms/parcel_scans.csv", content)
        brand.land()
        rows.append(brand.query(f"select {columns} from raw.parcel_scans order by _source_row"))
        monkeypatch.undo()
    assert rows[0] == rows[1] != []
