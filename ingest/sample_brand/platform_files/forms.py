"""How each platform writes its files: name, encoding, quotes, what stands around the rows."""

from dataclasses import dataclass

from ingest.sample_brand.platform_files.headers import HEADERS

UTF_8 = "utf-8"
UTF_8_WITH_MARK = "utf-8-sig"
GB_18030 = "gb18030"


@dataclass(frozen=True)
class Form:
    """The files of one layout of ingest/layouts; the table `file_<layout>` holds their rows.

    name: of a file, with `{part}` for its month or first day. after: what follows every value.
    quote: all, as needed, or never, where a quote is a letter. around: SQL that gives the lines
    above the header and those below the last row, of `{rows}` and `{part}`.
    """

    layout: str
    name: str
    encoding: str
    delimiter: str = ","
    after: str = ""
    quote: str = "as needed"
    around: str | None = None

    @property
    def header(self) -> tuple[str, ...]:
        """All columns, in the platform's order."""
        return HEADERS[self.layout]


# The account's number is made of the shop's; the first and last day are those of the month.
ALIPAY_AROUND = """
    select
        [
            '#支付宝账务查询',
            '#账号：[20880000000' || (any_value(hash(shop_id)) % 100000 + 100000) || '0156]',
            '#起始日期：[' || strftime(month, '%Y年%m月%d日') || ' 00:00:00]   终止日期：['
                || strftime(last_day(month), '%Y年%m月%d日') || ' 23:59:59]',
            '#' || repeat('-', 41) || '账务列表' || repeat('-', 40),
        ],
        [
            '#' || repeat('-', 40) || '账务列表结束' || repeat('-', 38),
            '#支出合计：' || count(*) filter (where cents < 0) || '笔，共'
                || money(coalesce(sum(cents) filter (where cents < 0), 0)) || '元',
            '#收入合计：' || count(*) filter (where cents > 0) || '笔，共'
                || money(coalesce(sum(cents) filter (where cents > 0), 0)) || '元',
            '#导出时间：[' || strftime(last_day(month) + 1, '%Y年%m月%d日') || ' 08:00:00]',
        ]
    from ({rows}), (select strptime('{part}', '%Y%m')::date as month)
    group by month
"""
PINDUODUO_AROUND = """
    select
        [
            '拼多多商家账户资金明细',
            '',
            '起始日期：[' || month || ' 00:00:00]  终止日期：[' || last_day(month) || ' 23:59:59]',
            repeat('-', 64),
        ],
        []
    from (select strptime('{part}', '%Y%m')::date as month)
"""

FORMS = (
    Form("taobao_orders", "ExportOrderList{part}.csv", GB_18030),
    Form("taobao_order_items", "ExportOrderDetailList{part}.csv", GB_18030),
    Form("alipay_wallet", "账务明细{part}.csv", GB_18030, after="\t", around=ALIPAY_AROUND),
    Form("jd_orders", "订单列表{part}.csv", GB_18030),
    Form("jd_settlement", "费用明细{part}.csv", UTF_8_WITH_MARK, after="\t"),
    Form("pinduoduo_orders", "orders_export{part}.csv", GB_18030, after="\t"),
    Form(
        "pinduoduo_settlement",
        "pdd-mall-bill-detail-{part}.csv",
        GB_18030,
        after="\t",
        around=PINDUODUO_AROUND,
    ),
    Form("douyin_orders", "订单列表{part}.csv", UTF_8_WITH_MARK, quote="all"),
    Form("douyin_after_sales", "售后列表{part}.csv", UTF_8_WITH_MARK),
    Form("douyin_settlement", "动账明细{part}.csv", UTF_8_WITH_MARK),
    Form("shopify_orders", "orders_export_{part}.csv", UTF_8),
    Form("shopify_payment_transactions", "payment_transactions_export_{part}.csv", UTF_8),
    Form("shopify_payouts", "payouts_export_{part}.csv", UTF_8),
    Form("amazon_orders", "all_orders_{part}.txt", UTF_8, delimiter="\t", quote="never"),
    Form("amazon_settlement", "settlement_{part}.txt", UTF_8, delimiter="\t", quote="never"),
    Form("amazon_returns", "seller_returns_{part}.txt", UTF_8, delimiter="\t", quote="never"),
)
