"""Files that somebody added to, took from, or keeps among other things."""

import io
import zipfile
from decimal import Decimal

import pytest
from export_files import ALIPAY_END, alipay, wallet
from samples.taobao import SAMPLES as TAOBAO
from samples.wechat_pay import SAMPLES as BILLS

GOOD = ("02 1001 100.00 0.00 1100.00 交易付款", "02 1002 0.00 3.50 1096.50 收费")
TOTALLED = ALIPAY_END + "\r\n#支出合计：1笔，共3.50元\r\n#收入合计：1笔，共100.00元"
BILL = "商户订单号,发生时间,收入金额（+元）,支出金额（-元）,账务类型,备注,业务描述"
BILLED = (
    "260901-100000000000001,2026-09-10 01:00:00,25.00,0.00,交易收入,,0010002|交易收入-订单收入",
    "260901-100000000000001,2026-09-12 01:00:00,0.00,-5.00,退款,,0010003|退款-订单退款",
)


ORDERS = (
    "订单号,订单状态,商品总价(元),邮费(元),用户实付金额(元),商家实收金额(元),商品数量(件),"
    "商品,商品id,商家编码-规格维度"
)


def amounts(brand) -> list[Decimal]:
    found = brand.query("select amount from raw.exports_money_rows order by _source_row")
    return [amount for (amount,) in found]


def proof(brand) -> tuple:
    return brand.query("select proof_result, proof_detail from raw.load_log")[0]


@pytest.mark.parametrize(
    "added",
    [
        ",,25.00,-5.00,,,",
        "合计,,25.00,-5.00,,,",
        "合计（2笔）：,,25.00,-5.00,-,,",
        ",,25.00,-5.00,Total,,",
    ],
)
def test_a_sum_below_the_rows_is_no_row_and_is_compared(brand, added):
    brand.write("exports/a.csv", "\n".join([BILL, *BILLED, added]) + "\n")
    report = brand.land()
    assert (report.exit_code, report.warnings) == (0, [])
    assert amounts(brand) == [Decimal("25.0000"), Decimal("-5.0000")]
    assert proof(brand)[0] == "proved"


def test_of_sums_of_pages_and_of_all_the_last_counts(brand):
    lines = [BILL, BILLED[0], "本页小计,,25.00,0.00,,,", BILLED[1], "总计,,25.00,-5.00,,,"]
    brand.write("exports/a.csv", "\n".join(lines) + "\n")
    assert brand.land().warnings == []
    assert amounts(brand) == [Decimal("25.0000"), Decimal("-5.0000")]


def test_a_table_pasted_below_the_rows_moves_nothing(brand):
    pasted = [
        ",,,,,,",
        "行标签,求和项,,,,,",
        "260901-100000000000001,20.00,,,,,",
        "总计,20.00,,,,,",
    ]
    brand.write("exports/a.csv", "\n".join([BILL, *BILLED, *pasted]) + "\n")
    brand.land()
    assert amounts(brand) == [Decimal("25.0000"), Decimal("-5.0000")]


def test_a_sum_below_orders_is_none(brand):
    rows = [
        "260901-1,已签收,10.00,0.00,10.00,10.00,1,Total care,754,-",
        "合计,,10.00,,10.00,10.00,1,,,",
    ]
    brand.write("exports/a.csv", "\n".join([ORDERS, *rows]) + "\n")
    assert brand.land().exit_code == 0
    assert brand.query("select order_id from raw.exports_order_rows") == [("260901-1",)]


@pytest.mark.parametrize("kept", [GOOD[:1], GOOD[1:]])
def test_a_first_or_last_row_taken_out_is_told_by_the_total(brand, kept):
    brand.write("exports/a.csv", alipay(*kept, end=TOTALLED))
    (warning,) = brand.land().warnings
    assert "exports/a.csv" in warning
    assert "in the total alone" in warning
    assert "export the whole period again" in warning
    assert proof(brand)[0] == "not proved"


def paypal(*rows: str) -> str:
    """PayPal's activity: type, currency, amount, balance."""
    lines = [
        "Date,Time,TimeZone,Type,Status,Currency,Gross,Fee,Net,Transaction ID,Invoice Number,"
        "Balance,Balance Impact"
    ]
    for number, row in enumerate(rows):
        kind, currency, amount, balance = row.split()
        lines.append(
            f"09/01/2026,08:00:0{number},PDT,{kind},Completed,{currency},{amount},0.00,{amount},"
            f"{currency}{number},,{balance},Credit"
        )
    return "\n".join(lines) + "\n"


def test_each_currency_has_a_balance_of_its_own(brand):
    rows = ("Payment USD 19.00 119.00", "Payment EUR 9.50 9.50", "Conversion EUR -9.50 0.00")
    brand.write("exports/shopify/us/a.csv", paypal(*rows, "Conversion USD 10.00 129.00"))
    assert brand.land().exit_code == 0
    assert "the balance follows from row to row in 4 rows" in proof(brand)[1]
    brand.write("exports/shopify/us/b.csv", paypal(*rows, "Conversion USD 10.00 130.00"))
    (said,) = brand.land().refusals
    assert "b.csv: the running balance does not follow at line 5: +1.00 is missing" in said


def test_the_summary_that_alipay_packs_beside_a_list_is_told_and_refuses_nothing(brand):
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("2088_业务明细(汇总).csv", "#支付宝业务汇总查询\n门店编号,门店名称\n")
        archive.writestr("2088_账务明细.csv", alipay(*GOOD))
    brand.write("exports/账单.zip", packed.getvalue())
    report = brand.land()
    assert report.exit_code == 0
    assert any("业务明细(汇总).csv" in warning for warning in report.warnings)
    assert len(amounts(brand)) == 2


def test_what_a_desktop_leaves_in_a_folder_is_no_export(brand):
    brand.write("exports/a.csv", wallet("01 1 入账 10.00 货款"))
    for name in ("Thumbs.db", "desktop.ini", ".DS_Store", "~$a.xlsx"):
        brand.write(f"exports/{name}", b"x")
    report = brand.land()
    assert (report.exit_code, report.warnings) == (0, [])


def test_a_platforms_folder_may_be_in_capitals_and_a_misspelled_one_is_told(brand):
    brand.write("exports/Taobao/home/a.csv", alipay(*GOOD))
    assert brand.land().warnings == []
    assert brand.query("select distinct platform, shop_id from raw.exports_money_rows") == [
        ("taobao", "home")
    ]
    brand.write("exports/taoboa/home/b.csv", wallet("01 1 入账 10.00 货款"))
    (warning,) = brand.land().warnings
    assert "the folder taoboa is no platform's" in warning
    assert "if taobao is meant" in warning


def test_of_an_order_in_two_downloads_the_one_that_a_browser_numbered_is_later(brand):
    for name, status in (("a (2)", "已收货"), ("a", "待发货"), ("a (1)", "已发货，待签收")):
        row = f"260901-1,{status},10.00,0.00,10.00,10.00,1,杯子,754,CUP"
        brand.write(f"exports/{name}.csv", "\n".join([ORDERS, row]) + "\n")
    assert brand.land().exit_code == 0
    found = brand.query("select order_status from raw.exports_order_rows order by _batch_id")
    assert [status for (status,) in found] == ["待发货", "已发货，待签收", "已收货"]


def test_an_amount_of_a_bill_that_was_changed_is_told_by_its_total(brand):
    (sample,) = (one for one in BILLS if one.layout == "wechat_pay_trades")
    changed = sample.content.replace(b"`10.00,", b"`9.00,", 1)
    brand.write("exports/a.csv", changed)
    (warning,) = brand.land().warnings
    assert "应结订单金额 is 9.0000, the file's total 10.00: +1.00 in the total alone" in warning


def test_a_column_that_somebody_renamed_is_told(brand):
    row = "260901-1,已签收,10.00,0.00,10.00,10.00,1,杯子,754,CUP"
    brand.write(
        "exports/a.csv", "\n".join([ORDERS.replace("邮费(元)", "我的邮费(元)"), row]) + "\n"
    )
    (warning,) = brand.land().warnings
    assert "the column 我的邮费(元) is not read; if it is 邮费(元) under another name" in warning
    # Others of the seller's own have no such name.
    brand.write("exports/b.csv", "\n".join([ORDERS + ",利润,毛利率", row + ",1,2"]) + "\n")
    assert not [warning for warning in brand.land().warnings if "is not read" in warning]


def test_columns_of_amounts_that_a_file_lacks_are_told(brand):
    lacking = (
        "售后状态",
        "支付时间",
        "店铺优惠折扣(元)",
        "平台优惠折扣(元)",
        "多多支付立减金额(元)",
    )
    row = "260901-1,已签收,10.00,0.00,10.00,10.00,1,杯子,754,CUP"
    brand.write("exports/a.csv", f"{ORDERS}\n{row}\n")
    (warning,) = brand.land().warnings
    assert f"columns that pinduoduo_orders reads are missing: {', '.join(lacking)};" in warning
    whole = f"{ORDERS},{','.join(lacking)}\n{row.replace('-1', '-2')},,,0,0,0\n"
    brand.write("exports/b.csv", whole)
    assert brand.land().warnings == []


def test_money_back_that_a_whole_file_may_lack_is_told(brand):
    header = "订单编号,买家会员名,买家应付货款,买家应付邮费,总金额,买家实际支付金额,订单状态"
    header += ",订单创建时间,订单付款时间,确认收货时间,宝贝总数量"
    row = '="1",a,10,0,10,10,交易成功,2026-09-01 10:00:00,2026-09-01 10:01:00,,1'
    brand.write("exports/taobao/a.csv", f"{header}\n{row}\n")
    (warning,) = brand.land().warnings
    assert "the file has no column 退款金额: what went back of its orders" in warning
    brand.write("exports/taobao/b.csv", f"{header},退款金额\n{row.replace('1', '2', 1)},0\n")
    assert brand.land().warnings == []


def test_a_part_of_the_amount_that_a_file_lacks_is_told(brand):
    (sample,) = (one for one in TAOBAO if one.layout == "taobao_trade_proceeds")
    lacking = sample.content.decode().replace("退款金额（元）", "", 1)
    brand.write("exports/taobao/a.csv", lacking.encode())
    (warning,) = brand.land().warnings
    assert "columns that taobao_trade_proceeds reads are missing: 退款金额（元）;" in warning
