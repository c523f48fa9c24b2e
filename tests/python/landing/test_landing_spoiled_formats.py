"""JSON and Parquet: values of the wrong kind, numbers that lost digits, whole documents."""

import io
import json
from datetime import UTC, datetime, time, timedelta
from decimal import Decimal

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

GOOD = [f'{{"sku_id": "a{number}", "list_price": 1}}' for number in range(60)]


def products(brand) -> list[tuple]:
    return brand.query("select sku_id, list_price from raw.products order by _source_row")


@pytest.fixture
def land_json(order_brand):
    """Land a JSON line among good ones; its landed value and its error message."""

    def land(line: str) -> tuple[list[tuple], list[str]]:
        order_brand.write("oms/products.jsonl", "\n".join([line, *GOOD]))
        order_brand.land()
        return products(order_brand)[:-60], [row[2] for row in order_brand.rejected()]

    return land


@pytest.mark.parametrize(
    "number, sku_id",
    [
        ("123456789012345678", "123456789012345678"),
        ("12345678901234567890123", "12345678901234567890123"),
        ("1001.0", "1001"),
        ("1e2", "100"),
        ("0", "0"),
        ('"[gift]"', "[gift]"),
        ('"true"', "true"),
    ],
)
def test_json_ids_land_with_all_digits(land_json, number, sku_id):
    assert land_json(f'{{"sku_id": {number}}}') == ([(sku_id, None)], [])


@pytest.mark.parametrize(
    "value, reason",
    [
        ("[1, 2]", "sku_id: a list ([1,2]) is not text; write one value"),
        ('{"id": 1}', 'sku_id: an object ({"id":1}) is not text; write one value'),
        ("true", "sku_id: a boolean (true) is not text; write one value"),
        ("null", "sku_id: is empty"),
        (
            "6.9e17",
            "sku_id: '690000000000000000.0' is a number that a spreadsheet shortened;"
            " format the column as text and export again",
        ),
    ],
)
def test_json_values_of_another_kind_are_rejected(land_json, value, reason):
    assert land_json(f'{{"sku_id": {value}}}') == ([], [reason])


@pytest.mark.parametrize(
    "number, price",
    [
        ("123456789012.5678", "123456789012.5678"),
        ("999999999999.9999", "999999999999.9999"),
        ("0.30000000000000004", "0.3"),
        ("12.50", "12.5"),
        ("-0.0", "0"),
    ],
)
def test_json_decimals_keep_what_is_written(land_json, number, price):
    line = f'{{"name": "say \\"x\\": 1.00000000000000001", "sku_id": "x", "list_price": {number}}}'
    assert land_json(line) == ([("x", Decimal(price))], [])


@pytest.mark.parametrize(
    "content",
    [
        json.dumps([{"sku_id": "a"}, {"sku_id": "b"}]),
        json.dumps([{"sku_id": "a"}, {"sku_id": "b"}], indent=2),
        '[\n{"sku_id": "a"},\n{"sku_id": "b"}\n]\n',
        json.dumps({"sku_id": "a"}, indent=2),
    ],
)
def test_a_whole_json_document_is_refused(order_brand, content):
    order_brand.write("oms/products.jsonl", content)
    (refusal,) = order_brand.land().refusals
    assert "the file is one JSON document" in refusal and "write JSON lines" in refusal


def test_one_list_among_json_lines_costs_that_line_only(land_json):
    landed, reasons = land_json("[1]")
    assert (landed, reasons) == ([], ["not a JSON object"])


def test_a_column_may_have_the_name_of_the_line_text_column(brand):
    brand.sources = ["helpdesk"]
    review = {"review_id": "r", "platform": "jd", "order_id": "o", "rating": 5}
    review |= {"created_at": "2024-01-05 08:00:00", "text": "好", "reply_text": ["x"]}
    good = review | {"review_id": "g", "reply_text": "谢谢"}
    brand.write("helpdesk/reviews.jsonl", "\n".join(map(json.dumps, [good, review])))
    brand.land()
    assert brand.query("select review_id, text, reply_text from raw.reviews") == [
        ("g", "好", "谢谢")
    ]
    assert [row[2] for row in brand.rejected()] == [
        'reply_text: a list (["x"]) is not text; write one value'
    ]


def parquet(**columns) -> bytes:
    buffer = io.BytesIO()
    pq.write_table(pa.table(columns), buffer)
    return buffer.getvalue()


@pytest.fixture
def land_parquet(order_brand):
    """Land a Parquet file of products with these columns."""

    def land(**columns):
        order_brand.write("oms/products.parquet", parquet(**columns))
        return order_brand.land()

    return land


def test_doubles_are_ids_up_to_the_largest_exact_integer(order_brand, land_parquet):
    exact = float(2**53)
    land_parquet(sku_id=pa.array([1001.0, exact, 7.5] * 20 + [exact + 2]))
    assert {row[0] for row in products(order_brand)} == {"1001", "9007199254740992", "7.5"}
    ((number, column, reason, _),) = order_brand.rejected()
    assert (number, column) == (61, "sku_id")
    assert "has lost digits as a floating-point number; write ids as text" in reason


def test_short_floats_lose_digits_earlier(order_brand, land_parquet):
    land_parquet(sku_id=pa.array([float(2**24)] * 40 + [float(2**24 + 2)], pa.float32()))
    assert {row[0] for row in products(order_brand)} == {"16777216"}
    assert len(order_brand.rejected()) == 1


def test_nan_is_empty_and_infinity_is_rejected(order_brand, land_parquet):
    prices = [float("nan")] * 40 + [float("inf")]
    land_parquet(sku_id=[str(number) for number in range(41)], list_price=prices)
    assert {row[1] for row in products(order_brand)} == {None}
    ((_, _, reason, _),) = order_brand.rejected()
    assert reason.startswith("list_price: 'inf' is not a number")


def test_bytes_are_text_in_utf8_or_rejected(order_brand, land_parquet):
    land_parquet(sku_id=pa.array(["上".encode()] * 40 + [b"\xff\xfe"], pa.binary()))
    assert {row[0] for row in products(order_brand)} == {"上"}
    assert [row[1:3] for row in order_brand.rejected()] == [
        ("sku_id", "sku_id: bytes that are not text in UTF-8")
    ]


def test_types_of_other_writers_are_read_as_ids_and_times(order_brand, land_parquet):
    moment = datetime(2024, 1, 5, 8, tzinfo=UTC)
    land_parquet(
        sku_id=pa.array([Decimal("1001.00")], pa.decimal128(38, 2)),
        spu_id=pa.array([Decimal(10**37 + 7)], pa.decimal128(38, 0)),
        status=pa.array(["on"]).dictionary_encode(),
        updated_at=pa.array([moment], pa.timestamp("us", "Asia/Shanghai")),
    )
    assert order_brand.query("""
        select sku_id, spu_id, status, updated_at, updated_at_offset_minutes from raw.products
    """) == [("1001", str(10**37 + 7), "on", datetime(2024, 1, 5, 8), 0)]


@pytest.mark.parametrize(
    "columns, expected",
    [
        ({"sku_id": pa.array([["a"]])}, "sku_id: a column of the type varchar[] holds no text"),
        ({"sku_id": pa.array([{"a": 1}])}, "sku_id: a column of the type struct"),
        ({"sku_id": pa.array([True])}, "sku_id: a column of the type boolean holds no text"),
        ({"list_price": pa.array([True])}, "list_price: a column of the type boolean holds no num"),
        ({"updated_at": pa.array([time(8)])}, "updated_at: a column of the type time holds no ti"),
        ({"list_price": pa.array([timedelta(1)])}, "list_price: a column of durations"),
    ],
)
def test_an_unsuitable_column_type_refuses_the_file(land_parquet, columns, expected):
    (refusal,) = land_parquet(**({"sku_id": ["a"]} | columns)).refusals
    assert expected in refusal
