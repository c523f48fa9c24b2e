"""Numbers and times as people write them: read where certain, otherwise rejected with a reason."""

from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal

import pytest
from landing_samples import judged

from ingest.declarations import Column, load_sources
from ingest.numbers import NumberSigns

MONEY, PIECES = Column("x", "decimal(18, 4)"), Column("x", "integer")
TIME, DAY = Column("x", "timestamp"), Column("x", "date")


@pytest.mark.parametrize(
    "text, expected",
    [
        ("１２．５０", "12.5"),
        ("１，２３４．５", "1234.5"),
        ("1，234", "1234"),
        ("12.50\u200b", "12.5"),
        ("CNY 12.50", "12.5"),
        ("12.50 RMB", "12.5"),
        ("US$12", "12"),
        ("€ 12.50", "12.5"),
        ("£12", "12"),
        ("12.50元", "12.5"),
        ("12.00-", "-12"),
        ("(12.00)", "-12"),
        ("(¥1,234.50)", "-1234.5"),
        ("¥-3", "-3"),
        ("-¥3", "-3"),
        ("−3", "-3"),
        ("1,234", "1234"),
    ],
)
def test_amounts_with_signs_and_currencies(text, expected):
    assert judged(MONEY, text) == (Decimal(expected), None)


@pytest.mark.parametrize("text, expected", [("１２", 12), ("12-", -12), ("(1,234)", -1234)])
def test_whole_numbers_with_signs(text, expected):
    assert judged(PIECES, text) == (expected, None)


@pytest.mark.parametrize(
    "text, part",
    [
        (
            "0,123",
            "has a comma that is not a thousands separator; if it is a decimal comma, declare",
        ),
        ("12,50", "has a comma that is not a thousands separator"),
        ("1.234,56", "has a comma that is not a thousands separator"),
        ("1.234.567", "has points that separate thousands; declare"),
        ("12%", "is a percentage"),
        ("1.2万", "is a rounded number"),
        ("3亿", "is a rounded number"),
        ("#####", "where a column is too narrow"),
        ("#VALUE!", "is a spreadsheet's error"),
        ("-(5)", "is not a number of at most 14 digits"),
        ("--5", "is not a number of at most 14 digits"),
        ("-5-", "is not a number of at most 14 digits"),
        ("(-5)", "is not a number of at most 14 digits"),
        ("12.5.1", "is not a number of at most 14 digits"),
        ("¥", "is not a number of at most 14 digits"),
    ],
)
def test_other_amounts_are_rejected_with_a_reason(text, part):
    value, said = judged(MONEY, text)
    assert value is None
    assert said.startswith(f"x: '{text}' ") and part in said


@pytest.mark.parametrize(
    "text, expected",
    [
        ("1.234,50", "1234.5"),
        ("12,5", "12.5"),
        ("0,123", "0.123"),
        ("1.234", "1234"),
        ("-1.234.567,8 €", "-1234567.8"),
        ("7", "7"),
        ("12.50", None),
        ("1,234.50", None),
    ],
)
def test_a_declared_decimal_comma(text, expected):
    signs = NumberSigns(decimal_comma=frozenset({0}))
    value, said = judged(MONEY, text, signs)
    assert value == (None if expected is None else Decimal(expected))
    assert (said is None) == (expected is not None)


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize(
    "prices, landed", [(["1.234", "7", "0,5"], ["1234", "7", "0.5"]), (["1.234"], ["1234"])]
)
def test_a_table_declares_its_decimal_comma(order_brand, monkeypatch, delimiter, prices, landed):
    def declared(names):
        (source,) = load_sources(names)
        tables = [replace(table, decimal_sign=",") for table in source.tables]
        return [replace(source, tables=tuple(tables))]

    monkeypatch.setattr("ingest.landing.load_sources", declared)
    order_brand.write("oms/order_lines.csv", order_lines(prices, delimiter))
    assert order_brand.land().total.rows_landed == len(prices)
    found = order_brand.query("select unit_price from raw.order_lines order by line_no")
    assert [row[0] for row in found] == [Decimal(price) for price in landed]


@pytest.mark.parametrize("text", ["1,234", "1.234", "-1,234", "¥1,234"])
def test_one_thousands_group_is_doubtful_unless_the_file_shows_its_sign(text):
    value, said = judged(MONEY, text, NumberSigns(frozenset(), frozenset({0}), frozenset({0})))
    assert value is None
    assert "may be a number of thousands or one with three decimals" in said
    assert judged(MONEY, text, NumberSigns(frozenset(), frozenset({1}), frozenset({1})))[1] is None


LINES = "platform,order_id,line_no,sku_id,quantity,unit_price\n"


def order_lines(prices: list[str], delimiter: str) -> str:
    rows = [["tmall", "1", str(number), "A", "1", price] for number, price in enumerate(prices)]
    quote = '"' if delimiter == "," else ""
    return LINES.replace(",", delimiter) + "".join(
        delimiter.join(f"{quote}{cell}{quote}" for cell in row) + "\n" for row in rows
    )


@pytest.mark.parametrize(
    "delimiter, prices, landed",
    [
        (",", ["1,234", "5.50"], ["1234", "5.5"]),
        (",", ["1,234"], ["1234"]),
        (",", ["1,234", "5,50", "7"], ["7"]),
        ("\t", ["1,234", "7"], ["1234", "7"]),
        ("\t", ["1,234", "5,50", "7"], ["7"]),
        (";", ["1,234", "5.50"], ["1234", "5.5"]),
        (";", ["1,234", "7"], ["7"]),
        (";", ["1.234", "7"], ["7"]),
        (";", ["1.234", "5.50"], ["1.234", "5.5"]),
        (";", ["1,234", "12,50", "5.50"], ["5.5"]),
        (";", ["1.234,50", "1.234", "7"], ["7"]),
        (";", ["1,234,567", "1,234"], ["1234567", "1234"]),
    ],
)
def test_the_numbers_of_a_file_show_its_decimal_sign(
    order_brand, monkeypatch, delimiter, prices, landed
):
    monkeypatch.setattr("ingest.group.tolerated_rejects", lambda limit, rows: rows)
    order_brand.write("oms/order_lines.csv", order_lines(prices, delimiter))
    order_brand.land()
    found = order_brand.query("select unit_price from raw.order_lines order by line_no")
    assert [row[0] for row in found] == [Decimal(price) for price in landed]
    for _, column, reason, _ in order_brand.rejected():
        assert column == "unit_price"
        assert 'meta: {decimal: ","}' in reason and "oms/_oms__sources.yml" in reason


@pytest.mark.parametrize(
    "text, expected",
    [
        ("20241105", datetime(2024, 11, 5)),
        ("20241105103000", datetime(2024, 11, 5, 10, 30)),
        ("20241105 103000", datetime(2024, 11, 5, 10, 30)),
        ("2024-11-05T10:30", datetime(2024, 11, 5, 10, 30)),
        ("2024年11月5日 10:30:00", datetime(2024, 11, 5, 10, 30)),
        ("2024年11月5日10:30", datetime(2024, 11, 5, 10, 30)),
        ("2024年11月5日", datetime(2024, 11, 5)),
        ("2024年11月5日 10时30分", datetime(2024, 11, 5, 10, 30)),
        ("2024年11月5日 10时30分05秒", datetime(2024, 11, 5, 10, 30, 5)),
        ("2024/11/5 10:30", datetime(2024, 11, 5, 10, 30)),
        ("２０２４－０１－０２ １０：３０", datetime(2024, 1, 2, 10, 30)),
        ("2024-11-05 3:04 PM", datetime(2024, 11, 5, 15, 4)),
        ("2024-11-05 下午3:04", datetime(2024, 11, 5, 15, 4)),
        ("2024年11月5日 上午9:05:06", datetime(2024, 11, 5, 9, 5, 6)),
        ("2024-11-05 12:00 AM", datetime(2024, 11, 5)),
        ("2024-11-05 12:59 pm", datetime(2024, 11, 5, 12, 59)),
        ("2024-11-05 下午15:04", datetime(2024, 11, 5, 15, 4)),
        ("2024-11-05 10:30:00 UTC", datetime(2024, 11, 5, 10, 30)),
        ("2024-11-05 10:30\u200b", datetime(2024, 11, 5, 10, 30)),
    ],
)
def test_unambiguous_times_land(text, expected):
    assert judged(TIME, text) == (expected, None)


@pytest.mark.parametrize(
    "text, part",
    [
        ("11/05/2024", "does not say which number is the day and which the month"),
        ("25/12/2024 10:00", "does not say which number is the day and which the month"),
        ("45601.5", "is the number that a spreadsheet keeps for a day"),
        ("45601", "is the number that a spreadsheet keeps for a day"),
        ("1730773800", "looks like Unix seconds (2024-11-05 02:30:00 UTC)"),
        ("1730773800000", "looks like Unix milliseconds (2024-11-05 02:30:00 UTC)"),
        ("1730773800000000", "looks like Unix microseconds (2024-11-05 02:30:00 UTC)"),
        ("2024-11-05 24:00:00", "is the end of a day; write 00:00:00 of the next one"),
        ("2024-11-05 10:30 CST", "names a time zone that several places use"),
        ("2024-11-05 上午13:04", "is not a time of 1970 to 2100"),
        ("2024-11-05 0:30 PM", "is not a time of 1970 to 2100"),
        ("20241305", "is not a time of 1970 to 2100"),
        ("2024年2月30日", "is not a time of 1970 to 2100"),
        ("#####", "where a column is too narrow"),
        ("#N/A!", "is not a time of 1970 to 2100"),
    ],
)
def test_other_times_are_rejected_with_a_reason(text, part):
    value, said = judged(TIME, text)
    assert value is None
    assert part in said


@pytest.mark.parametrize(
    "text, expected",
    [("2024年1月5日", date(2024, 1, 5)), ("２０２４－０１－０２", date(2024, 1, 2))],
)
def test_dates_in_chinese(text, expected):
    assert judged(DAY, text) == (expected, None)


def test_a_spreadsheet_day_number_is_not_a_date():
    assert "is the number that a spreadsheet keeps for a day" in judged(DAY, "45601")[1]


@pytest.mark.parametrize(
    "currency, amount, lands",
    [
        ("CNY", "¥12.50", True),
        ("CNY", "12.50元", True),
        ("JPY", "￥1250", True),
        ("USD", "$12.50", True),
        ("USD", "US$12.50", True),
        ("USD", "usd 12.50", True),
        ("HKD", "$12.50", True),
        ("RMB", "CNY 12.50", True),
        ("", "€12.50", True),
        ("CNY", "US$12.50", False),
        ("CNY", "$12.50", False),
        ("USD", "€12.50", False),
        ("HKD", "US$12.50", False),
        ("EUR", "12.50元", False),
    ],
)
def test_the_sign_of_another_currency_is_rejected(order_brand, currency, amount, lands):
    order_brand.write(
        "oms/settlements.csv",
        "platform,settlement_id,order_id,kind,amount,currency,settled_at\n"
        f'tmall,S1,O1,payout,"{amount}",{currency},2024-11-20\n'
        "tmall,S2,O1,payout,5,,2024-11-20\n",
    )
    order_brand.land()
    reasons = [reason for _, _, reason, _ in order_brand.rejected()]
    assert len(reasons) == (not lands)
    if not lands:
        assert f"is of another currency than its row (currency {currency})" in reasons[0]


@pytest.mark.parametrize(
    "text, lands", [("0.2", 1), ("1", 1), ("1.0", 1), ("0", 1), ("20", 0), ("-0.1", 0), ("1.01", 0)]
)
def test_a_share_is_at_most_one(text, lands):
    value, said = judged(Column("x", "decimal(9, 6)", between=(0, 1)), text)
    assert (value is not None) == lands
    assert said == (None if lands else f"x: '{text}' is not from 0 to 1; 20 % is 0.2")


@pytest.mark.parametrize(
    "data_type, between, text, said",
    [
        ("integer", (1, 5), "1", None),
        ("integer", (1, 5), "5.0", None),
        ("integer", (1, 5), "0", "x: '0' is not from 1 to 5"),
        ("integer", (1, 5), " 6", "x: '6' is not from 1 to 5"),
        ("bigint", (0, None), "0", None),
        ("bigint", (0, None), "-5", "x: '-5' is below 0"),
        ("decimal(18, 4)", (0, None), "¥5", None),
        ("decimal(18, 4)", (0, None), "(5)", "x: '(5)' is below 0"),
    ],
)
def test_a_number_out_of_its_range_is_rejected(data_type, between, text, said):
    assert judged(Column("x", data_type, between=between), text)[1] == said


@pytest.mark.parametrize(
    "starts_at, ends_at, lands",
    [
        ("2024-11-05 20:00:00", "2024-11-05 20:00:00", True),
        ("2024-11-05 20:00:00", "", True),
        ("", "2024-11-05 20:00:00", True),
        ("2024-11-05 20:00:00", "2024-11-05 01:00:00", False),
        ("2024-11-05T20:00:00+08:00", "2024-11-05T13:00:00Z", True),
        ("2024-11-05T20:00:00+08:00", "2024-11-05T11:00:00Z", False),
        # Times with different offsets are not compared.
        ("2024-11-05T20:00:00+08:00", "2024-11-05 13:00:00", True),
    ],
)
def test_an_end_before_its_start_is_rejected(brand, starts_at, ends_at, lands):
    brand.sources.append("marketing")
    brand.write(
        "marketing/campaigns.csv",
        f"campaign_id,starts_at,ends_at\nC1,{starts_at},{ends_at}\nC2,,\n",
    )
    brand.land()
    rejected = brand.rejected()
    assert [row[:2] for row in rejected] == ([] if lands else [(2, "ends_at")])
    assert all("is before starts_at" in row[2] for row in rejected)
