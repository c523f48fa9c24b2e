"""Excel workbooks as people keep them: several sheets, odd cells, hidden and merged ones."""

import io
from datetime import datetime

import pytest
import xlsxwriter

HEADER = ["tracking_no", "scanned_at", "scan_code", "city"]
TIME = {"num_format": "yyyy-mm-dd hh:mm:ss"}


def workbook(write, **options) -> bytes:
    """A workbook that `write` fills."""
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, options) as book:
        write(book)
    return buffer.getvalue()


def scans(book, name: str, numbers: list[str], header: list[str] = HEADER):
    """A sheet with a scan per name; it is returned."""
    sheet = book.add_worksheet(name)
    sheet.write_row(0, 0, header)
    values = {"scanned_at": "2024-01-05", "scan_code": "x", "city": "上海"}
    for row, number in enumerate(numbers, start=1):
        cells = values | {"tracking_no": number}
        sheet.write_row(row, 0, [cells.get(column, "") for column in header])
    return sheet


def landed(brand) -> list[tuple]:
    return brand.query("""
        select _source_file, _source_row, tracking_no from raw.parcel_scans
        order by _batch_id, _source_row
    """)


@pytest.fixture
def land_book(brand):
    """Land a workbook of parcel scans that a function writes."""

    def land(write, **options):
        brand.write("wms/parcel_scans.xlsx", workbook(write, **options))
        return brand.land()

    return land


def test_every_sheet_with_the_header_lands_and_the_others_are_named(brand, land_book):
    def write(book):
        book.add_worksheet("说明").write(0, 0, "Exported by hand")
        scans(book, "2024-10", ["A"])
        scans(book, "2024-11", ["B", "C"], ["scan_code", "tracking_no", "scanned_at"])
        scans(book, "old", ["D"]).hide()
        scans(book, "shipments", ["E"])

    report = land_book(write)
    file = "wms/parcel_scans.xlsx"
    assert (report.exit_code, report.total.rows_landed) == (0, 3)
    assert landed(brand) == [
        (file, 2, "A"),
        (f"{file}[2024-11]", 2, "B"),
        (f"{file}[2024-11]", 3, "C"),
    ]
    told = "\n".join(report.warnings)
    for part in (
        "'说明' is left out: row 1: missing",
        "'old' is hidden",
        "'shipments' is left out: it",
    ):
        assert part in told
    assert brand.query("select message from raw.load_log order by _batch_id") == [
        ("sheet 2024-10",),
        ("sheet 2024-11",),
    ]


def test_a_sheet_named_like_the_table_does_not_exclude_others(brand, land_book):
    land_book(lambda book: (scans(book, "parcel_scans", ["A"]), scans(book, "more", ["B"])))
    assert [row[2] for row in landed(brand)] == ["A", "B"]


def test_a_sheet_that_shares_little_with_the_others_is_left_out(order_brand):
    def write(book):
        main = book.add_worksheet("products")
        main.write_row(0, 0, ["sku_id", "name", "list_price", "brand"])
        main.write_row(1, 0, ["A", "a", 1, "x"])
        pivot = book.add_worksheet("pivot")
        pivot.write_row(0, 0, ["sku_id", "sum of amount"])
        pivot.write_row(1, 0, ["total", 7])

    order_brand.write("oms/products.xlsx", workbook(write))
    (warning,) = order_brand.land().warnings
    assert "'pivot' is left out: its header differs from that of 'products'" in warning
    assert order_brand.query("select sku_id from raw.products") == [("A",)]


def test_a_copy_of_a_sheet_does_not_land_twice(brand, land_book):
    report = land_book(lambda book: (scans(book, "a", ["A"]), scans(book, "a (2)", ["A"])))
    assert [row[2] for row in landed(brand)] == ["A"]
    assert "same content as wms/parcel_scans.xlsx" in report.warnings[-1]


def test_a_sheet_added_to_a_workbook_lands_alone(brand, land_book):
    land_book(lambda book: scans(book, "a", ["A"]))
    land_book(lambda book: (scans(book, "a", ["A"]), scans(book, "b", ["B"])))
    assert brand.land().total.unchanged_files == 1
    assert {row[0] for row in landed(brand)} == {
        "wms/parcel_scans.xlsx",
        "wms/parcel_scans.xlsx[b]",
    }


def test_a_refused_sheet_is_retried_and_the_others_land(brand, land_book):
    def write(book):
        scans(book, "a", ["A"])
        scans(book, "b", ["#REF!"])

    report = land_book(write)
    assert "wms/parcel_scans.xlsx[b]: 1 of 1 rows" in report.refusals[0]
    assert [row[2] for row in landed(brand)] == ["A"]
    assert len(brand.land().refusals) == 1


def test_a_workbook_with_only_hidden_sheets_is_refused(land_book):
    def write(book):
        book.add_worksheet("cover")
        scans(book, "data", ["A"]).hide()

    (refusal,) = land_book(write).refusals
    assert "sheet 'cover': the sheet is empty" in refusal and "(hidden: data)" in refusal


def odd_rows(book) -> None:
    sheet = scans(book, "scans", [f"T{number}" for number in range(60)])
    duration = book.add_format({"num_format": "[h]:mm"})
    clock = book.add_format({"num_format": "h:mm"})
    sheet.write_formula(1, 0, "=1/0", None, "#DIV/0!")
    sheet.write_formula(2, 0, "=A1", None, "")
    sheet.write_number(3, 0, 240511123456789012)
    sheet.write_number(4, 1, 1.5, duration)
    sheet.write_number(5, 1, 0.5, clock)
    sheet.write_boolean(6, 0, True)
    sheet.write_datetime(7, 0, datetime(2024, 1, 2), book.add_format(TIME))
    sheet.merge_range(8, 0, 9, 0, "M")
    sheet.write_number(10, 1, 45601)
    sheet.write_formula(11, 2, "=NA()", None, "#N/A")


ODD = {
    2: "tracking_no: the cell holds the error #DIV/0!",
    3: "tracking_no: the cell is a formula whose result is not stored",
    4: "tracking_no: '2.40511123456789E+17' is a number that a spreadsheet shortened",
    5: "scanned_at: the cell holds a duration (36 hours)",
    6: "scanned_at: the cell holds a time of day without its day",
    7: "tracking_no: a boolean (TRUE) is not a value",
    8: "tracking_no: a spreadsheet made a date of this id",
    10: "tracking_no: the cell is merged with A9",
    11: "scanned_at: '45601' is the number that a spreadsheet keeps for a day",
    12: "scan_code: the cell holds the error #N/A",
}


def test_odd_cells_reject_their_rows_with_the_reason(brand, land_book, monkeypatch):
    monkeypatch.setattr("ingest.group.tolerated_rejects", lambda limit, rows: rows)
    land_book(odd_rows)
    found = {row[0]: row for row in brand.rejected()}
    assert found.keys() == ODD.keys()
    for number, reason in ODD.items():
        assert found[number][2].startswith(reason)
        assert found[number][1] == reason.partition(":")[0]
    assert len(landed(brand)) == 50


@pytest.mark.parametrize(
    "system, day, expected",
    [(False, 45601.5, datetime(2024, 11, 5, 12)), (True, 45601.5, datetime(2028, 11, 6, 12))],
)
@pytest.mark.parametrize("number_format", [31, 57, 27])
def test_days_in_chinese_formats_land(brand, land_book, system, day, expected, number_format):
    def write(book):
        sheet = scans(book, "scans", ["A", "B"])
        sheet.write_number(1, 1, day, book.add_format({"num_format": number_format}))
        sheet.write_datetime(2, 1, datetime(2024, 2, 29, 8), book.add_format(TIME))

    land_book(write, date_1904=system)
    assert brand.query("select tracking_no, scanned_at from raw.parcel_scans order by 1") == [
        ("A", expected),
        ("B", datetime(2024, 2, 29, 8)),
    ]


@pytest.mark.parametrize(
    "number, text", [(13800138000, "13800138000"), (999999999999999, "999999999999999"), (7, "7")]
)
def test_a_number_of_fifteen_digits_is_an_id(brand, land_book, number, text):
    land_book(lambda book: scans(book, "a", ["A"]).write_number(1, 0, number))
    assert [row[2] for row in landed(brand)] == [text]


def test_hidden_rows_land_and_are_counted(brand, land_book):
    report = land_book(
        lambda book: scans(book, "a", ["A", "B"]).set_row(1, None, None, {"hidden": 1})
    )
    assert [row[2] for row in landed(brand)] == ["A", "B"]
    assert report.warnings == ["wms/parcel_scans.xlsx: sheet 'a': 1 hidden rows land as well"]


def test_rejected_rows_of_the_first_of_several_sheets_name_it(brand, land_book):
    def write(book):
        scans(book, "2024-10", ["A", "B"]).write(2, 1, "later")
        scans(book, "2024-11", ["C"])

    land_book(write)
    ((number, column, reason, _),) = brand.rejected()
    assert (number, column) == (3, "scanned_at")
    assert reason.startswith("sheet 2024-10, scanned_at: 'later' is not a time")


def test_cell_errors_are_found_in_a_table_that_starts_at_an_inner_cell(
    brand, land_book, monkeypatch
):
    def write(book):
        sheet = book.add_worksheet('a & "b"')
        chinese = book.add_format({"num_format": 31})
        sheet.write_row(3, 2, ["tracking_no", "scanned_at", "scan_code"])
        for row in range(4, 30):
            sheet.write_row(row, 2, [f"T{row}", "2024-01-05", "x"])
        sheet.write_number(5, 3, 45601, chinese)
        sheet.write_formula(6, 2, "=1/0", None, "#DIV/0!")
        sheet.write_number(7, 2, 240511123456789012)
        sheet.write_number(8, 5, 240511123456789012)

    monkeypatch.setattr("ingest.group.tolerated_rejects", lambda limit, rows: rows)
    land_book(write)
    assert [row[:2] for row in brand.rejected()] == [(7, "tracking_no"), (8, "tracking_no")]
    assert brand.query("select scanned_at from raw.parcel_scans where tracking_no = 'T5'") == [
        (datetime(2024, 11, 5),)
    ]


def test_an_id_is_what_its_cell_shows(brand, land_book):
    def write(book):
        sheet = scans(book, "scans", ["A", "B", "C", "D", "E"])
        sheet.write_string(5, 0, "7", book.add_format({"num_format": "00000"}))
        sheet.write_number(1, 0, 12, book.add_format({"num_format": "00000"}))
        sheet.write_number(2, 0, 123456, book.add_format({"num_format": "00000"}))
        sheet.write_number(3, 0, 17, book.add_format({"num_format": '"SO-"0000'}))
        sheet.write_number(4, 0, 18, book.add_format({"num_format": "0"}))

    land_book(write)
    assert [row[2] for row in landed(brand)] == ["00012", "123456", "18", "7"]
    assert [row[2] for row in brand.rejected()] == [
        "tracking_no: '17' is shown as \"SO-\"0000; format the column as text and export again"
    ]
