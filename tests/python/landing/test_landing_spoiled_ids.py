"""Ids and words as spreadsheets, programs and keyboards spoil them; names stay as they are."""

import pytest
from landing_samples import HEADER, judged, landed_numbers

from ingest.declarations import Column, load_sources

ID, WORD, NAME = (Column("x", "varchar", holds=kind) for kind in ("id", "word", "text"))
SHORTENED = " is a number that a spreadsheet shortened; format the column as text and export again"
NARROW = (
    " is what a spreadsheet shows where a column is too narrow; widen the column and export again"
)
MADE_A_DATE = (
    " is a date that a spreadsheet made of an id; format the column as text and export again"
)
ERROR = " is a spreadsheet's error; fix the cell and export again"


@pytest.mark.parametrize(
    "text, expected",
    [
        ("1001.0", "1001"),
        ("13800138000.0", "13800138000"),
        ("-7.0", "-7"),
        ("0.0", "0"),
        ("999999999999999.0", "999999999999999"),
        ("00123", "00123"),
        ("0012.0", "0012.0"),
        ("1.10", "1.10"),
        ("1.00", "1.00"),
        ("99.00", "99.00"),
        ("100.00", "100"),
        ("1001.000", "1001"),
        ("1001.5", "1001.5"),
        ("1E15", "1E15"),
        ("12e5", "12e5"),
        ("1E-05", "1E-05"),
        ("240511123456789012", "240511123456789012"),
        ("#1001308462", "#1001308462"),
        ("+1 (200) 555-0056", "+1 (200) 555-0056"),
        ("ZW1\u200b", "ZW1"),
        ("\u202dZW\u20601\u202c", "ZW1"),
        ("\ufeffA\u00adB", "AB"),
        ("\u2003A 1\u202f", "A 1"),
        ("A\u00a01", "A 1"),
        ("ＡＢ１２－３", "AB12-3"),
        ("（１）", "(1)"),
        ('="0012"', "0012"),
        ('="１００１"', "1001"),
        ("订单7", "订单7"),
        ("NOV-05", "NOV-05"),
        ("Nov-2024", "Nov-2024"),
        ("11-5", "11-5"),
    ],
)
def test_spoiled_ids_with_one_meaning_are_repaired(text, expected):
    assert judged(ID, text) == (expected, None)


@pytest.mark.parametrize(
    "text, said",
    [
        ("5-Nov", MADE_A_DATE),
        ("Nov-05", MADE_A_DATE),
        ("11月5日", MADE_A_DATE),
        ("6.94E+17", SHORTENED),
        ("2.40511e+17", SHORTENED),
        ("1.2E+15", SHORTENED),
        ("2,40511E+17", SHORTENED),
        ("1e+16", SHORTENED),
        ("6.94E17", SHORTENED),
        ("1.00E-05", SHORTENED),
        ("1234567890123456.0", SHORTENED),
        ("1000000000000000.", SHORTENED),
        ("13,800,138,000", " is a number with separated thousands;" + SHORTENED.partition(";")[2]),
        ("########", NARROW),
        ("#", NARROW),
        ("#REF!", ERROR),
        ("#DIV/0!", ERROR),
        ("#NAME?", ERROR),
    ],
)
def test_ids_that_lost_digits_are_rejected(text, said):
    assert judged(ID, text) == (None, f"x: '{text}'{said}")


NOTHING = ["NULL", "null", r"\N", "#N/A", "nan", "NaN", "None", "--", "-", "N/A", "<NA>", "(null)"]


@pytest.mark.parametrize("text", [*NOTHING, " NULL ", "\u200bnull"])
def test_null_words_are_empty_except_in_names(text):
    assert judged(ID, text) == (None, None)
    assert judged(WORD, text) == (None, None)
    assert judged(Column("x", "timestamp"), text) == (None, None)
    if text.strip() != "-":
        assert judged(Column("x", "decimal(18, 4)"), text) == (None, None)


def test_a_dash_in_an_amount_may_be_zero_so_it_is_rejected():
    assert judged(Column("x", "decimal(18, 4)"), "-")[1].startswith("x: '-' is not a number")


@pytest.mark.parametrize("text", ["NULL", "None", "-", "ＡＢ１２", "1001.0", "########", "2.4E+17"])
def test_names_and_titles_stay_as_they_are(text):
    assert judged(NAME, text) == (text, None)


@pytest.mark.parametrize("text", ["\u200bx\u202c", "\u2003x\u205f", "\u00adx\u180e", "\u200ex"])
def test_names_lose_invisible_characters_at_their_ends(text):
    assert judged(NAME, text) == ("x", None)
    assert judged(NAME, "👨\u200d👩 a\u200bb") == ("👨\u200d👩 a\u200bb", None)


@pytest.mark.parametrize(
    "text, expected",
    [
        ("ＪＤ", "JD"),
        ("jd\u200b", "jd"),
        ("买家已付款，等待卖家发货", "买家已付款，等待卖家发货"),
        ("none", "none"),
        ("1.0", "1.0"),
    ],
)
def test_words_keep_their_punctuation_and_their_numbers(text, expected):
    assert judged(WORD, text) == (expected, None)


def test_a_word_spoiled_by_a_spreadsheet_is_rejected():
    assert judged(WORD, "#REF!") == (None, f"x: '#REF!'{ERROR}")


def test_a_null_word_in_a_required_id_is_rejected_as_empty():
    assert judged(Column("x", "varchar", required=True, holds="id"), "NULL") == (
        None,
        "x: is empty",
    )


def test_a_column_name_or_declaration_decides_what_it_holds():
    tables = {table.name: table for table in load_sources(["oms"])[0].tables}
    held = {column.name: column.holds for column in tables["accounts"].columns}
    assert (held["account_id"], held["phone"], held["email"]) == ("id", "id", "id")
    assert (held["platform"], held["nickname"], held["address"]) == ("word", "text", "text")
    shops = {column.name: column.holds for column in tables["shops"].columns}
    assert (shops["time_zone"], shops["currency"]) == ("time_zone", "currency")


def scans(ids: list[str]) -> str:
    return HEADER + "".join(f"{one},2024-01-05,x,\n" for one in ids)


ROUNDED = [f"24051112345{number:04d}000" for number in range(1, 31)]
WHOLE = [f"24051112345678{number:04d}"[:18] for number in range(1001, 1031)]


def test_a_file_of_rounded_ids_is_refused_with_the_reason(brand, land_scans):
    (refusal,) = land_scans(scans(ROUNDED)).refusals
    assert f"tracking_no: '{ROUNDED[0]}' has lost its digits after the 15th" in refusal


def test_a_lone_id_that_ends_in_zeros_lands_with_a_warning(brand, land_scans):
    report = land_scans(scans([*WHOLE, ROUNDED[0]]))
    assert len(landed_numbers(brand)) == 31
    (warning,) = report.warnings
    assert warning.startswith(f"wms/parcel_scans.csv: tracking_no {ROUNDED[0]} ends in zeros")


def test_an_id_that_ends_in_zeros_by_chance_gives_no_warning(brand, land_scans):
    ids = [str(240511123456780000 + number) for number in range(1, 1003)]
    assert land_scans(scans(ids)).warnings == []
    assert len(landed_numbers(brand)) == 1002


@pytest.mark.parametrize(
    "ids, rejected",
    [
        (["1234567890123450", "A", "B"], 0),
        (["1234567890123450", "1234567890123460", "A", "B"], 0),
        (["123456789012345000", "A", "B"], 1),
        (["123456789012345000", "123456789012345678", "123456789012345679", "B"], 0),
        (["123456789012345000", "123456789012345678", "A", "B"], 1),
        (["123456789012345", "100000000000000"], 0),
    ],
)
def test_rounded_ids_are_rejected_unless_chance_explains_them(
    brand, land_scans, monkeypatch, ids, rejected
):
    monkeypatch.setattr("ingest.group.tolerated_rejects", lambda limit, rows: rows)
    land_scans(scans(ids))
    assert len(brand.rejected()) == rejected
    assert len(landed_numbers(brand)) == len(ids) - rejected


@pytest.mark.parametrize(
    "text, landed, said",
    [
        ("succeeded", "succeeded", None),
        (" SUCCEEDED", "SUCCEEDED", None),
        ("", None, None),
        ("NULL", None, None),
        ("paid", None, "status: 'paid' is not one of succeeded, failed"),
        ("#REF!", None, "status: '#REF!' is a spreadsheet's error; fix the cell and export again"),
    ],
)
def test_a_word_must_be_one_of_its_list(text, landed, said):
    column = Column("status", "varchar", holds="word", one_of=("succeeded", "failed"))
    assert judged(column, text) == (landed, said)


def test_a_deletion_may_have_any_word(order_brand):
    header = "platform,payment_id,order_id,amount,status,is_deleted\n"
    good = "".join(f"tmall,P{number},O,1,succeeded,\n" for number in range(40))
    order_brand.write("oms/payments.csv", f"{header}{good}tmall,P1,O,1,gone,true\n")
    assert not order_brand.land().refusals
    assert order_brand.query("select status from raw.payments where is_deleted") == [(None,)]


@pytest.mark.parametrize("again", ["platform,shop_id,name", "Platform,SHOP_ID,店名"])
def test_a_repeated_header_is_not_a_row(order_brand, again):
    """Two exports, one put behind the other."""
    order_brand.write("oms/shops.csv", f"platform,shop_id,name\ntmall,s1,N\n{again}\njd,s2,name\n")
    order_brand.land()
    assert [row[:3] for row in order_brand.rejected()] == [
        (3, "platform", "platform: 'platform' is the header again")
    ]
    assert order_brand.query("select shop_id, name from raw.shops order by 1") == [
        ("s1", "N"),
        ("s2", "name"),
    ]


@pytest.mark.parametrize(
    "text, expected",
    [
        ("签收", "delivered"),
        (" 已签收 ", "delivered"),
        ("Signed", "delivered"),
        ("delivered", "delivered"),
        ("DELIVERED", "DELIVERED"),
        ("customs", "customs"),
    ],
)
def test_synonyms_become_the_known_word(text, expected):
    means = {"签收": "delivered", "已签收": "delivered", "signed": "delivered"}
    assert judged(Column("x", "varchar", holds="word", means=means), text) == (expected, None)
    closed = Column("x", "varchar", holds="word", means=means, one_of=("delivered",))
    value, said = judged(closed, text)
    assert (value, said) == ((expected, None) if text != "customs" else (None, said))
    assert (said is None) == (text != "customs")
