"""Exports land by their header, whatever stands around it; what is not whole is refused."""

import io
import zipfile
from datetime import date
from decimal import Decimal

import pytest
from export_files import ALIPAY_END, ALIPAY_HEADER, alipay, wallet

MONEY = """
    select row_id, amount, order_id, balance_after, _source_row
    from raw.exports_money_rows order by _batch_id, _source_row, part_name
"""
GOOD = ("02 1001 100.00 0.00 1100.00 交易付款", "02 1002 0.00 3.50 1096.50 收费")


def log(brand, *columns: str) -> list[tuple]:
    return brand.query(
        f"select {', '.join(columns)} from raw.load_log where status = 'landed' order by _batch_id"
    )


def refusal(brand) -> str:
    (said,) = brand.land().refusals
    return said


def test_a_file_is_known_by_its_header_and_not_by_its_name(brand):
    brand.write("exports/Book1.txt", wallet("01 800001 入账 100.00 货款结算入账"))
    assert brand.land().exit_code == 0
    assert brand.query(MONEY) == [("800001", Decimal("100.0000"), "69000000000008000019", None, 2)]
    assert log(brand, "layout", "source_file") == [("douyin_wallet", "exports/Book1.txt")]


def test_lines_around_the_table_say_whose_it_is_and_are_no_rows(brand):
    brand.write("exports/flagship/账单.csv", alipay(*GOOD))
    assert brand.land().exit_code == 0
    assert brand.query(
        "select distinct seller, shop_id, period_from from raw.exports_money_rows"
    ) == [("20880000000000000156", "flagship", date(2026, 9, 1))]
    # The number of the line in the file that the user sees.
    assert [row[-1] for row in brand.query(MONEY)] == [6, 7]


def test_the_order_number_is_found_where_it_hides(brand):
    brand.write("exports/a.csv", alipay(*GOOD))
    brand.land()
    assert [row[2] for row in brand.query(MONEY)] == [
        "12345678901234561001",
        "12345678901234561002",
    ]


@pytest.mark.parametrize("expense", ["3.50", "-3.50"])
def test_expenses_are_taken_off_with_a_minus_or_without_one(brand, expense):
    brand.write("exports/a.csv", alipay(GOOD[0], f"02 1002 0.00 {expense} 1096.50 收费"))
    assert brand.land().exit_code == 0
    assert [row[1] for row in brand.query(MONEY)] == [Decimal("100.0000"), Decimal("-3.5000")]
    assert log(brand, "proof_result") == [("proved",)]


@pytest.mark.parametrize(
    ("expenses", "said"),
    [("3.50", "expense is the file's total 3.50"), ("-3.50", "expense is the file's total -3.50")],
)
def test_a_total_of_expenses_holds_with_a_minus_or_without_one(brand, expenses, said):
    end = f"{ALIPAY_END}\r\n#支出合计：1笔，共{expenses}元"
    brand.write("exports/a.csv", alipay(*GOOD, end=end))
    assert brand.land().exit_code == 0
    assert said in log(brand, "proof_detail")[0][0]


def test_a_balance_upwards_is_as_good(brand):
    brand.write("exports/a.csv", alipay(*reversed(GOOD)))
    assert brand.land().exit_code == 0
    (detail,) = log(brand, "proof_detail")[0]
    assert "upwards" in detail


def test_a_line_taken_out_of_a_wallet_is_found_by_its_balance(brand):
    rows = (*GOOD, "03 1003 0.00 500.00 596.50 提现", "04 1004 20.00 0.00 616.50 交易付款")
    brand.write("exports/a.csv", alipay(rows[0], rows[1], rows[3]))
    said = refusal(brand)
    assert "line 8: -500.00 is missing before it" in said
    assert "exports/a.csv" in said and "export the whole period again" in said
    assert brand.query("select count(*) from raw.exports_money_rows") == [(0,)]


def test_a_footer_that_tells_another_total_outweighs_a_balance_that_follows(brand):
    end = "#------------------账务明细列表结束------------------\r\n#支出合计：1笔，共-9.99元"
    brand.write("exports/a.csv", alipay(*GOOD, end=end))
    assert brand.land().exit_code == 0
    ((proof, result, detail),) = log(brand, "proof", "proof_result", "proof_detail")
    assert "balance" in proof and "total" in proof, detail
    assert result == "not proved"


def test_a_file_cut_off_is_refused_though_its_half_adds_up(brand):
    brand.write("exports/a.csv", alipay(*GOOD, end=""))
    assert "the file is cut off" in refusal(brand)


def test_a_direction_that_is_unknown_costs_its_row(brand):
    rows = [f"{day:02} 8000{day:02} 入账 10.00 货款" for day in range(1, 31)]
    brand.write("exports/a.csv", wallet(*rows, "03 900001 冻结 5.00 货款"))
    report = brand.land()
    assert report.total.rows_rejected == 1
    ((line, column, reason, _),) = brand.rejected()
    assert (line, column) == (32, "direction")
    assert "'冻结' is not known to the layout douyin_wallet" in reason


def test_amounts_with_signs_against_their_direction_are_refused(brand):
    brand.write("exports/a.csv", wallet("01 1 入账 -10.00 货款", "01 2 出账 -5.00 服务费"))
    assert "contradicts 动账方向" in refusal(brand)


def test_amounts_with_signs_that_agree_are_as_good(brand):
    brand.write("exports/a.csv", wallet("01 1 入账 10.00 货款", "01 2 出账 -5.00 服务费"))
    assert brand.land().exit_code == 0
    assert [row[1] for row in brand.query(MONEY)] == [Decimal("10.0000"), Decimal("-5.0000")]


def test_an_unknown_header_names_the_nearest_layout_and_the_difference(brand):
    changed = wallet("01 1 入账 10.00 货款").replace("动账方向", "动账的方向")
    brand.write("exports/a.csv", changed)
    said = refusal(brand)
    assert "the nearest layout is douyin_wallet" in said
    assert "动账方向 is perhaps 动账的方向" in said
    assert "python -m ingest layout learn" in said


def test_a_file_that_is_no_export_says_so(brand):
    brand.write("exports/a.csv", "name,colour\nann,red\n")
    assert "no row of the first 40 is the header of a known export" in refusal(brand)


def test_the_same_movement_in_two_overlapping_files_has_one_number(brand):
    first = ("01 1 入账 10.00 货款", "02 2 入账 20.00 货款")
    brand.write("exports/a.csv", wallet(*first))
    brand.write("exports/b.csv", wallet(first[1], "03 3 入账 30.00 货款"))
    assert brand.land().exit_code == 0
    ids = brand.query("select count(*), count(distinct row_id) from raw.exports_money_rows")
    assert ids == [(4, 3)]


def test_the_same_content_twice_lands_once(brand):
    brand.write("exports/a.csv", alipay(*GOOD))
    brand.write("exports/a (1).csv", alipay(*GOOD))
    report = brand.land()
    assert report.exit_code == 0
    assert any("same content as" in warning for warning in report.warnings)
    assert brand.query("select count(*) from raw.exports_money_rows") == [(2,)]
    assert brand.land().total.landed_files == 0


def test_two_sellers_in_one_folder_are_refused(brand):
    brand.write("exports/flagship/a.csv", alipay(*GOOD))
    brand.write("exports/flagship/b.csv", alipay(*GOOD, account="20889999999999999999"))
    said = refusal(brand)
    assert "exports/flagship/b.csv" in said
    assert "put each shop's files into a folder of its own" in said


def test_a_file_in_another_platforms_folder_is_refused(brand):
    brand.write("exports/jd/a.csv", wallet("01 1 入账 10.00 货款"))
    assert "it is a file of douyin" in refusal(brand)


def test_a_wallet_is_of_the_platform_whose_folder_it_lies_in(brand):
    brand.write("exports/taobao/home/a.csv", alipay(*GOOD))
    assert brand.land().exit_code == 0
    assert brand.query("select distinct platform, shop_id from raw.exports_money_rows") == [
        ("taobao", "home")
    ]


def test_columns_pasted_beside_the_table_are_no_rows(brand):
    lines = wallet("01 1 入账 10.00 货款").rstrip("\n").split("\n")
    lines = [lines[0] + ",,求和项,动账金额(元)", lines[1] + ",,货款,10.00", "," * 12 + "总计,10.00"]
    brand.write("exports/a.csv", "\n".join(lines) + "\n")
    assert brand.land().exit_code == 0
    assert [row[1] for row in brand.query(MONEY)] == [Decimal("10.0000")]


def test_a_header_of_a_plain_table_is_not_an_export(brand):
    brand.write("exports/a.csv", ALIPAY_HEADER + "\n")
    # No rows, and no line that ends the list.
    assert "the file is cut off" in refusal(brand)


ORDERS = (
    "订单号,订单状态,商品总价(元),邮费(元),用户实付金额(元),商家实收金额(元),商品数量(件),"
    "商品,商品id,商家编码-规格维度"
)


def orders(*rows: str, header: str = ORDERS) -> str:
    return "\n".join([header, *rows]) + "\n"


def test_numbers_that_a_spreadsheet_shortened_are_refused(brand):
    row = "6.90000E+18,已签收,10.00,0.00,10.00,10.00,1,杯子,754,CUP"
    brand.write("exports/a.csv", orders(row, row))
    said = refusal(brand)
    assert "order_id: '6.90000E+18' is a number that a spreadsheet shortened" in said


def test_a_line_cut_in_the_middle_is_rejected_with_its_number(brand):
    rows = [f"260601-{n:03},已签收,10.00,0.00,10.00,10.00,1,杯子,754,CUP" for n in range(30)]
    brand.write("exports/a.csv", orders(*rows, "260601-031,已签收,10.00"))
    report = brand.land()
    assert (report.total.rows_landed, report.total.rows_rejected) == (30, 1)
    assert [row[0] for row in brand.rejected()] == [32]


def test_two_vintages_lie_in_one_folder(brand):
    brand.write("exports/old.csv", orders("260601-1,已签收,10.00,0.00,10.00,10.00,1,杯子,754,CUP"))
    newer = ORDERS.replace("商品总价(元)", "商品总价（元）") + ",支付时间,省,市,区"
    row = "260602-2,待发货,20.00,0.00,20.00,20.00,2,杯子,754,CUP,2026-06-02 10:00:00,浙江,杭州,**"
    brand.write("exports/new.csv", orders(row, header=newer))
    assert brand.land().exit_code == 0
    found = brand.query("select order_id, paid_at from raw.exports_order_rows order by order_id")
    # Where no column tells when an order was paid, its status and its number do.
    assert [(number, str(paid)) for number, paid in found] == [
        ("260601-1", "2026-06-01 00:00:00"),
        ("260602-2", "2026-06-02 10:00:00"),
    ]


def test_an_empty_file_and_a_picture_are_refused(brand):
    brand.write("exports/a.csv", "")
    brand.write("exports/b.csv", b"\x89PNG\r\n\x1a\n")
    said = brand.land().refusals
    assert "exports/a.csv: the file is empty" in said[0]
    assert "exports/b.csv: the content seems to be a PNG picture" in said[1]


def test_archives_are_read_member_by_member(brand):
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("汇总.csv", "说明,无\n")
        archive.writestr("明细.csv", alipay(*GOOD))
    brand.write("exports/flagship/账单.zip", packed.getvalue())
    (said,) = brand.land().refusals
    assert "账单.zip/汇总.csv" in said
    assert brand.query("select count(*), min(shop_id) from raw.exports_money_rows") == [
        (2, "flagship")
    ]


def test_a_document_beside_the_exports_is_told_and_refuses_nothing(brand):
    brand.write("exports/a.csv", wallet("01 1 入账 10.00 货款"))
    brand.write("exports/bill.pdf", b"%PDF-1.7")
    report = brand.land()
    assert report.exit_code == 0
    assert any("exports/bill.pdf" in warning for warning in report.warnings)
