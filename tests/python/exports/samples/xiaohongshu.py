"""Exports of a Xiaohongshu shop: orders, settlements, other money, the wallet."""

from export_sample import Sample, names, read, table, text_file, workbook

ORDERS = names("""
订单号, 订单状态, 售后状态, 订单类型, 收件人姓名, 省, 市, 区, 小红书编码, 条形码, 规格ID, 达人ID,
达人名称, SKU名称, SKU规格, SKU件数, 是否为赠品, 商品总价(元), 用户应付金额(元), 平台优惠(元),
店铺优惠(元), 支付渠道优惠(元), SKU商家改价(元), 商家应收金额(元)（支付金额）, 支付时间,
包裹总运费(元), 快递公司, 快递单号, 订购人身份证姓名/ID Name, 订购人身份证号/ID Number,
订单创建时间, 订单发货时间, 订单完成时间, 店铺名称, 用户编号, 商家编码, 商品ID, 商品名称
""")
SETTLEMENT = names("""
订单号, 售后单号, 下单时间, 结算时间, 交易类型, 结算账户, 动账金额, 计佣基数, 商品实付/实退,
运费实付/实退, 平台优惠补贴, 平台运费补贴, 跨境税代缴, 商品税金, 运费税金, 佣金, 支付渠道费,
分销佣金, 代运营服务商佣金, 代开发服务商佣金, 花呗分期手续费, 国补订单毛保金额, 备注
""")
OTHER = names("业务款项, 订单号, 业务单据号, 结算时间, 结算账户, 交易类型, 动账金额, 备注")
WALLET = names("创建时间, 交易类型描述, 收入（元）, 支出（元）, 账户余额（元）, 业务单号, 备注")

SAMPLES = [
    Sample(
        "Xiaohongshu orders, one row a gift",
        "xiaohongshu_orders",
        "小红书订单.xlsx",
        workbook(
            ORDERS,
            table("""
订单号 | 订单状态 | SKU件数 | 是否为赠品 | 商品总价(元) | 用户应付金额(元) | 店铺优惠(元) | 商家编码
P700000000000000001 | 已完成 | 2 | 否 | 128.00 | 110.00 | 18.00 | CUP-RED
P700000000000000001 | 已完成 | 1 | 是 | 0.00 | 0.00 | 0.00 | CARD

平台优惠(元) | 商家应收金额(元)（支付金额） | 订单创建时间 | 支付时间 | 用户编号
0.00 | 110.00 | 2026-06-01 09:00:00 | 2026-06-01 09:01:00 | U1
0.00 | 0.00 | 2026-06-01 09:00:00 | 2026-06-01 09:01:00 | U1
"""),
        ),
        read("""
order_id | account_id | sku_id | quantity | line_gross_amount | line_paid_amount
P700000000000000001 | U1 | CUP-RED | 2 | 128.00 | 110.00
P700000000000000001 | U1 | CARD | 1 | 0.00 | 0.00

is_gift | line_seller_discount | line_received_amount
False | 18.00 | 110.00
True | 0.00 | 0.00
"""),
    ),
    Sample(
        "a Xiaohongshu settlement and a refund",
        "xiaohongshu_settlement",
        "商品结算明细.xlsx",
        workbook(
            SETTLEMENT,
            table("""
订单号 | 售后单号 | 下单时间 | 结算时间 | 交易类型 | 结算账户
P700000000000000001 | _ | 2026-06-01 09:00:00 | 2026-06-15 09:00:00 | 结算入账 | 支付宝
P700000000000000001 | R01 | 2026-06-01 09:00:00 | 2026-06-18 09:00:00 | 退款 | 支付宝

动账金额 | 计佣基数 | 商品实付/实退 | 平台优惠补贴 | 佣金 | 分销佣金
102.00 | 110.00 | 110.00 | 5.00 | -6.00 | -7.00
-55.00 | -58.00 | -58.00 | 0.00 | 3.00 | 0.00
"""),
        ),
        read("""
part_name | order_id | refund_id | wallet | amount
商品实付/实退 | P700000000000000001 | _ | 支付宝 | 110.00
平台优惠补贴 | P700000000000000001 | _ | 支付宝 | 5.00
佣金 | P700000000000000001 | _ | 支付宝 | -6.00
分销佣金 | P700000000000000001 | _ | 支付宝 | -7.00
商品实付/实退 | P700000000000000001 | R01 | 支付宝 | -58.00
佣金 | P700000000000000001 | R01 | 支付宝 | 3.00
"""),
    ),
    Sample(
        "other money of Xiaohongshu",
        "xiaohongshu_other_money",
        "其他服务款明细.csv",
        text_file(
            OTHER,
            table("""
业务款项 | 订单号 | 业务单据号 | 结算时间 | 结算账户 | 交易类型 | 动账金额
小额打款 | P700000000000000001 | D1 | 2026-06-19 09:00:00 | 支付宝 | 支出 | -5.00
"""),
        ),
        read("""
fee_name | order_id | amount | moved_at
小额打款 | P700000000000000001 | -5.00 | 2026-06-19 09:00:00
"""),
    ),
    Sample(
        "the Xiaohongshu wallet",
        "xiaohongshu_wallet",
        "小红书账户.csv",
        text_file(
            WALLET,
            table("""
创建时间 | 交易类型描述 | 收入（元） | 支出（元） | 账户余额（元） | 业务单号
2026-06-15 09:00:00 | 货款结算 | 102.00 | 0.00 | 202.00 | J1
2026-06-16 09:00:00 | 提现 | 0.00 | 200.00 | 2.00 | T1
"""),
        ),
        read("""
wallet | account | movement_type | amount | balance_after
xiaohongshu | xiaohongshu | 货款结算 | 102.00 | 202.00
xiaohongshu | xiaohongshu_wallet | 提现 | -200.00 | 2.00
"""),
    ),
]
