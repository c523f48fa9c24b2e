"""What the rows of exports cannot tell is said, with what to do."""

import pytest
from incremental_warehouse import GrowingWarehouse

HEADER = (
    "订单号,订单状态,售后状态,支付时间,商品总价(元),邮费(元),店铺优惠折扣(元),平台优惠折扣(元),"
    "多多支付立减金额(元),用户实付金额(元),商家实收金额(元),商品数量(件),商品,商品id,商家编码-规格维度"
)
TOLD = (
    "assert_refunds_that_a_status_tells_have_an_amount",
    "assert_older_files_take_no_order_back",
)
# The first file has the later states.
FILES = {
    "september.csv": {"1": "已签收", "2": "已签收,退款成功", "3": "已发货", "4": "待发货"},
    "september (1).csv": {"1": "已发货，待签收", "3": "已签收", "4": "未发货，退款成功"},
}


def order(number: str, states: str) -> str:
    status, _, refund = states.partition(",")
    paid = "2026-09-01 10:00:00"
    return f"260901-{number},{status},{refund},{paid},10,0,0,0,0,10,10,1,杯子,754,CUP"


@pytest.fixture(scope="module")
def said(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """The warnings of a brand whose second file is the older one."""
    folder = tmp_path_factory.mktemp("told")
    warehouse = GrowingWarehouse(folder / "warehouse", "exports", folder)
    shop = folder / "exports" / "pinduoduo" / "s"
    shop.mkdir(parents=True)
    for name, orders in FILES.items():
        lines = [HEADER, *(order(*one) for one in orders.items())]
        (shop / name).write_text("\n".join(lines) + "\n", encoding="utf-8")
        warehouse.land()
    kinds = ("--resource-type", "seed", "--resource-type", "model")
    warehouse.dbt("build", *kinds, "--select", "+fct_orders")
    return warehouse.warnings_of(*TOLD)


def test_orders_that_an_older_file_takes_back_are_named(said):
    (line,) = (line for line in said if "earlier state" in line)
    assert "pinduoduo: the last file takes 1 orders, such as 260901-1, back" in line


def test_orders_whose_refund_has_no_amount_are_named(said):
    (line,) = (line for line in said if "money went back" in line)
    assert "pinduoduo: the files of 1 orders, such as 260901-2 of 2026-09-01" in line


def test_nothing_else_is_said(said):
    assert len(said) == len(TOLD)
