"""The header of each file, in the platform's order; what the sample lacks stays empty."""


def _names(text: str) -> tuple[str, ...]:
    """Names between a comma and a blank, or a comma and a line break."""
    return tuple(text.strip().replace(",\n", ", ").split(", "))


_ADDRESS = _names("Name, Street, Address1, Address2, Company, City, Zip, Province, Country, Phone")

HEADERS = {
    "taobao_orders": _names("""
订单编号, 买家会员名, 买家支付宝账号, 买家应付货款, 买家应付邮费, 买家支付积分, 总金额, 返点积分,
买家实际支付金额, 买家实际支付积分, 订单状态, 买家留言, 收货人姓名, 收货地址, 运送方式, 联系电话,
联系手机, 订单创建时间, 订单付款时间, 宝贝标题, 宝贝种类, 物流单号, 物流公司, 订单备注,
宝贝总数量, 店铺Id, 店铺名称, 订单关闭原因, 卖家服务费, 买家服务费, 发票抬头, 是否手机订单,
分阶段订单信息, 特权订金订单id, 定金排名, 修改后的sku, 修改后的收货地址, 异常信息, 天猫卡券抵扣,
集分宝抵扣, 是否是O2O交易, 打款商家金额, 退款金额
"""),
    "taobao_order_items": _names("""
子订单编号, 主订单编号, 标题, 价格, 购买数量, 外部系统编号, 商品属性, 套餐信息, 备注, 订单状态,
商家编码, 支付单号, 买家应付货款, 买家实际支付金额, 退款状态, 退款金额, 订单创建时间, 订单付款时间
"""),
    "alipay_wallet": _names("""
账务流水号, 业务流水号, 商品名称, 发生时间, 收入金额（+元）, 支出金额（-元）, 账户余额（元）,
业务类型, 备注, 商户订单号, 对方账号, 业务描述, 业务基础订单号
"""),
    "jd_orders": _names("""
订单号, 商品ID, 商品名称, 订购数量, 支付方式, 下单时间, 京东价, 订单金额, 结算金额, 余额支付,
应付金额, 订单状态, 订单类型, 下单帐号, 客户姓名, 客户地址, 联系电话, 订单备注, 发票类型,
发票抬头, 发票内容, 商家备注, 商家备注等级（等级1-5为由高到低）, 运费金额, 付款确认时间,
增值税发票, 货号, 订单完成时间, 订单来源, 订单渠道
"""),
    "jd_settlement": _names("""
订单编号, 父单号, 订单状态, 下单时间, 订单完成时间, 商品编号, 商品名称, 商品单价, 商品数量,
结算时间, 商户订单号, 资金动账备注, 费用名称, 费用分类, 金额, 结算单类型, 结算单号, 结算主体
"""),
    "pinduoduo_orders": _names("""
订单成交时间, 商品, 订单号, 订单状态, 商品总价(元), 邮费(元), 店铺优惠折扣(元), 平台优惠折扣(元),
多多支付立减金额(元), 用户实付金额(元), 商家实收金额(元), 商品数量(件), 发货时间, 确认收货时间,
商品id, 商品规格, 样式ID, 商家编码-规格维度, 商家编码-商品维度, 商家备注, 售后状态, 快递单号,
快递公司
"""),
    "pinduoduo_settlement": _names("""
商户订单号, 发生时间, 收入金额（+元）, 支出金额（-元）, 账务类型, 备注, 业务描述
"""),
    "douyin_orders": _names("""
主订单编号, 子订单编号, 选购商品, 商品规格, 商品数量, 商品ID, 商家编码, 商品单价, 订单应付金额,
运费, 优惠总金额, 平台优惠, 商家优惠, 达人优惠, 商家改价, 支付优惠, 红包抵扣, 支付方式, 手续费,
收件人, 收件人手机号, 省, 市, 区, 街道, 详细地址, 是否修改过地址, 地址修改时段, 买家留言,
订单提交时间, 旗帜颜色, 商家备注, 订单完成时间, 支付完成时间, APP渠道, 流量来源, 订单状态,
承诺发货时间, 订单类型, 鲁班落地页ID, 达人ID, 达人昵称, 所属门店ID, 售后状态, 取消原因,
预约发货时间, 仓库ID, 仓库名称, 序列号, 是否安心购, 广告渠道, 流量类型, 流量体裁, 流量渠道,
发货主体, 发货主体明细, 发货时间, 降价类优惠, 平台实际承担优惠金额, 商家实际承担优惠金额,
达人实际承担优惠金额, 预计送达时间, 是否平台仓自流转, 车型, 商品69码, 发货SN码, 发货IMEI码1,
发货IMEI码2, 预约送达时间, 建议发货时间（起）, 建议发货时间（止）, 物流SN码, 物流IMEI码1,
物流IMEI码2
"""),
    "douyin_after_sales": _names("""
售后单号, 订单号, 商品单号, 商品名称, 商品ID, 应付金额（元）, 商品发货状态, 售后类型,
退商品金额（元）, 退运费金额（元）, 退支付优惠（元）, 售后状态, 售后申请时间, 售后原因,
用户到账时间, 商家编码
"""),
    "douyin_settlement": _names("""
动账时间, 动帐流水号, 动账方向, 动账金额, 动账账户, 动账场景, 计费类型, 子订单号, 订单号,
售后编号, 下单时间, 商品ID, 商品名称, 达人ID, 达人名称, 订单类型, 订单实付应结, 运费实付,
实际平台补贴_运费, 实际平台补贴, 其他平台补贴, 以旧换新抵扣, 政府补贴平台垫资, 实际达人补贴,
实际抖音支付补贴, 实际抖音月付营销补贴, 银行补贴, 订单退款, 平台服务费, 佣金, 服务商佣金,
渠道分成, 招商服务费, 站外推广费, 其他分成, 是否免佣, 免佣金额, 商户主体名称, 备注
"""),
    "shopify_orders": (
        *_names("""
Name, Email, Financial Status, Paid at, Fulfillment Status, Fulfilled at, Accepts Marketing,
Currency, Subtotal, Shipping, Taxes, Total, Discount Code, Discount Amount, Shipping Method,
Created at, Lineitem quantity, Lineitem name, Lineitem price, Lineitem compare at price,
Lineitem sku, Lineitem requires shipping, Lineitem taxable, Lineitem fulfillment status
"""),
        *(f"Billing {part}" for part in _ADDRESS),
        *(f"Shipping {part}" for part in _ADDRESS),
        *_names("""
Notes, Note Attributes, Cancelled at, Payment Method, Payment Reference, Refunded Amount, Vendor,
Outstanding Balance, Employee, Location, Device ID, Id, Tags, Risk Level, Source,
Lineitem discount
"""),
        *(f"Tax {number} {part}" for number in range(1, 6) for part in ("Name", "Value")),
        *_names("""
Phone, Receipt Number, Duties, Billing Province Name, Shipping Province Name, Payment ID,
Payment Terms Name, Next Payment Due At, Payment References
"""),
    ),
    "shopify_payment_transactions": _names("""
Transaction Date, Type, Order, Card Brand, Card Source, Payout Status, Payout Date, Payout ID,
Available On, Amount, Fee, Net, Checkout, Payment Method Name, Presentment Amount,
Presentment Currency, Currency, VAT
"""),
    "shopify_payouts": _names("""
Payout Date, Status, Charges, Refunds, Adjustments, Reserved Funds, Fees, Retried Amount, Total,
Currency
"""),
    "amazon_orders": _names("""
amazon-order-id, merchant-order-id, purchase-date, last-updated-date, order-status,
fulfillment-channel, sales-channel, order-channel, url, ship-service-level, product-name, sku,
asin, item-status, quantity, currency, item-price, item-tax, shipping-price, shipping-tax,
gift-wrap-price, gift-wrap-tax, item-promotion-discount, ship-promotion-discount, ship-city,
ship-state, ship-postal-code, ship-country, promotion-ids, is-business-order,
purchase-order-number, price-designation
"""),
    "amazon_settlement": _names("""
settlement-id, settlement-start-date, settlement-end-date, deposit-date, total-amount, currency,
transaction-type, order-id, merchant-order-id, adjustment-id, shipment-id, marketplace-name,
amount-type, amount-description, amount, fulfillment-id, posted-date, posted-date-time,
order-item-code, merchant-order-item-id, merchant-adjustment-item-id, sku, quantity-purchased,
promotion-id
"""),
    "amazon_returns": _names("""
Order ID, Order date, Return request date, Return request status, Amazon RMA ID, Merchant RMA ID,
Label type, Label cost, Currency code, Return carrier, Tracking ID, Label to be paid by,
A-to-Z Claim, Is prime, ASIN, Merchant SKU, Item Name, Return quantity, Return Reason, In policy,
Return type, Resolution, Invoice number, Return delivery date, Order Amount, Order quantity,
SafeT Action reason, SafeT claim id, SafeT claim state, SafeT claim creation time,
SafeT claim reimbursement amount, Refunded Amount
"""),
}
