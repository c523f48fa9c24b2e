"""From text to declared types: each rule with its boundary, and what must not pass."""

from datetime import date, datetime
from decimal import Decimal

import duckdb
import pytest
from landing_samples import judged

from ingest.conversion import literal
from ingest.declarations import Column
from ingest.times import offset_minutes, offset_text

MONEY = "decimal(18, 4)"


def converted(data_type: str, text: str):
    """The value that landing gives to a text; None when it does not fit or is empty."""
    return judged(Column("x", data_type), text)[0]


@pytest.mark.parametrize(
    "text, expected",
    [
        ("a b", "a b"),
        ("  a\u3000", "a"),
        ("\t0012", "0012"),
        ('="0012"', "0012"),
        ('=" 0012 "', "0012"),
        ('=""', None),
        ('="a"b"', 'a"b'),
        ("'0012", "0012"),
        ("'SO-12", "SO-12"),
        ("'s-Hertogenbosch", "'s-Hertogenbosch"),
        ("'12' inch", "'12' inch"),
        ("=A1+B1", "=A1+B1"),
        ("a\nb", "a\nb"),
        ("line\r\n", "line"),
        ("\ufeffx", "x"),
        ("   ", None),
        ("", None),
        ("NULL", "NULL"),
    ],
)
def test_text_is_trimmed_and_export_quoting_is_removed(text, expected):
    assert converted("varchar", text) == expected


@pytest.mark.parametrize(
    "text, expected",
    [
        ("6", 6),
        ("-6", -6),
        ("+6", 6),
        ("6.0", 6),
        ("6.", 6),
        ("1,234", 1234),
        ("1,234,567.00", 1234567),
        ("'6", 6),
        ('="6"', 6),
        ("007", 7),
        ("2147483647", 2147483647),
        ("2147483648", None),
        ("6.5", None),
        ("6.01", None),
        ("1e3", None),
        ("1_000", None),
        ("1,23", None),
        ("12,34,567", None),
        ("0x10", None),
        ("abc", None),
        ("6 7", None),
        ("¥6", None),
        ("-", None),
    ],
)
def test_integers(text, expected):
    assert converted("integer", text) == expected


def test_a_bigint_may_be_larger():
    assert converted("bigint", "2147483648") == 2147483648
    assert converted("bigint", "9223372036854775808") is None


@pytest.mark.parametrize(
    "text, expected",
    [
        ("12.5", "12.5"),
        ("-0.0001", "-0.0001"),
        ("¥12.50", "12.5"),
        ("￥ 1,234.50", "1234.5"),
        ("-¥3", "-3"),
        ("$3", "3"),
        ("3元", "3"),
        ("1,234,567.8912", "1234567.8912"),
        (".5", "0.5"),
        ("5.", "5"),
        ("1.5e3", "1500"),
        ("0.0000", "0"),
        ("19.990000000000002", "19.99"),
        ("19.989999999999998", "19.99"),
        ("0.30000000000000004", "0.3"),
        ("1.00000049", "1"),
        ("1.00000050", None),
        ("1.00001", None),
        ("0.12345", None),
        ("1000000000000", "1000000000000"),
        ("-999999999999.9999", "-999999999999.9999"),
        ("1000000000000.0001", None),
        ("100000000000000", None),
        ("99999999999999.99999999", None),
        ("1,23.4", None),
        ("1.234,56", None),
        ("nan", None),
        ("inf", None),
        ("-Infinity", None),
        ("1e400", None),
        ("12.5.1", None),
        ("12 5", None),
        ("--1", None),
    ],
)
def test_money(text, expected):
    assert converted(MONEY, text) == (None if expected is None else Decimal(expected))


@pytest.mark.parametrize(
    "text, expected",
    [("-23.5", -23.5), ("1e-3", 0.001), ("1,234.5", 1234.5), ("nan", None), ("1e999", None)],
)
def test_doubles(text, expected):
    assert converted("double", text) == expected


@pytest.mark.parametrize("text", ["true", "TRUE", "t", "1", "yes", "Y", "是", " True "])
def test_words_for_true(text):
    assert converted("boolean", text) is True


@pytest.mark.parametrize("text", ["false", "F", "0", "No", "n", "否"])
def test_words_for_false(text):
    assert converted("boolean", text) is False


@pytest.mark.parametrize("text", ["2", "maybe", "", "1.0", "on"])
def test_other_words_are_not_booleans(text):
    assert converted("boolean", text) is None


@pytest.mark.parametrize(
    "text, expected",
    [
        ("2024-01-05", date(2024, 1, 5)),
        ("2024/1/5", date(2024, 1, 5)),
        ("2024.01.05", date(2024, 1, 5)),
        ("20240105", date(2024, 1, 5)),
        ("2024-01-05 00:00:00", date(2024, 1, 5)),
        ("2024-01-05T00:00:00.000Z", date(2024, 1, 5)),
        ("2024/1/5 0:00", date(2024, 1, 5)),
        ("2024-02-29", date(2024, 2, 29)),
        ("2023-02-29", None),
        ("2024-13-01", None),
        ("20241301", None),
        ("2024-01-05 00:00:01", None),
        ("2024-01-05 08:00:00", None),
        ("05/01/2024", None),
        ("24-01-05", None),
        ("2024-01", None),
        ("45296", None),
        ("1900-01-01", date(1900, 1, 1)),
        ("1899-12-31", None),
        ("18991231", None),
        ("1899/12/31", None),
        ("2100-12-31", date(2100, 12, 31)),
        ("2101-01-01", None),
        ("21010101", None),
        ("0001-01-01", None),
    ],
)
def test_dates(text, expected):
    assert converted("date", text) == expected


@pytest.mark.parametrize(
    "text, expected, offset",
    [
        ("2024-01-05 08:03:04", datetime(2024, 1, 5, 8, 3, 4), None),
        ("2024-01-05T08:03:04", datetime(2024, 1, 5, 8, 3, 4), None),
        ("2024-01-05 08:03", datetime(2024, 1, 5, 8, 3), None),
        ("2024-01-05", datetime(2024, 1, 5), None),
        ("2024/1/5 8:03", datetime(2024, 1, 5, 8, 3), None),
        ("2024-01-05 08:03:04.5", datetime(2024, 1, 5, 8, 3, 4, 500000), None),
        ("2024-01-05 08:03:04.123456789", datetime(2024, 1, 5, 8, 3, 4, 123456), None),
        ("2024-01-05T08:03:04Z", datetime(2024, 1, 5, 8, 3, 4), 0),
        ("2024-01-05T08:03:04.000Z", datetime(2024, 1, 5, 8, 3, 4), 0),
        ("2024-01-05T08:03Z", datetime(2024, 1, 5, 8, 3), 0),
        ("2024-01-05 08:03:04+08", datetime(2024, 1, 5, 8, 3, 4), 480),
        ("2024-01-05 08:03:04+0800", datetime(2024, 1, 5, 8, 3, 4), 480),
        ("2024-01-05 08:03:04 -04:00", datetime(2024, 1, 5, 8, 3, 4), -240),
        ("2024-01-05T08:03-00:30", datetime(2024, 1, 5, 8, 3), -30),
        ("2024-01-05 08:03:04+05:45", datetime(2024, 1, 5, 8, 3, 4), 345),
        ("2024/1/5 8:03+08", datetime(2024, 1, 5, 8, 3), 480),
        ("2024-01-05 23:59:59", datetime(2024, 1, 5, 23, 59, 59), None),
        ("2024-01-05 24:00:00", None, None),
        ("2024-01-05 08:60:00", None, None),
        ("2024-01-05 08:00:60", None, None),
        ("2024-02-30 08:00:00", None, None),
        ("2024-01-05 08:03:04+25:00", None, None),
        ("2024-01-05 08:03:04 CST", None, None),
        ("2024-01-05 8:03 PM", datetime(2024, 1, 5, 20, 3), None),
        ("2024-01-05-04", None, None),
        ("05/01/2024 08:03", None, None),
        ("1704441784", None, None),
        ("abc", None, None),
        # A system's zero, in some zone.
        ("1970-01-01 00:00:00", None, None),
        ("1970-01-01 08:00:00", None, None),
        ("1970-01-01T00:00:00Z", None, None),
        ("1969/12/31 19:00", None, None),
        ("1970-01-02 00:00:00", datetime(1970, 1, 2), None),
        ("1969-12-31 23:59:59", None, None),
        ("1969/12/31 23:59", None, None),
        ("2100-12-31 23:59:59", datetime(2100, 12, 31, 23, 59, 59), None),
        ("2101-01-01 00:00:00", None, None),
        ("9011-12-01 08:26:00", None, None),
        ("9011/12/1", None, None),
    ],
)
def test_timestamps_keep_the_wall_clock_and_the_offset(text, expected, offset):
    assert converted("timestamp", text) == expected
    if expected is not None:
        sql = f"""
            select {offset_minutes("offset_text")}
            from (select {offset_text("x")} as offset_text from (select {literal(text)} as x))
        """
        assert duckdb.sql(sql).fetchone() == (offset,)
