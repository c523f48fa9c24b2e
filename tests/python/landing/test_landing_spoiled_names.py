"""Time zones and currencies: names of a known list, in any spelling of shop systems."""

import duckdb
import pytest
from landing_samples import judged

from ingest.declarations import Column
from ingest.time_zones import SPELLINGS, ZONES_OF_OFFSETS, known_zones

ZONE = Column("x", "varchar", holds="time_zone")
CURRENCY = Column("x", "varchar", holds="currency")


@pytest.mark.parametrize(
    "text, expected",
    [
        ("Asia/Shanghai", "Asia/Shanghai"),
        ("asia/shanghai", "Asia/Shanghai"),
        ("America/New York", "America/New_York"),
        ("Asia/Shanghai\u200b", "Asia/Shanghai"),
        ("UTC", "UTC"),
        ("PRC", "PRC"),
        ("(GMT+08:00) Beijing", "Asia/Shanghai"),
        ("(UTC+08:00) Beijing, Chongqing, Hong Kong, Urumqi", "Asia/Shanghai"),
        ("(GMT-05:00) Eastern Time (US & Canada)", "America/New_York"),
        ("(GMT-04:00) Eastern Time (US & Canada)", "America/New_York"),
        ("GMT+8 Beijing", "Asia/Shanghai"),
        ("China Standard Time", "Asia/Shanghai"),
        ("北京时间", "Asia/Shanghai"),
        ("（GMT+08:00）北京", "Asia/Shanghai"),
        ("NULL", None),
    ],
)
def test_a_known_spelling_of_a_zone_gets_its_iana_name(text, expected):
    assert judged(ZONE, text) == (expected, None)


@pytest.mark.parametrize(
    "text, part",
    [
        ("GMT+8", "the name of a place with this offset, such as Asia/Shanghai"),
        ("UTC+8", "such as Asia/Shanghai"),
        ("+08:00", "such as Asia/Shanghai"),
        ("UTC-05:00", "such as America/New_York"),
        ("(GMT+09:00) Beijing", "is not a time zone of the IANA list"),
        ("CST", "which place is meant"),
        ("Asia/Shangai", "write Asia/Shanghai, if that is meant"),
        ("Shanghay", "write Asia/Shanghai, if that is meant"),
        ("#REF!", "is a spreadsheet's error"),
        ("???", "write a name such as Asia/Shanghai"),
    ],
)
def test_an_unknown_zone_is_rejected_with_the_nearest_name(text, part):
    value, said = judged(ZONE, text)
    assert value is None
    assert said.startswith(f"x: '{text}' ") and part in said


@pytest.mark.parametrize(
    "text, expected",
    [
        *((text, "CNY") for text in ("CNY", "cny", "RMB", "rmb", "￥", "¥", "元", "人民币")),
        ("US$", "USD"),
        ("ＵＳＤ", "USD"),
        ("港币", "HKD"),
        ("JPY", "JPY"),
        ("-", None),
    ],
)
def test_a_known_spelling_of_a_currency_gets_its_iso_code(text, expected):
    assert judged(CURRENCY, text) == (expected, None)


@pytest.mark.parametrize(
    "text, part",
    [
        ("$", "is the sign of several currencies"),
        ("£", "is the sign of several currencies"),
        ("ABCD", "is not a currency code of ISO 4217"),
        ("CNYY", "write CNY, if that is meant"),
        ("dollars", "is not a currency code of ISO 4217"),
    ],
)
def test_an_unknown_currency_is_rejected(text, part):
    value, said = judged(CURRENCY, text)
    assert value is None
    assert part in said


def test_a_shop_row_with_an_unknown_zone_is_rejected(order_brand):
    header = "platform,shop_id,time_zone,currency\n"
    order_brand.write(
        "oms/shops.csv", header + "shopify,a,GMT+8,CNY\njd,b,(GMT+08:00) Beijing,￥\n"
    )
    order_brand.land()
    assert order_brand.query("select shop_id, time_zone, currency from raw.shops") == [
        ("b", "Asia/Shanghai", "CNY")
    ]
    ((line, column, reason, _),) = order_brand.rejected()
    assert (line, column) == (2, "time_zone")
    assert reason.startswith("time_zone: 'GMT+8' is not a time zone of the IANA list")


def test_every_zone_of_the_spellings_is_known():
    with duckdb.connect() as con:
        names = {row[0] for row in con.execute("select name from pg_timezone_names()").fetchall()}
    known = set(known_zones(list(names)).values())
    assert set(SPELLINGS.values()) | set(ZONES_OF_OFFSETS.values()) <= known
