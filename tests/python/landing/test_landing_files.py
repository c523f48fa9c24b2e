"""Text files: encodings, delimiters, headers, and reasons to refuse a whole file."""

import codecs
import gzip

import pytest
from landing_samples import FILE, GOOD, HEADER, landed_numbers, with_line


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-be", "gb18030", "gbk"])
def test_other_encodings_are_recognised(brand, land_scans, encoding):
    content = FILE.encode(encoding)
    if encoding == "utf-16-be":
        content = codecs.BOM_UTF16_BE + content
    report = land_scans(content)
    assert report.total.rows_landed == 40
    assert brand.query("select distinct city from raw.parcel_scans") == [("上海",)]
    assert landed_numbers(brand)[0] == (2, "T0")


def test_a_bad_byte_in_gb18030_rejects_its_line(brand, land_scans):
    land_scans(FILE.encode("gb18030") + b"X,2024-01-05,a,\xff\n")
    assert [row[:3] for row in brand.rejected()] == [
        (42, None, "byte 16 (0xff) is not valid gb18030")
    ]


def test_latin_1_is_not_taken_for_chinese(land_scans):
    lines = "".join(f"T{row},2024-01-05,a,Bragança Péssimo\n" for row in range(20))
    report = land_scans((HEADER + lines).encode("latin-1"))
    assert "is not valid utf-8" in report.refusals[0]


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_the_delimiter_that_gives_the_columns_is_used(brand, land_scans, delimiter):
    report = land_scans(FILE.replace(",", delimiter), name="wms/parcel_scans.txt")
    assert report.total.rows_landed == 40


@pytest.mark.parametrize(
    "header",
    [
        "Tracking No,SCANNED_AT,ScanCode,City",
        "ｔｒａｃｋｉｎｇ＿ｎｏ,scanned at , scan_code,city",
        '"tracking_no","scanned_at","scan_code","city"',
        "\ttracking_no,scanned__at,scanCode,CITY",
    ],
)
def test_headers_match_in_any_spelling(brand, land_scans, header):
    assert land_scans(FILE.replace(HEADER, header + "\n")).total.rows_landed == 40


def test_unknown_columns_are_ignored_and_order_is_free(brand, land_scans):
    land_scans("x,scan_code,city,,scanned_at,tracking_no\n1,a,b,,2024-01-05,T\n")
    assert brand.query("select tracking_no, scan_code, city from raw.parcel_scans") == [
        ("T", "a", "b")
    ]


def test_a_gzipped_file_lands_like_the_plain_one(brand, land_scans):
    land_scans(gzip.compress(with_line("X,bad,a,b\n")), name="wms/parcel_scans.csv.gz")
    assert brand.rejected()[0][0] == 22
    assert len(landed_numbers(brand)) == 40


def damaged(content: bytes) -> bytes:
    """With the checksum near the end spoiled."""
    return content[:-8] + b"0000" + content[-4:]


@pytest.mark.parametrize(
    "name, content, expected",
    [
        ("parcel_scans.csv", b"", "the file is empty (0 bytes)"),
        ("parcel_scans.csv", b"\n\n", "only blank lines"),
        ("parcel_scans.csv", b"a,b\n1,2\n", "missing the required column tracking_no, scanned_at"),
        ("parcel_scans.csv", b"PK\x03\x04rest", "seems to be an Excel workbook (.xlsx) or zip"),
        ("parcel_scans.csv", b"%PDF-1.7", "seems to be a PDF"),
        ("parcel_scans.csv", b"\x89PNG\r\n", "seems to be a PNG"),
        ("parcel_scans.csv", b"\n<!DOCTYPE html><html>", "seems to be an HTML"),
        ("parcel_scans.csv", gzip.compress(b"x", mtime=0), "seems to be gzip-compressed"),
        ("parcel_scans.csv.gz", FILE.encode(), "is not what .gz says"),
        ("parcel_scans.csv.gz", gzip.compress(FILE.encode())[:-20], "cut short"),
        ("parcel_scans.csv.gz", damaged(gzip.compress(FILE.encode())), "damaged"),
        ("parcel_scans.csv.gz", gzip.compress(b"", mtime=0), "empty"),
        ("parcel_scans.csv", FILE.encode("utf-16")[:-1], "not valid UTF-16"),
        (
            "parcel_scans.csv",
            b"tracking_no,scanned_at,scan_code,Tracking No\n",
            "line 1: 'tracking_no' (column 1) and 'Tracking No' (column 4) both stand for",
        ),
        ("parcel_scans.csv", b'"tracking_no,scanned_at\n', "the header cannot be read"),
    ],
)
def test_a_bad_file_is_refused_and_the_others_land(brand, name, content, expected):
    brand.write(f"wms/{name}", content)
    brand.write("wms/parcel_scans_other.csv", FILE)
    report = brand.land()
    assert report.exit_code == 1
    (refusal,) = report.refusals
    assert refusal.startswith(f"wms/{name}: ") and expected in refusal
    assert report.total.rows_landed == 40
    assert brand.query("""
        select source_file, _batch_id, message is not null, rows_landed from raw.load_log
        where status = 'refused'
    """) == [(f"wms/{name}", None, True, None)]


def test_a_missing_column_is_named_with_the_header_found(land_scans):
    report = land_scans("tracking_no,when,scan_code\n1,2,3\n")
    assert report.refusals == [
        "wms/parcel_scans.csv: line 1: missing the required column scanned_at; the columns found"
        " are: tracking_no, when, scan_code. Add the column, or its name here as an alias in"
        " models/staging/wms/_wms__sources.yml"
    ]


def test_a_header_alone_lands_without_rows(brand, land_scans):
    report = land_scans(HEADER)
    assert (report.exit_code, report.total.landed_files, report.total.rows_read) == (0, 1, 0)


@pytest.mark.parametrize(
    "good, bad, refused",
    [
        (1, 1, False),
        (0, 1, True),
        (38, 2, False),
        (37, 2, True),
        (18, 2, True),
        (96, 5, False),
        (95, 5, False),
        (94, 5, True),
        (94, 6, True),
    ],
)
def test_the_reject_limit(brand, land_scans, good, bad, refused):
    lines = [GOOD[0]] * good + ["X,bad,a,b\n"] * bad
    report = land_scans(HEADER + "".join(lines))
    assert bool(report.refusals) == refused
    assert brand.query("select count(*) from raw.parcel_scans") == [(0 if refused else good,)]
    assert len(brand.rejected()) == (0 if refused else bad)
    if refused:
        assert f"{bad} of {good + bad} rows do not fit" in report.refusals[0]
        assert f"line {good + 2}: scanned_at: 'bad' is not a time" in report.refusals[0]
