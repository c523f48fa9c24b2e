"""Text in other encodings: read if certain, otherwise reported by line."""

import pytest
from landing_samples import FILE, GOOD, HEADER, landed_numbers, with_line


def cities(brand) -> list[str]:
    return [row[0] for row in brand.query("select distinct city from raw.parcel_scans order by 1")]


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("chinese", [False, True])
def test_utf_16_without_a_byte_order_mark_is_read(brand, land_scans, encoding, chinese):
    text = FILE.replace("in_transit", "运输中" * 9) if chinese else FILE
    report = land_scans(text.encode(encoding))
    assert (report.exit_code, report.total.rows_landed) == (0, 40)
    assert cities(brand) == ["上海"]


def test_a_few_nul_bytes_do_not_make_utf_16(brand, land_scans):
    land_scans(with_line("X\0,2024-01-05,a,\n"))
    assert [row[2] for row in brand.rejected()] == ["holds a NUL byte at byte 2"]


@pytest.mark.parametrize("name", ["𠮷野", "😀", "㐂"])
def test_four_byte_characters_in_gb18030_are_read(brand, land_scans, name):
    report = land_scans(with_line(f"X,2024-01-05,a,{name}\n").decode().encode("gb18030"))
    assert report.total.rows_landed == 41
    assert name in cities(brand)


def test_a_utf_8_line_in_a_gb18030_file_is_rejected(brand, land_scans):
    lines = with_line("X,2024-01-05,a,上海\n").decode().splitlines(keepends=True)
    content = b"".join(
        line.encode("utf-8" if line.startswith("X") else "gb18030") for line in lines
    )
    land_scans(content)
    assert [row[:3] for row in brand.rejected()] == [
        (22, None, "is UTF-8 in a file of GB 18030; save it all in one encoding")
    ]
    assert cities(brand) == ["上海"]


def test_a_gb18030_line_in_a_utf_8_file_is_rejected(brand, land_scans):
    land_scans(with_line("X,2024-01-05,a,上海\n".encode("gb18030")))
    ((number, _, reason, _),) = brand.rejected()
    assert (number, reason) == (22, "byte 16 (0xc9) is not valid utf-8")


@pytest.mark.parametrize("encoding", ["latin-1", "cp1252"])
def test_western_encodings_never_land_as_wrong_letters(brand, land_scans, encoding):
    lines = "".join(f"T{row},2024-01-05,a,Orléans Málaga Köln\n" for row in range(30))
    report = land_scans((HEADER + lines).encode(encoding))
    assert "is not valid utf-8" in report.refusals[0]
    assert brand.query("select count(*) from raw.parcel_scans") == [(0,)]


def test_headers_with_invisible_characters_match(brand, land_scans):
    land_scans("\ufefftracking_no\u200b,scanned_at\u00a0,scan_code\u2060,city\n" + "".join(GOOD))
    assert landed_numbers(brand)[0] == (2, "T0")


@pytest.mark.parametrize("name", ["서울특별시 강남구 역삼동 테헤란로", "가나다라마바사아자차카타"])
def test_korean_in_its_own_encoding_is_refused(land_scans, name):
    """Its bytes are common characters in GB 18030 as well."""
    content = HEADER + "".join(GOOD).replace("上海", name)
    report = land_scans(content.encode("euc_kr"))
    assert "the text is Korean, in EUC-KR or CP949; save it as UTF-8" in report.refusals[0]


@pytest.mark.parametrize(
    "name", ["上海市浦东新区世纪大道一百号", "北京", "安徽安庆安定大道百八十八号"]
)
def test_chinese_is_not_taken_for_korean(land_scans, name):
    content = HEADER + "".join(GOOD).replace("上海", name)
    assert land_scans(content.encode("gb18030")).total.rows_landed == 40
