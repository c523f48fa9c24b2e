"""JSON lines, Parquet and Excel give the same rows as CSV."""

import gzip
import io
import json
from datetime import date, datetime
from decimal import Decimal

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import xlsxwriter

NO_NUMBER = "is not a number of at most 14 digits and 4 decimals"
COLUMNS = ["sku_id", "name", "list_price", "launched_at", "updated_at"]
ROWS = [
    ("007", "精华", Decimal("199.90"), date(2024, 1, 5), datetime(2024, 1, 5, 8, 3, 1)),
    ("A-8", 'say "hi"', Decimal("0.30"), None, datetime(2024, 1, 6)),
    ("9", None, None, date(2024, 2, 29), None),
]
EXPECTED = [
    ("007", "精华", Decimal("199.9000"), date(2024, 1, 5), datetime(2024, 1, 5, 8, 3, 1)),
    ("A-8", 'say "hi"', Decimal("0.3000"), None, datetime(2024, 1, 6)),
    ("9", None, None, date(2024, 2, 29), None),
]


def text(value) -> str | None:
    return None if value is None else str(value)


def as_csv() -> bytes:
    lines = [",".join(COLUMNS)]
    for row in ROWS:
        lines.append(",".join('"' + (text(cell) or "").replace('"', '""') + '"' for cell in row))
    return "\n".join(lines).encode()


def as_json_lines() -> bytes:
    lines = [dict(zip(COLUMNS, map(text, row), strict=True)) for row in ROWS]
    return "\n".join(json.dumps(line, ensure_ascii=False) for line in lines).encode()


def as_parquet() -> bytes:
    buffer = io.BytesIO()
    cells = [list(column) for column in zip(*ROWS, strict=True)]
    pq.write_table(pa.table(cells, names=COLUMNS), buffer)
    return buffer.getvalue()


def as_excel(sheet_name: str = "products", first_row: int = 0) -> bytes:
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {"default_date_format": "yyyy-mm-dd hh:mm:ss"}) as workbook:
        workbook.add_worksheet("cover") if sheet_name != "first" else None
        sheet = workbook.add_worksheet(sheet_name)
        for index, row in enumerate([COLUMNS, *ROWS]):
            for column, cell in enumerate(row):
                if isinstance(cell, (date, datetime)):
                    sheet.write_datetime(first_row + index, column, cell)
                elif cell is not None:
                    sheet.write(first_row + index, column, cell)
    return buffer.getvalue()


def landed(brand) -> list[tuple]:
    return brand.query(f"select {', '.join(COLUMNS)} from raw.products order by _source_row")


FORMATS = {
    "csv": as_csv,
    "csv.gz": lambda: gzip.compress(as_csv()),
    "jsonl": as_json_lines,
    "ndjson.gz": lambda: gzip.compress(as_json_lines()),
    "parquet": as_parquet,
    "xlsx": as_excel,
}


@pytest.mark.parametrize("ending", FORMATS)
def test_every_format_gives_the_same_rows(order_brand, ending):
    order_brand.write(f"oms/products.{ending}", FORMATS[ending]())
    report = order_brand.land()
    assert (report.exit_code, report.total.rows_landed) == (0, 3)
    assert landed(order_brand) == EXPECTED


def test_files_of_all_formats_land_in_the_order_of_their_names(order_brand):
    for number, ending in enumerate(FORMATS):
        order_brand.write(f"oms/products/{number}.{ending}", FORMATS[ending]())
    order_brand.land()
    assert order_brand.query(
        "select _batch_id, _source_file, count(*) from raw.products group by all order by 1"
    ) == [
        (number + 1, f"oms/products/{number}.{ending}", 3) for number, ending in enumerate(FORMATS)
    ]


def test_source_rows_count_from_the_start_of_the_file(order_brand):
    order_brand.write("oms/products/a.jsonl", b"\n" + as_json_lines())
    order_brand.write("oms/products/b.parquet", as_parquet())
    order_brand.write("oms/products/c.xlsx", as_excel("first", first_row=3))
    order_brand.land()
    assert order_brand.query(
        "select _batch_id, list(_source_row order by _source_row) from raw.products"
        " group by 1 order by 1"
    ) == [(1, [2, 3, 4]), (2, [1, 2, 3]), (3, [5, 6, 7])]


def test_the_sheet_named_like_the_table_wins(order_brand):
    order_brand.write("oms/products.xlsx", as_excel("Products"))
    order_brand.land()
    assert landed(order_brand) == EXPECTED


def test_blank_rows_of_a_sheet_are_skipped(order_brand):
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer) as workbook:
        sheet = workbook.add_worksheet()
        for row, cells in ((0, ["sku_id", "list_price"]), (1, ["A", 1]), (3, ["B", "x"])):
            sheet.write_row(row, 0, cells)
        sheet.write_row(4, 0, ["C", 2.5])
    order_brand.write("oms/products.xlsx", buffer.getvalue())
    report = order_brand.land()
    assert report.total.rows_read == 3
    assert order_brand.query("select sku_id, _source_row from raw.products order by 2") == [
        ("A", 2),
        ("C", 5),
    ]
    ((number, column, reason, line),) = order_brand.rejected()
    assert (number, column, reason) == (
        4,
        "list_price",
        f"list_price: 'x' {NO_NUMBER}",
    )
    assert json.loads(line)["sku_id"] == "B"


def test_json_keys_match_in_any_spelling_and_values_of_any_kind(order_brand):
    lines = [
        {"skuId": 7, "Name": "x", "listPrice": 12.5, "updatedAt": "2024-01-05T08:00:00+08:00"},
        {"skuId": "a/b~c", "Name": None, "extra": [1, 2], "is_deleted": False},
        {"skuId": 12345678901234567890123, "Name": "é", "list_price ": 3},
    ]
    order_brand.write("oms/products.jsonl", "\n".join(map(json.dumps, lines[:2])))
    order_brand.write("oms/products_2.jsonl", json.dumps(lines[2]))
    assert order_brand.land().exit_code == 0
    assert order_brand.query("""
        select sku_id, name, list_price, updated_at, updated_at_offset_minutes, is_deleted
        from raw.products order by _batch_id, _source_row
    """) == [
        ("7", "x", Decimal("12.5"), datetime(2024, 1, 5, 8), 480, None),
        ("a/b~c", None, None, None, None, False),
        ("12345678901234567890123", "é", Decimal("3"), None, None, None),
    ]


@pytest.mark.parametrize(
    "line, reason",
    [
        ('{"sku_id": "x"', "not valid JSON"),
        ("[1]", "not a JSON object"),
        ("7", "not a JSON object"),
        ("text", "not valid JSON"),
        ('{"name": "x"}', "sku_id: is empty"),
        (
            '{"sku_id": "x", "list_price": "y"}',
            f"list_price: 'y' {NO_NUMBER}",
        ),
        ('{"sku_id": "a\x01b"}', "not valid JSON"),
        ('{"sku_id": "x"}\x01', "not valid JSON"),
    ],
)
@pytest.mark.parametrize("replaced", [0, -1, 3], ids=["lf", "crlf", "mixed"])
def test_a_bad_json_line_costs_that_line_only(order_brand, line, reason, replaced):
    good = ['{"sku_id": "a", "list_price": 1}'] * 30
    content = "\n".join([*good[:9], line, *good[9:]])
    content = content.replace("\n", "\r\n", replaced)
    order_brand.write("oms/products.jsonl", content)
    report = order_brand.land()
    assert (report.total.rows_landed, report.total.rows_read) == (30, 31)
    ((number, _, found, text_kept),) = order_brand.rejected()
    assert (number, found, text_kept) == (10, reason, line)


def test_two_json_keys_for_one_column_refuse_the_file(order_brand):
    order_brand.write("oms/products.jsonl", '{"sku_id": 1}\n{"skuId": 2}\n')
    (refusal,) = order_brand.land().refusals
    assert "both stand for sku_id" in refusal


def test_json_without_a_required_key_is_refused(order_brand):
    order_brand.write("oms/products.jsonl", '{"sku": 1}\n')
    (refusal,) = order_brand.land().refusals
    assert "missing the required column sku_id; the columns found are: sku." in refusal


def test_parquet_types_of_other_writers_are_read(order_brand, tmp_path):
    path = tmp_path / "other.parquet"
    duckdb.sql(f"""
        copy (
            select 7::bigint as sku_id, 19.99::float as list_price, 0.1::double + 0.2 as unit_cost,
                timestamptz '2024-01-05 08:00:00+08' as updated_at, true as is_deleted
        ) to '{path}'
    """)
    order_brand.write("oms/products.parquet", path.read_bytes())
    assert order_brand.land().exit_code == 0
    assert order_brand.query("""
        select sku_id, list_price, unit_cost, updated_at, updated_at_offset_minutes, is_deleted
        from raw.products
    """) == [("7", Decimal("19.99"), Decimal("0.3"), datetime(2024, 1, 5), 0, True)]


def damaged_parquet() -> bytes:
    content = as_parquet()
    return content[:4] + b"\xff" * 200 + content[204:]


@pytest.mark.parametrize(
    "name, content, expected",
    [
        ("products.parquet", as_parquet()[:-30], "not a whole Parquet file"),
        ("products.parquet", damaged_parquet(), "damaged"),
        ("products.parquet", as_csv(), "is not what .parquet says"),
        ("products.xlsx", as_excel()[:-200], "not a whole Excel workbook"),
        ("products.xlsx", as_parquet(), "seems to be a Parquet file"),
        (
            "products.xlsx",
            b"\xd0\xcf\x11\xe0old",
            "an old (.xls) or password-protected Excel workbook",
        ),
        ("products.jsonl", b"", "empty"),
    ],
)
def test_a_damaged_file_is_refused_and_the_others_land(order_brand, name, content, expected):
    order_brand.write(f"oms/{name}", content)
    order_brand.write("oms/products_good.parquet", as_parquet())
    report = order_brand.land()
    (refusal,) = report.refusals
    assert expected in refusal
    assert (report.exit_code, report.total.rows_landed) == (1, 3)


def test_an_empty_workbook_is_refused(order_brand):
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer) as workbook:
        workbook.add_worksheet()
    order_brand.write("oms/products.xlsx", buffer.getvalue())
    assert "the sheet is empty" in order_brand.land().refusals[0]


@pytest.mark.parametrize("prices, landed", [(["1,234", "7"], 2), (["1,234", "12,5", "7"], 1)])
def test_texts_in_parquet_are_numbers_as_in_other_files(order_brand, monkeypatch, prices, landed):
    """A comma in another number says that this one may be a decimal."""
    monkeypatch.setattr("ingest.group.tolerated_rejects", lambda limit, rows: rows)
    buffer = io.BytesIO()
    count = len(prices)
    cells = [["tmall"] * count, ["1"] * count, [*range(count)], ["A"] * count, [1] * count, prices]
    names = ["platform", "order_id", "line_no", "sku_id", "quantity", "unit_price"]
    pq.write_table(pa.table(cells, names=names), buffer)
    order_brand.write("oms/order_lines.parquet", buffer.getvalue())
    assert order_brand.land().total.rows_landed == landed
