"""Small export files in real layouts, with invented rows."""

WALLET_HEADER = (
    "动账时间,动账流水号,动账方向,动账金额(元),动账账户,动账场景,计费类型,"
    "关联子订单号,关联订单号,售后编号,备注"
)
ALIPAY_HEADER = (
    "账务流水号,业务流水号,商户订单号,商品名称,发生时间,对方账号,收入金额（+元）,支出金额（-元）,"
    "账户余额（元）,交易渠道,业务类型,备注"
)
ALIPAY_END = (
    "#-----------------------------------------账务明细列表结束------------------------------------"
)


def wallet(*rows: str) -> str:
    """A Douyin wallet in its short form: time, flow number, direction, amount, kind."""
    lines = []
    for row in rows:
        time, flow, direction, amount, kind = row.split()
        lines.append(
            f"2026-09-{time} 10:00:00,\t{flow},{direction},{amount},聚合账户,{kind},{kind},"
            f"\t69{flow},\t6900000000000{flow}9,,"
        )
    return "\ufeff" + "\n".join([WALLET_HEADER, *lines]) + "\n"


def alipay(*rows: str, account: str = "20880000000000000156", end: str = ALIPAY_END) -> bytes:
    """An Alipay account: day, flow number, income, expense, balance, kind; in GB 18030."""
    lines = [
        "#支付宝账务明细查询",
        f"#账号：[{account}]",
        "#起始日期：[2026年09月01日 00:00:00]   终止日期：[2026年10月01日 00:00:00]",
        "#------------------账务明细列表------------------",
        ALIPAY_HEADER,
    ]
    for row in rows:
        day, flow, income, expense, balance, kind = row.split()
        lines.append(
            f"{flow}\t,2{flow}\t,T200P1234567890123456{flow}\t,货,2026-09-{day} 08:00:00,***,"
            f"{income},{expense},{balance},支付宝,{kind},\t"
        )
    lines += [end] if end else []
    return ("\r\n".join(lines) + "\r\n").encode("gb18030")
