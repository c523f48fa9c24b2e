"""Statements without numbers of their rows, rows of several amounts, workbooks and web pages."""

import io
from decimal import Decimal

import pytest
import xlsxwriter
from export_files import wallet

SETTLEMENT = [
    *("settlement-id", "settlement-start-date", "settlement-end-date", "deposit-date"),
    *("total-amount", "currency", "transaction-type", "order-id", "merchant-order-id"),
    *("adjustment-id", "shipment-id", "marketplace-name", "amount-type", "amount-description"),
    *("amount", "fulfillment-id", "posted-date", "posted-date-time", "order-item-code"),
    *("merchant-order-item-id", "merchant-adjustment-item-id", "sku", "quantity-purchased"),
    "promotion-id",
]
AMOUNTS = "select amount, fee_name, statement_id from raw.exports_money_rows order by _source_row"


def settlement(total: str, *rows: str, statement: str = "111") -> str:
    """An Amazon statement: its total, and rows of an amount and its name."""
    first = {"settlement-id": statement, "total-amount": total, "currency": "USD"}
    first |= {"settlement-start-date": "2026-09-01 00:00:00 UTC"}
    first |= {"settlement-end-date": "2026-09-14 00:00:00 UTC"}
    lines = [first]
    for row in rows:
        amount, name = row.split()
        lines.append(
            {
                "settlement-id": statement,
                "transaction-type": "Order",
                "order-id": "111-1234567-1234567",
                "amount-type": "ItemPrice",
                "amount-description": name,
                "amount": amount,
                "posted-date": "2026-09-02",
                "posted-date-time": "2026-09-02 01:02:03 UTC",
            }
        )
    texts = ["\t".join(SETTLEMENT)]
    texts += ["\t".join(line.get(name, "") for name in SETTLEMENT) for line in lines]
    return "\n".join(texts) + "\n"


def test_a_statement_adds_up_to_its_total(brand):
    brand.write("exports/a.txt", settlement("7.50", "10.00 Principal", "-2.50 Commission"))
    assert brand.land().exit_code == 0
    assert brand.query(AMOUNTS) == [
        (Decimal("10.0000"), "Principal", "111"),
        (Decimal("-2.5000"), "Commission", "111"),
    ]
    assert brand.query("select proof, proof_result from raw.load_log") == [("total", "proved")]


def test_what_a_total_says_more_than_its_rows_is_kept(brand):
    brand.write("exports/a.txt", settlement("9.00", "10.00 Principal", "-2.50 Commission"))
    brand.land()
    ((result, detail),) = brand.query("select proof_result, proof_detail from raw.load_log")
    assert result == "not proved"
    assert "+1.5" in detail


def test_two_statements_of_the_same_days_both_land(brand):
    brand.write("exports/a.txt", settlement("10.00", "10.00 Principal"))
    brand.write("exports/b.txt", settlement("20.00", "20.00 Principal", statement="222"))
    assert brand.land().exit_code == 0
    assert brand.query("select count(distinct row_id) from raw.exports_money_rows") == [(2,)]


def test_the_same_statement_with_fewer_rows_is_refused(brand):
    brand.write("exports/a.txt", settlement("7.50", "10.00 Principal", "-2.50 Commission"))
    brand.land()
    brand.write("exports/b.txt", settlement("10.00", "10.00 Principal"))
    (said,) = brand.land().refusals
    assert "exports/b.txt" in said and "statement 111 with fewer rows (1, not 2)" in said


def test_the_same_statement_again_replaces_its_rows(brand):
    brand.write("exports/a.txt", settlement("7.50", "10.00 Principal", "-2.50 Commission"))
    brand.land()
    brand.write("exports/b.txt", settlement("7.00", "10.00 Principal", "-3.00 Commission"))
    assert brand.land().exit_code == 0
    ids = brand.query("select count(*), count(distinct row_id) from raw.exports_money_rows")
    assert ids == [(4, 2)]


def kuaishou(*rows: str) -> str:
    """A Kuaishou statement: order, day, paid, refunded, commission, total."""
    names = ["订单号", "订单创建时间", "实际结算时间", "资金渠道", "结算规则", "订单实付(元)"]
    names += ["订单退款(元)", "技术服务费(元)", "实际结算金额(元)", "商品ID", "商品名称", "备注"]
    lines = [",".join(names)]
    for row in rows:
        order, day, paid, refunded, fee, total = row.split()
        lines.append(
            f"{order},2026-09-{day} 08:00:00,2026-09-{day} 09:00:00,微信,规则,"
            f"{paid},{refunded},{fee},{total},1,货,"
        )
    return "\n".join(lines) + "\n"


def test_a_row_of_several_amounts_becomes_a_row_for_each(brand):
    brand.write("exports/a.csv", kuaishou("2026000001 01 100.00 0.00 5.00 95.00"))
    assert brand.land().exit_code == 0
    found = brand.query("select part_name, amount from raw.exports_money_rows order by amount desc")
    assert found == [("订单实付(元)", Decimal("100.0000")), ("技术服务费(元)", Decimal("-5.0000"))]
    assert brand.query("select proof, proof_result from raw.load_log") == [("parts", "proved")]


def test_fees_that_carry_their_minus_are_taken_as_written(brand):
    brand.write("exports/a.csv", kuaishou("2026000001 01 100.00 0.00 -5.00 95.00"))
    assert brand.land().exit_code == 0
    assert brand.query("select sum(amount) from raw.exports_money_rows") == [(Decimal("95.0000"),)]


def test_amounts_that_do_not_make_their_total_are_refused(brand):
    good = [f"20260000{day:02} {day:02} 100.00 0.00 5.00 95.00" for day in range(1, 10)]
    brand.write("exports/a.csv", kuaishou(*good, "2026000010 10 100.00 0.00 5.00 90.00"))
    (said,) = brand.land().refusals
    assert "line 11: the amounts of the row add up to" in said
    assert brand.query("select count(*) from raw.exports_money_rows") == [(0,)]


def test_files_without_row_numbers_must_not_overlap(brand):
    brand.write(
        "exports/a.csv", kuaishou("1 01 10.00 0.00 0.00 10.00", "2 05 10.00 0.00 0.00 10.00")
    )
    brand.land()
    brand.write(
        "exports/b.csv", kuaishou("2 05 10.00 0.00 0.00 10.00", "3 09 10.00 0.00 0.00 10.00")
    )
    (said,) = brand.land().refusals
    assert "it covers 2026-09-05 to 2026-09-09, and exports/a.csv covers 2026-09-01" in said
    brand.write("exports/b.csv", kuaishou("3 09 10.00 0.00 0.00 10.00"))
    assert brand.land().exit_code == 0


def workbook(**sheets: list[str]) -> bytes:
    content = io.BytesIO()
    with xlsxwriter.Workbook(content, {"in_memory": True}) as book:
        for name, lines in sheets.items():
            sheet = book.add_worksheet(name)
            for row, line in enumerate(lines):
                for column, cell in enumerate(line.split(",")):
                    sheet.write_string(row, column, cell)
    return content.getvalue()


def test_the_sheets_of_a_workbook_are_known_one_by_one(brand):
    flow = wallet("01 1 入账 10.00 货款").lstrip("\ufeff").splitlines()
    brand.write(
        "exports/book.xlsx",
        workbook(
            账单=["标题", "", *flow],
            结算=kuaishou("1 01 9.00 0.00 0.00 9.00").splitlines(),
            说明=["x,y"],
        ),
    )
    report = brand.land()
    assert report.exit_code == 0
    assert any("sheet '说明' is left out" in warning for warning in report.warnings)
    found = brand.query("select layout, amount, _source_row from raw.exports_money_rows order by 1")
    assert found == [
        ("douyin_wallet", Decimal("10.0000"), 4),
        ("kuaishou_settlement", Decimal("9.0000"), 2),
    ]
    assert brand.land().total.landed_files == 0


@pytest.mark.parametrize("name", ["a.xls", "a.xlsx", "a.csv"])
def test_a_web_page_that_is_named_like_a_workbook_is_read(brand, name):
    lines = wallet("01 1 入账 10.00 货款").lstrip("\ufeff").splitlines()
    rows = "".join(
        "<tr>" + "".join(f"<td>{cell}</td>" for cell in line.split(",")) + "</tr>" for line in lines
    )
    page = f"<html><meta charset=gb2312><table>{rows}</table></html>"
    brand.write(f"exports/{name}", page.encode("gb18030"))
    assert brand.land().exit_code == 0
    assert brand.query("select amount from raw.exports_money_rows") == [(Decimal("10.0000"),)]


def test_text_that_is_named_like_a_workbook_is_read(brand):
    brand.write("exports/a.xlsx", wallet("01 1 入账 10.00 货款"))
    assert brand.land().exit_code == 0
    assert brand.query("select count(*) from raw.exports_money_rows") == [(1,)]


def jd_settlement(*rows: str) -> str:
    """A JD settlement: amounts and the words of their direction."""
    header = "订单编号,结算时间,费用名称,费用分类,金额,结算单类型,结算单号"
    lines = [f"34000000000{n},2026-09-0{n} 12:00:00,货款,{row}" for n, row in enumerate(rows, 1)]
    return "\ufeff" + "\n".join([header, *(f"{line},订单结算单,S1" for line in lines)]) + "\n"


def proof(brand) -> tuple:
    (found,) = brand.query("select proof, proof_result from raw.load_log where status = 'landed'")
    return found


def test_words_beside_signed_amounts_prove_them(brand):
    brand.write("exports/a.csv", jd_settlement("收入,10.00", "支出,-2.00", "收入,5.00"))
    assert brand.land().exit_code == 0
    assert proof(brand) == ("direction", "proved")


@pytest.mark.parametrize("odd", ["收入,-5.00", "冻结,5.00"])
def test_one_word_against_its_sign_or_unknown_proves_nothing(brand, odd):
    brand.write("exports/a.csv", jd_settlement("收入,10.00", "支出,-2.00", odd))
    assert brand.land().exit_code == 0
    assert proof(brand) == ("direction", "not proved")


def test_signs_against_most_of_their_words_are_refused(brand):
    brand.write("exports/a.csv", jd_settlement("收入,10.00", "支出,2.00", "支出,5.00"))
    (said,) = brand.land().refusals
    assert "line 3: the sign of the amount contradicts its direction (2 of 3" in said


def test_sheets_of_one_workbook_are_parts_of_one_statement(brand):
    rows = ("1 05 10.00 0.00 0.00 10.00", "2 05 20.00 0.00 0.00 20.00")
    one, two = (kuaishou(row).splitlines() for row in rows)
    brand.write("exports/a.xlsx", workbook(one=one, two=two))
    assert brand.land().exit_code == 0
    found = brand.query(
        "select row_id, amount from raw.exports_money_rows where amount <> 0 order by amount"
    )
    assert [amount for _, amount in found] == [Decimal("10.0000"), Decimal("20.0000")]
    assert len({row_id for row_id, _ in found}) == 2
    brand.write("exports/b.csv", kuaishou("2 05 20.00 0.00 0.00 20.00", "3 06 1.00 0.00 0.00 1.00"))
    (said,) = brand.land().refusals
    assert "it covers 2026-09-05 to 2026-09-06, and exports/a.xlsx" in said
