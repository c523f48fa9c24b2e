"""Exports of other shop systems and services: 1688, Youzan, TikTok Shop, ads, parcels, costs."""

from export_sample import Sample, names, read, table, text_file, workbook

ALIBABA = names("""
订单号, 买家公司名称, 货品总价, 实付款（元）, 运单号, 订单创建时间, 订单付款时间, 数量, 货号,
Offer_ID
""")
MONEY_IN = names("""
账单编号, 账单创建时间, 应收金额(元), 已收金额(元), 待收金额(元), 账单类型, 场景类型, 场景明细,
关联订单号, 账单状态
""")
MONEY_OUT = [name.replace("收", "付") if "金额" in name else name for name in MONEY_IN]
YOUZAN = names("""
订单号, 销售渠道, 归属店铺, 订单类型, 订单状态, 订单创建时间, 买家付款时间, 交易成功时间,
商品金额合计, 运费, 店铺优惠合计, 应收订单金额, 订单实付金额, 支付优惠合计, 订单实收金额,
全部商品名称, 买家手机号, 分销员, 订单退款状态, 订单已退款金额
""")
YOUZAN_CUSTOMERS = names("""
客户姓名, 客户昵称, 客户手机号, 客户生日, 客户性别, 标签, 是否会员, 成长值,
免费等级, 付费等级, 权益卡, 客户积分, 客户储值余额, 消费次数, 消费金额,
累计退款金额, 累计退款订单数, 笔单价, 上次消费时间, 分销员, 导购员, 企微好友,
来源渠道, 来源方式, 成为客户时间, 成为会员时间, 成为会员店铺, 公众号,
公众号关注时间, 最近浏览时间, 微信地域, 所属区域, 指定时间消费次数, 指定时间消费金额
""")
TIKTOK = names("""
Order ID, Order Status, Normal or Pre-order, SKU ID, Seller SKU, Product Name, Variation,
Quantity, SKU Unit Original Price, SKU Subtotal Before Discount, SKU Platform Discount,
SKU Seller Discount, SKU Subtotal After Discount, Shipping Fee After Discount, Taxes,
Order Amount, Order Refund Amount, Created Time, Paid Time, Shipped Time, Cancel Reason,
Tracking ID, Buyer Username
""")
GOOGLE = names("""
Day, Campaign status, Campaign, Budget, Currency code, Campaign type, Impr., Clicks, CTR, Cost,
Conversions, Conv. value
""")
META = names("""
Reporting starts, Reporting ends, Ad set name, Day, Amount spent (USD), Impressions, Link clicks
""")
FREIGHT = names("扫描时间, 运单号码, 总金额, 账单结算对象名称, 子订单")
COSTS = names("""
内部订单号, 线上订单号, 店铺名称, 下单时间, 应付金额, 已付金额, 状态, 快递单号, 订单类型, 旗帜,
平台站点, 子订单编号, 线上子订单编号, 原始线上订单号, 商品编码, 商品名称, 数量, 商品单价,
商品金额, 原价, 买家实付, 收入运费, 支出运费, 成本价
""")

SAMPLES = [
    Sample(
        "orders on 1688, cells merged over the rows of an order",
        "alibaba_1688_orders",
        "已卖出货品.xlsx",
        workbook(
            ALIBABA,
            table("""
订单号 | 买家公司名称 | 货品总价 | 实付款（元） | 数量 | 货号
2600000000000000001 | 甲公司 | 188.00 | 198.00 | 20 | CUP-RED
_ | _ | _ | _ | 10 | POT
2600000000000000002 | 乙公司 | 50.00 | 50.00 | 5 | PLATE

订单创建时间 | 订单付款时间 | 运单号
2026-06-01 09:00:00 | 2026-06-01 09:01:00 | SF1
_ | _ | _
2026-06-02 10:00:00 | 2026-06-02 10:01:00 | SF2
"""),
        ),
        read("""
order_id | account_id | sku_id | quantity | order_goods_amount | order_paid_amount | tracking_no
2600000000000000001 | 甲公司 | CUP-RED | 20 | 188.00 | 198.00 | SF1
2600000000000000001 | 甲公司 | POT | 10 | 188.00 | 198.00 | SF1
2600000000000000002 | 乙公司 | PLATE | 5 | 50.00 | 50.00 | SF2
"""),
    ),
    Sample(
        "money into 1688 with a refund",
        "alibaba_1688_money_in",
        "收款明细.csv",
        text_file(
            MONEY_IN,
            table("""
账单编号 | 账单创建时间 | 已收金额(元) | 账单类型 | 场景类型 | 关联订单号 | 账单状态
I1 | 2026-06-05 09:00:00 | 198.00 | 交易 | 订单收入 | 2600000000000000001 | 已收
I2 | 2026-06-07 09:00:00 | -20.00 | 交易 | 订单售后退款 | 2600000000000000001 | 已收
"""),
        ),
        read("""
row_id | movement_type | order_id | amount
I1 | 订单收入 | 2600000000000000001 | 198.00
I2 | 订单售后退款 | 2600000000000000001 | -20.00
"""),
    ),
    Sample(
        "money out of 1688, written without a minus",
        "alibaba_1688_money_out",
        "付款明细.csv",
        text_file(
            MONEY_OUT,
            table("""
账单编号 | 账单创建时间 | 已付金额(元) | 账单类型 | 场景类型 | 场景明细 | 关联订单号
O1 | 2026-06-05 09:00:00 | 1.20 | 交易 | 服务费 | 技术服务费缴纳 | 2600000000000000001
"""),
        ),
        read("""
row_id | fee_name | order_id | amount
O1 | 技术服务费缴纳 | 2600000000000000001 | -1.20
"""),
    ),
    Sample(
        "Youzan orders: three totals",
        "youzan_orders",
        "有赞订单.csv",
        text_file(
            YOUZAN,
            table("""
订单号 | 归属店铺 | 订单状态 | 商品金额合计 | 运费 | 店铺优惠合计 | 应收订单金额 | 订单实付金额
E20260601000000000001 | 示例店 | 交易完成 | 188.00 | 10.00 | 8.00 | 190.00 | 185.00

订单实收金额 | 支付优惠合计 | 订单创建时间 | 买家付款时间 | 订单已退款金额
190.00 | 5.00 | 2026-06-01 09:00:00 | 2026-06-01 09:01:00 | 0.00
"""),
        ),
        read("""
row_kind | order_id | seller | order_payable_amount | order_payment_discount | order_received_amount
order | E20260601000000000001 | 示例店 | 185.00 | 5.00 | 190.00
"""),
    ),
    Sample(
        "Youzan customers: blanks for nothing, one without a phone",
        "youzan_customers",
        "有赞客户.csv",
        text_file(
            [*YOUZAN_CUSTOMERS, ""],
            [
                dict.fromkeys(YOUZAN_CUSTOMERS, " ") | row
                for row in table("""
客户昵称 | 客户手机号 | 客户性别 | 客户生日 | 免费等级 | 消费金额 | 成为客户时间
阿明 | 13900000001 | 男 | 1990-05-01 | V2 | 388.00 | 2026-03-01 10:00:00
小红 | 13900000002 | _ | _ | _ | 0.00 | 2026-04-01 10:00:00
路人 | _ | _ | _ | _ | 0.00 | 2026-05-01 10:00:00
""")
            ],
        ),
        read("""
account_id | phone | nickname | birth_date | member_level | registered_at
13900000001 | 13900000001 | 阿明 | 1990-05-01 | V2 | 2026-03-01 10:00:00
13900000002 | 13900000002 | 小红 | _ | _ | 2026-04-01 10:00:00
"""),
    ),
    Sample(
        "TikTok Shop orders: a row of descriptions, the day before the month",
        "tiktok_shop_orders",
        "All order-2026-06.csv",
        text_file(
            TIKTOK,
            table("""
Order ID | Order Status | SKU ID | Seller SKU | Quantity | SKU Unit Original Price | Order Amount
Platform unique order ID. | Platform status. | ID | SKU | Sold quantity. | Price. | Amount.
576000000000000001 | Completed | 1729000001 | CUP-RED | 2 | 34.00 | 98.00
576000000000000001 | Completed | 1729000002 | POT | 1 | 40.00 | 98.00

SKU Subtotal Before Discount | SKU Seller Discount | SKU Subtotal After Discount | Created Time
Subtotal. | Discount. | Subtotal. | Time.
68.00 | 10.00 | 58.00 | 13/06/2026 09:00:00
40.00 | 0.00 | 40.00 | 13/06/2026 09:00:00
"""),
            encoding="utf-8-sig",
            after="\t",
        ),
        read("""
order_id | sku_id | quantity | unit_price | line_gross_amount | line_goods_amount | created_at
576000000000000001 | CUP-RED | 2 | 34.00 | 68.00 | 58.00 | 2026-06-13 09:00:00
576000000000000001 | POT | 1 | 40.00 | 40.00 | 40.00 | 2026-06-13 09:00:00
"""),
    ),
    Sample(
        "Google Ads by day in UTF-16, with totals",
        "google_ads_campaigns",
        "Campaign report.csv",
        text_file(
            GOOGLE,
            table("""
Day | Campaign status | Campaign | Currency code | Campaign type | Impr. | Clicks | Cost
2026-06-01 | Enabled | Cups | USD | Search | 1,000 | 50 | 12.34
2026-06-02 | Enabled | Cups | USD | Search | 900 | 40 | 10.00
_ | Total: Campaigns | -- | USD | -- | 1,900 | 90 | 22.34

Conversions | Conv. value
1.50 | 68.00
0.00 | --
1.50 | 68.00
"""),
            encoding="utf-16",
            delimiter="\t",
            above=["Campaign report", "June 1, 2026 - June 30, 2026"],
        ),
        read("""
spent_on | channel | campaign_name | impressions | clicks | cost_amount | attributed_orders
2026-06-01 | Search | Cups | 1000 | 50 | 12.34 | 1.5
2026-06-02 | Search | Cups | 900 | 40 | 10.00 | 0
"""),
    ),
    Sample(
        "Meta ads by day, with the row of the account",
        "meta_ads",
        "meta.csv",
        text_file(
            META,
            table("""
Reporting starts | Reporting ends | Ad set name | Day | Amount spent (USD) | Impressions
2026-06-01 | 2026-06-30 | _ | _ | 22.34 | 1900
2026-06-01 | 2026-06-30 | Cups | 2026-06-01 | 12.34 | 1000
2026-06-01 | 2026-06-30 | Cups | 2026-06-02 | 10.00 | 900

Link clicks
90
50
40
"""),
            encoding="utf-8-sig",
        ),
        read("""
spent_on | campaign_name | impressions | clicks | cost_amount
2026-06-01 | Cups | 1000 | 50 | 12.34
2026-06-02 | Cups | 900 | 40 | 10.00
"""),
    ),
    Sample(
        "the bill of a parcel firm",
        "parcel_carrier_freight",
        "快递账单.xlsx",
        workbook(
            FREIGHT,
            table("""
扫描时间 | 运单号码 | 总金额 | 账单结算对象名称 | 子订单
2026-06-02 20:00:00 | YT0000000000001 | 2.40 | 示例公司 | 6917000000000000001
2026-06-02 20:05:00 | YT0000000000002 | 3.10 | 示例公司 | 0.0
"""),
        ),
        read("""
tracking_no | sub_order_id | freight_cost_amount | scanned_at
YT0000000000001 | 6917000000000000001 | 2.40 | 2026-06-02 20:00:00
YT0000000000002 | _ | 3.10 | 2026-06-02 20:05:00
"""),
    ),
    Sample(
        "costs of an order system: a gift without a sub-order, numbers with @",
        "jushuitan_costs",
        "订单成本.xlsx",
        workbook(
            COSTS,
            table("""
内部订单号 | 线上订单号 | 店铺名称 | 下单时间 | 状态 | 快递单号 | 订单类型
1 | 3310000000000001111 | 示例旗舰店 | 2026-06-01 09:00:00 | 已发货 | @YT0000000000001 | 普通订单
1 | 3310000000000001111 | 示例旗舰店 | 2026-06-01 09:00:00 | 已发货 | @YT0000000000001 | 普通订单

线上子订单编号 | 原始线上订单号 | 商品编码 | 数量 | 成本价 | 应付金额
3310000000000001112 | 3310000000000001111 | CUP-RED | 2 | 20.00 | 198.00
_ | 3310000000000001111 | CARD | 1 | 0.30 | 198.00
"""),
        ),
        read("""
order_id | sub_order_id | tracking_no | sku_id | quantity | unit_cost
3310000000000001111 | 3310000000000001112 | YT0000000000001 | CUP-RED | 2 | 20.00
3310000000000001111 | _ | YT0000000000001 | CARD | 1 | 0.30
"""),
    ),
]
