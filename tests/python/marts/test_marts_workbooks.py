"""Workbooks of the sample brand's marts say what the marts say, to the cent."""

from decimal import Decimal

import duckdb
import fastexcel
import pytest

from reports.workbooks import chosen_marts, published_marts, write_workbook

MARTS = ["rfm_customers", "fct_sales_daily", "margin_waterfall", "fct_orders", "fct_tickets"]


@pytest.mark.parametrize("name", MARTS)
def test_a_workbook_equals_its_mart(sample_brand, tmp_path, name):
    with duckdb.connect(str(sample_brand.published_file), read_only=True) as con:
        (mart,) = chosen_marts(published_marts(con), [name])
        written = write_workbook(con, mart, tmp_path)
        expected = con.sql(mart.sql).fetchall()
        # Names add columns and no rows.
        (rows,) = con.sql(f"select count(*) from {mart.full_name}").fetchone()
        assert rows == len(expected)
    # As text: numbers as Excel's file has them.
    sheet = fastexcel.read_excel(written.path).load_sheet(0, dtypes="string").to_arrow()
    assert sheet.num_rows == len(expected) == written.rows > 0
    for place, column in enumerate(mart.columns):
        told = sheet.column(place).to_pylist()
        values = [row[place] for row in expected]
        if column.kind.startswith("DECIMAL"):
            numbers = [text and Decimal(text) for text in told]
            assert numbers == values, column.name
            assert sum(filter(None, numbers)) == sum(filter(None, values))
        elif column.unit in ("text", "count"):
            assert told == [None if value in (None, "") else str(value) for value in values]


def test_shops_and_products_have_their_names_and_order_the_rows(sample_brand, tmp_path):
    with duckdb.connect(str(sample_brand.published_file), read_only=True) as con:
        (mart,) = chosen_marts(published_marts(con), ["margin_waterfall"])
        written = write_workbook(con, mart, tmp_path)
        shops = dict(con.sql("select shop_key, shop_name from subject.dim_shops").fetchall())
        products = dict(
            con.sql("select product_key, product_name from subject.dim_products").fetchall()
        )
    sheet = fastexcel.read_excel(written.path).load_sheet(0, dtypes="string").to_arrow()
    names = [column.name for column in mart.columns]
    assert names[:2] == ["shop_key", "shop_name"]

    def told(name: str) -> list[str | None]:
        return sheet.column(names.index(name)).to_pylist()

    assert told("shop_name") == [shops.get(key) for key in told("shop_key")]
    assert told("product_name") == [products.get(key) for key in told("product_key")]
    named = [name for name in told("shop_name") if name]
    assert named == sorted(named) and len(set(named)) > 1


def test_no_mart_is_too_wide_or_nameless_for_a_workbook(sample_brand):
    with duckdb.connect(str(sample_brand.published_file), read_only=True) as con:
        marts = published_marts(con)
    assert len({mart.name for mart in marts}) == len(marts) > 80
    for mart in marts:
        assert mart.about and all(column.about for column in mart.columns), mart.full_name
        # Nothing that Excel has no cell for: lists, structs, blobs.
        assert not [
            each
            for each in mart.columns
            if each.kind.endswith(("]", ")", "BLOB")) and not each.kind.startswith("DECIMAL")
        ]
