"""Marts as Excel workbooks: what a reader finds in them, and what Excel would spoil."""

import zipfile
from datetime import datetime
from decimal import Decimal
from pathlib import Path

import duckdb
import fastexcel
import pytest

from reports import workbooks
from reports.__main__ import main
from reports.workbooks import CELL_CHARACTERS, published_marts, write_workbook

ODD_TEXTS = [
    "=1+1",
    "+86 138",
    "-5",
    "@SUM(A1)",
    "http://example.com/x",
    "mailto:a@b.c",
    "{=A1}",
    " space ",
    "line\nbreak",
    "_x0041_",
    "bell\x07",
    "00012345678901234567",
    "😀中文",
]
LONG = "长" * 40_000
PAIRS = "😀" * 20_000


@pytest.fixture
def published(tmp_path: Path) -> Path:
    """A published file of five small marts, with what Excel would spoil."""
    path = tmp_path / "published" / "warehouse.duckdb"
    path.parent.mkdir()
    with duckdb.connect(str(path)) as con:
        con.execute("""
            create schema subject;
            create schema thematic;
            create table subject.dim_as_of_date as select date '2026-06-30' as as_of_date;
            create table subject.fct_orders as
            select
                lpad(i::varchar, 18, '0') as order_id,
                'CNY' as currency_code,
                date '2026-01-01' + i::integer as purchase_date,
                timestamp '2026-01-01 08:30:05' as paid_at,
                i % 2 = 0 as is_valid,
                i::bigint as line_count,
                cast(i * 1.2345 as decimal(18, 4)) as revenue_amount,
                cast(i / 7 as decimal(18, 6)) as refund_rate,
                case when i = 3 then null else 'x' end as shop_name
            from range(25) as rows (i);
            comment on table subject.fct_orders is 'One row per order.';
            comment on column subject.fct_orders.revenue_amount is 'What it brought.';
            create table subject.fct_empty (order_id varchar, revenue_amount decimal(18, 4));
            create table thematic.rfm_numbers as
            select
                cast('12345678901234.5678' as decimal(28, 4)) as total_amount,
                1234567890123456789 as row_count,
                'nan'::double as typical_interval_days,
                date '1066-10-14' as first_date,
                0.1::double as unheard_of;
            create view thematic.rfm_view as select order_id from subject.fct_orders;
            create table thematic.texts (place integer, title varchar);
        """)
        for place, text in enumerate([*ODD_TEXTS, LONG, PAIRS]):
            con.execute("insert into thematic.texts values (?, ?)", [place, text])
    return path


@pytest.fixture
def export(published, tmp_path, capsys):
    """Run the command: exit code, output, errors, folder."""
    out = tmp_path / "out"

    def run(*arguments: str) -> tuple[int, str, str, Path]:
        code = main(["export", *arguments, "--file", str(published), "--out", str(out)])
        written = capsys.readouterr()
        return code, written.out, written.err, out

    return run


def cells(path: Path, sheet: int | str = 0) -> list[list]:
    """Every row of a sheet as it stands, with its header."""
    loaded = fastexcel.read_excel(path).load_sheet(sheet, header_row=None, dtypes="string")
    columns = [column.to_pylist() for column in loaded.to_arrow().columns]
    return [list(row) for row in zip(*columns, strict=True)]


def xml(path: Path, part: str) -> str:
    return zipfile.ZipFile(path).read(part).decode()


def test_a_workbook_has_header_values_and_definitions(export):
    code, out, err, folder = export("fct_orders")
    assert (code, err) == (0, "") and "25 rows" in out
    path = folder / "fct_orders.xlsx"
    assert fastexcel.read_excel(path).sheet_names == ["fct_orders", "Definitions 说明"]
    header = cells(path)[0]
    assert header[:2] == ["Order id\n订单号", "Currency code\n币种"]
    table = fastexcel.read_excel(path).load_sheet(0).to_arrow().to_pydict()
    assert table["Order id\n订单号"][1] == "000000000000000001"
    assert table["Purchase date\n成交日"][2] == datetime(2026, 1, 3)
    assert table["Paid at\n付清时间"][0] == datetime(2026, 1, 1, 8, 30, 5)
    assert table["Is valid\n有效"][:2] == [True, False]
    assert table["Shop name\n店铺名称"][3] is None
    total = sum(Decimal(str(amount)) for amount in table["Revenue amount\n销售额"])
    assert total == sum(Decimal(i) * Decimal("1.2345") for i in range(25))
    definitions = cells(path, "Definitions 说明")
    assert definitions[0][0] == "Column\n列"
    assert definitions[1][4:] == ["One row per order.", "subject.fct_orders", "2026-06-30"]
    (amount,) = [row for row in definitions if row[0] == "revenue_amount"]
    assert amount[1:5] == [
        "Revenue amount",
        "销售额",
        "money / 金额: in currency_code / 按币种列",
        "What it brought.",
    ]


def test_header_stays_and_filters_and_formats_are_there(export):
    *_, folder = export("fct_orders")
    sheet = xml(folder / "fct_orders.xlsx", "xl/worksheets/sheet1.xml")
    assert 'ySplit="1"' in sheet and 'state="frozen"' in sheet
    assert '<autoFilter ref="A1:I26"/>' in sheet
    styles = xml(folder / "fct_orders.xlsx", "xl/styles.xml")
    for shown in ("yyyy-mm-dd", "yyyy-mm-dd hh:mm:ss", "#,##0", "#,##0.00", "0.00%"):
        assert f'formatCode="{shown}"' in styles
    widths = [
        float(part.split('"')[0]) for part in sheet.split('<col min="')[1].split('width="')[1:]
    ]
    assert all(5 < width < 60 for width in widths)


def test_texts_are_never_formulas_or_links_and_keep_every_character(export):
    code, _, err, folder = export("texts")
    path = folder / "texts.xlsx"
    shown = [row[1] for row in cells(path)[1:]]
    assert shown[: len(ODD_TEXTS)] == ODD_TEXTS
    sheet = xml(path, "xl/worksheets/sheet1.xml")
    assert "<f>" not in sheet and "hyperlink" not in sheet
    assert code == 0 and "2 texts of thematic.texts" in err
    for text, whole in zip(shown[len(ODD_TEXTS) :], (LONG, PAIRS), strict=True):
        kept, cut = text.split(" … (cut", 1)
        assert whole.startswith(kept) and cut
        assert CELL_CHARACTERS - 2 <= len(text.encode("utf-16-le")) // 2 <= CELL_CHARACTERS


def test_numbers_that_excel_would_round_are_texts(export):
    *_, folder = export("rfm_numbers")
    (row,) = cells(folder / "rfm_numbers.xlsx")[1:]
    assert row == ["12345678901234.5678", "1234567890123456789", "nan", "1066-10-14", "0.1"]


def test_a_column_without_chinese_shows_its_name(export):
    *_, folder = export("rfm_numbers")
    assert cells(folder / "rfm_numbers.xlsx")[0][-1] == "Unheard of\nunheard_of"


def test_an_empty_mart_has_a_header(export):
    code, out, _, folder = export("fct_empty")
    assert code == 0 and "0 rows" in out
    assert cells(folder / "fct_empty.xlsx") == [["Order id\n订单号", "Revenue amount\n销售额"]]


def test_more_rows_than_a_sheet_has_go_on_in_the_next(export, monkeypatch):
    monkeypatch.setattr(workbooks, "ROWS_OF_A_SHEET", 10)
    code, out, _, folder = export("fct_orders")
    assert code == 0 and "25 rows in 3 sheets" in out
    path = folder / "fct_orders.xlsx"
    names = fastexcel.read_excel(path).sheet_names
    assert names == ["fct_orders", "fct_orders (2)", "fct_orders (3)", "Definitions 说明"]
    rows = [cells(path, name) for name in names[:3]]
    assert [len(each) for each in rows] == [11, 11, 6]
    assert [row[0] for each in rows for row in each[1:]] == [f"{i:018}" for i in range(25)]
    assert '<autoFilter ref="A1:I6"/>' in xml(path, "xl/worksheets/sheet3.xml")


def test_a_sheet_that_is_just_full_has_no_next(export, monkeypatch):
    monkeypatch.setattr(workbooks, "ROWS_OF_A_SHEET", 25)
    assert "sheets" not in export("fct_orders")[1]


def test_long_exports_tell_how_far_they_are(export, monkeypatch):
    monkeypatch.setattr(workbooks, "TOLD_EVERY", 10)
    assert "fct_orders: 20 rows so far" in export("fct_orders")[1]


def test_the_same_file_gives_the_same_bytes(export):
    *_, folder = export("fct_orders")
    first = (folder / "fct_orders.xlsx").read_bytes()
    export("fct_orders")
    assert (folder / "fct_orders.xlsx").read_bytes() == first


def test_names_stand_beside_keys_and_rows_are_in_the_order_of_the_grain(export, published):
    with duckdb.connect(str(published)) as con:
        con.execute("""
            create table subject.dim_shops as
            select * from (values ('k1', 'Zebra'), ('k2', 'Ant')) as shops (shop_key, shop_name);
            create table subject.dim_products as
            select 'p' as product_key, 'Soap' as product_name;
            create table thematic.margin_tiny as
            select * from (values
                ('k1', 'p', date '2026-01-01', 3), ('k2', null, date '2026-02-01', 2),
                ('k2', 'p', date '2026-01-01', 1), (null, 'q', date '2026-01-01', 4)
            ) as rows (shop_key, product_key, month_date, line_count);
            create table thematic.list_tiny as
            select * from (values ('a', 1, 2), ('b', 2, 1))
            as rows (customer_key, order_count, place);
        """)
    _, _, _, out = export("margin_tiny,list_tiny")
    sheet = fastexcel.read_excel(out / "margin_tiny.xlsx").load_sheet(0, dtypes="string")
    columns = [name.split("\n")[0] for name in sheet.to_arrow().column_names]
    assert columns == [
        *("Shop key", "Shop name", "Product key", "Product name", "Month date", "Line count")
    ]
    rows = [tuple(row.values()) for row in sheet.to_arrow().to_pylist()]
    assert [(row[1], row[3], row[5]) for row in rows] == [
        ("Ant", "Soap", "1"),
        ("Ant", None, "2"),
        ("Zebra", "Soap", "3"),
        (None, None, "4"),
    ]
    places = fastexcel.read_excel(out / "list_tiny.xlsx").load_sheet(0).to_arrow().column(2)
    assert places.to_pylist() == [1, 2]


def test_patterns_choose_marts_and_views(export):
    code, _, _, folder = export("thematic.rfm_*,fct_empty")
    assert code == 0
    assert {path.name for path in folder.iterdir()} == {
        "rfm_numbers.xlsx",
        "rfm_view.xlsx",
        "fct_empty.xlsx",
    }


def test_without_a_name_marts_are_listed(export):
    code, out, _, folder = export()
    assert code == 0 and "subject.fct_orders  One row per order." in out
    assert not folder.exists()


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("fct_order", "did you mean fct_orders"),
        ("subject.rfm_view", "did you mean rfm_view"),
        ("xyzzy*", "docs/marts.md lists them"),
    ],
)
def test_an_unknown_mart_names_the_nearest(export, name, message):
    code, _, err, folder = export(f"fct_orders,{name}")
    assert code == 2 and message in err
    assert not folder.exists()


def test_without_a_publication_it_says_what_to_do(tmp_path, capsys):
    assert main(["export", "fct_orders", "--file", str(tmp_path / "none.duckdb")]) == 1
    assert "run `make build` first" in capsys.readouterr().err


def test_a_failure_leaves_the_last_workbook_and_nothing_else(export, published, monkeypatch):
    *_, folder = export("fct_orders")
    before = (folder / "fct_orders.xlsx").read_bytes()

    def fail(*_: object) -> None:
        raise OSError("No space left on device")

    monkeypatch.setattr(workbooks, "_define", fail)
    code, _, err, _ = export("fct_orders")
    assert code == 1 and "No space left" in err
    assert [path.name for path in folder.iterdir()] == ["fct_orders.xlsx"]
    assert (folder / "fct_orders.xlsx").read_bytes() == before


def test_a_file_as_folder_is_named(published, tmp_path):
    (tmp_path / "taken").write_text("")
    with duckdb.connect(str(published), read_only=True) as con:
        mart = published_marts(con)[0]
        with pytest.raises(workbooks.WorkbookError, match="cannot write to"):
            write_workbook(con, mart, tmp_path / "taken")
