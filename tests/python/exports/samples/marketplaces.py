"""Exports of marketplaces abroad: eBay, Shopee, Lazada, the settlement of TikTok Shop."""

import unicodedata

from export_sample import Sample, names, read, table, text_file, workbook

EBAY = names("""
Transaction creation date, Type, Order number, Legacy order ID, Buyer username, Buyer name,
Ship to city, Ship to province/region/state, Ship to zip, Ship to country, Net amount,
Payout currency, Payout date, Payout ID, Payout method, Payout status, Reason for hold, Item ID,
Transaction ID, Item title, Custom label, Quantity, Item subtotal, Shipping and handling,
Seller collected tax, eBay collected tax, Final Value Fee - fixed, Final Value Fee - variable,
Regulatory operating fee, Very high "item not as described" fee, Below standard performance fee,
International fee, Charity donation, Deposit processing fee, Gross transaction amount,
Transaction currency, Exchange rate, Reference ID, Description
""")
EBAY_ORDERS = names("""
Sales Record Number, Order Number, Buyer Username, Buyer Name, Buyer Email, Ship To Name,
Ship To State, Ship To Country, Item Number, Item Title, Custom Label, Quantity, Sold For,
Shipping And Handling, Seller Collected Tax, eBay Collected Tax, Total Price, Payment Method,
Sale Date, Paid On Date, Shipped On Date, Tracking Number, Transaction ID
""")
SHOPEE = names("""
Mã đơn hàng, Mã Kiện Hàng, Ngày đặt hàng, Trạng Thái Đơn Hàng, Mã vận đơn, Tên sản phẩm,
Cân nặng sản phẩm, Tổng cân nặng, Cân nặng sản phẩm, SKU phân loại hàng, Giá gốc,
Tổng số tiền được người bán trợ giá, Giá ưu đãi, Số lượng, Tổng giá bán (sản phẩm),
Mã giảm giá của Shop, Mã giảm giá của Shopee, Phí vận chuyển mà người mua trả,
Tổng số tiền người mua thanh toán, Thời gian đơn hàng được thanh toán, Người Mua
""")
SHOPEE_INCOME = names("""
Mã đơn hàng, Đơn hàng / Sản phẩm, Ngày đặt hàng, Ngày hoàn thành thanh toán,
Tổng tiền đã thanh toán, Giá sản phẩm, Số tiền hoàn lại
""")
LAZADA_OLD = names("""
Order Item Id, Order Type, Lazada Id, Seller SKU, Lazada SKU, Created at, Updated at,
Order Number, Customer Name, Customer Email, Shipping Name, Shipping Address, Billing Name,
Paid Price, Unit Price, Shipping Fee, Item Name, Variation, Tracking Code, Status, Reason,
Refund Amount
""")
LAZADA = names("""
orderItemId, orderType, lazadaId, sellerSku, lazadaSku, createTime, updateTime, orderNumber,
deliveredDate, customerEmail, billingName, payMethod, paidPrice, unitPrice, shippingFee, itemName,
variation, trackingCode, status, cancelReason, refundAmount
""")
LAZADA_LEDGER = names("""
Transaction Date, Fee Name, Details, Seller SKU, Lazada SKU, Amount, VAT in Amount, Order No.,
Order Item No., Paid Quantity
""")
TIKTOK = names("""
Order/adjustment ID, Type, Order created time, Order settled time, Currency,
Total settlement amount, Total Revenue, Subtotal after seller discounts, Total Fees,
Transaction fee, Adjustment amount
""")


def decomposed(header: list[str]) -> list[str]:
    """Names whose letters and marks are apart."""
    return [unicodedata.normalize("NFD", name) for name in header]


def of_decomposed(rows: list[dict[str, str]]) -> list[dict[str, str]]:
    """Rows by such names."""
    return [
        {unicodedata.normalize("NFD", name): cell for name, cell in row.items()} for row in rows
    ]


SAMPLES = [
    Sample(
        "eBay transactions below lines about the report",
        "ebay_transactions",
        "Transaction_report.csv",
        text_file(
            EBAY,
            table("""
Transaction creation date | Type | Order number | Net amount | Payout currency | Payout ID
Jun 1, 2026 | Order | 12-00000-00001 | 34.30 | USD | 5001
Jun 5, 2026 | Refund | 12-00000-00001 | (10.00) | USD | 5001
Jun 8, 2026 | Payout | -- | -24.30 | USD | 5001

Item ID | Transaction ID | Custom label | Quantity | Final Value Fee - fixed
1100001 | 2200001 | CUP-RED | 1 | -0.40
-- | -- | -- | -- | --
-- | -- | -- | -- | --

Final Value Fee - variable | Gross transaction amount | Item subtotal | Shipping and handling
-5.30 | 40.00 | 34.00 | 6.00
-- | (10.00) | (10.00) | --
-- | -24.30 | -- | --
"""),
            encoding="utf-8-sig",
            above=[
                "Transaction report,",
                "Seller,example_seller,,,",
                "Start date,Jun 1 2026",
                "End date,Jun 30 2026",
                "",
            ],
        ),
        read("""
part_name | seller | movement_type | order_id | sku_id | amount | payout_id
Gross transaction amount | example_seller | Order | 12-00000-00001 | CUP-RED | 40.00 | 5001
Final Value Fee - fixed | example_seller | Order | 12-00000-00001 | CUP-RED | -0.40 | 5001
Final Value Fee - variable | example_seller | Order | 12-00000-00001 | CUP-RED | -5.30 | 5001
Gross transaction amount | example_seller | Refund | 12-00000-00001 | _ | -10.00 | 5001
Gross transaction amount | example_seller | Payout | _ | _ | -24.30 | 5001
"""),
    ),
    Sample(
        "eBay orders: commas above, an empty row below the header, a footer",
        "ebay_orders",
        "eBay-OrdersReport-Jun-30-2026.csv",
        text_file(
            EBAY_ORDERS,
            table("""
Order Number | Buyer Username | Item Number | Custom Label | Quantity | Sold For | Total Price
_ | _ | _ | _ | _ | _ | _
12-00000-00001 | buyer_a | 1100001 | CUP-RED | 2 | $34.00 | $74.00
12-00000-00002 | buyer_b | 1100003 | PLATE | 1 | $20.00 | $20.00

Sale Date | Paid On Date | Shipping And Handling | Transaction ID
_ | _ | _ | _
Jun-01-26 | Jun-01-26 | $6.00 | 2200001
Jun-02-26 | _ | $0.00 | 2200002
"""),
            encoding="utf-8-sig",
            above=["," * 22],
            below=["2,record(s) downloaded,", "Seller ID : example_seller"],
        ),
        read("""
order_id | account_id | sku_id | quantity | unit_price | order_payable_amount | paid_at
12-00000-00001 | buyer_a | CUP-RED | 2 | 34.00 | 74.00 | 2026-06-01
12-00000-00002 | buyer_b | PLATE | 1 | 20.00 | 20.00 | _
"""),
    ),
    Sample(
        "eBay orders: one of two items, whose row of the order has the money of both",
        "ebay_orders",
        "eBay-OrdersReport-Jul-31-2026.csv",
        text_file(
            EBAY_ORDERS,
            table("""
Order Number | Buyer Username | Item Number | Custom Label | Quantity | Sold For | Total Price
13-00000-00001 | buyer_a | _ | _ | 3 | $88.00 | $97.00
13-00000-00001 | buyer_a | 1100001 | CUP-RED | 2 | $34.00 | $74.00
13-00000-00001 | buyer_a | 1100003 | PLATE | 1 | $20.00 | $23.00
13-00000-00002 | buyer_b | 1100003 | PLATE | 1 | $20.00 | $20.00

Sale Date | Paid On Date | Shipping And Handling | Transaction ID
Jul-01-26 | Jul-01-26 | $9.00 | _
Jul-01-26 | Jul-01-26 | $6.00 | 2200001
Jul-01-26 | Jul-01-26 | $3.00 | 2200002
Jul-02-26 | Jul-02-26 | $0.00 | 2200003
"""),
            encoding="utf-8-sig",
            above=["," * 22],
            below=["4,record(s) downloaded,", "Seller ID : example_seller"],
        ),
        read("""
row_kind | order_id | sub_order_id | sku_id | quantity | unit_price | order_payable_amount
order | 13-00000-00001 | _ | _ | _ | _ | 97.00
item | 13-00000-00001 | 2200001 | CUP-RED | 2 | 34.00 | 74.00
item | 13-00000-00001 | 2200002 | PLATE | 1 | 20.00 | 23.00
item | 13-00000-00002 | 2200003 | PLATE | 1 | 20.00 | 20.00

order_freight_amount | line_freight_amount
9.00 | _
_ | 6.00
_ | 3.00
_ | 0.00
"""),
    ),
    Sample(
        "eBay transactions: an order of two items counts once, a fee of an item stays",
        "ebay_transactions",
        "Transaction_report_July.csv",
        text_file(
            EBAY,
            table("""
Transaction creation date | Type | Order number | Net amount | Payout currency | Payout ID
Jul 1, 2026 | Order | 13-00000-00001 | 90.00 | USD | 6001
Jul 1, 2026 | Order | 13-00000-00001 | -- | USD | 6001
Jul 1, 2026 | Order | 13-00000-00001 | -- | USD | 6001
Jul 2, 2026 | Order | 13-00000-00002 | 18.00 | USD | 6001
Jul 3, 2026 | Other fee | 13-00000-00001 | -1.50 | USD | 6001

Item ID | Transaction ID | Custom label | Quantity | Final Value Fee - variable
-- | -- | -- | 3 | -7.00
1100001 | 2200001 | CUP-RED | 2 | -5.00
1100003 | 2200002 | PLATE | 1 | -2.00
1100003 | 2200003 | PLATE | 1 | -2.00
1100001 | -- | -- | -- | --

Gross transaction amount | Item subtotal | Shipping and handling
97.00 | 88.00 | 9.00
74.00 | 68.00 | 6.00
23.00 | 20.00 | 3.00
20.00 | 20.00 | --
-1.50 | -- | --
"""),
            encoding="utf-8-sig",
            above=["Transaction report,", "Seller,example_seller"],
        ),
        read("""
part_name | movement_type | order_id | sku_id | amount
Gross transaction amount | Order | 13-00000-00001 | _ | 97.00
Final Value Fee - variable | Order | 13-00000-00001 | _ | -7.00
Gross transaction amount | Order | 13-00000-00002 | PLATE | 20.00
Final Value Fee - variable | Order | 13-00000-00002 | PLATE | -2.00
Gross transaction amount | Other fee | 13-00000-00001 | _ | -1.50
"""),
    ),
    Sample(
        "eBay transactions without columns of items",
        "ebay_transactions",
        "Transaction_report_short.csv",
        text_file(
            [name for name in EBAY if name not in ("Item ID", "Custom label")],
            table("""
Transaction creation date | Type | Order number | Net amount | Payout currency | Payout ID
Aug 1, 2026 | Order | 14-00000-00001 | 20.00 | USD | 7001

Gross transaction amount
20.00
"""),
        ),
        read("""
part_name | movement_type | order_id | amount
Gross transaction amount | Order | 14-00000-00001 | 20.00
"""),
    ),
    Sample(
        "Shopee orders: bands above, names decomposed, a name twice",
        "shopee_orders",
        "Order.all.20260601_20260630.xlsx",
        workbook(
            decomposed(SHOPEE),
            of_decomposed(
                table("""
Mã đơn hàng | Ngày đặt hàng | Trạng Thái Đơn Hàng | SKU phân loại hàng | Giá gốc | Số lượng
2606010000001A | 2026-06-01 09:00 | Hoàn thành | CUP-RED | 640000 | 2
2606010000001A | 2026-06-01 09:00 | Hoàn thành | POT | 600000 | 1

Tổng giá bán (sản phẩm) | Mã giảm giá của Shop | Tổng số tiền người mua thanh toán | Người Mua
1280000 | 80000 | 1800000 | buyer_a
600000 | 80000 | 1800000 | buyer_a
""")
            ),
            above=[["", "", ""], ["", "", ""]],
        ),
        read("""
order_id | account_id | sku_id | quantity | unit_price | line_goods_amount | currency
2606010000001A | buyer_a | CUP-RED | 2 | 640000 | 1280000 | VND
2606010000001A | buyer_a | POT | 1 | 600000 | 600000 | VND

order_seller_discount | order_paid_amount
80000 | 1800000
80000 | 1800000
"""),
    ),
    Sample(
        "Shopee income: rows of items tell the order's money again",
        "shopee_income",
        "Income.xlsx",
        workbook(
            SHOPEE_INCOME,
            table("""
Mã đơn hàng | Đơn hàng / Sản phẩm | Ngày đặt hàng | Ngày hoàn thành thanh toán
2606010000001A | Order | 2026-06-01 | 2026-06-10
2606010000001A | Sku | 2026-06-01 | 2026-06-10

Tổng tiền đã thanh toán | Giá sản phẩm
1700000 | 1880000
1700000 | 1880000
"""),
            above=[[""], [""]],
        ),
        read("""
order_id | movement_type | amount | currency
2606010000001A | Order | 1700000 | VND
"""),
    ),
    Sample(
        "Lazada orders of the old form",
        "lazada_orders",
        "lazada_old.csv",
        text_file(
            LAZADA_OLD,
            table("""
Order Item Id | Seller SKU | Lazada SKU | Created at | Order Number | Paid Price | Unit Price
80001 | CUP-RED | L1 | 2026-06-01 09:00:00 | 30000001 | 30.00 | 34.00
80002 | CUP-RED | L1 | 2026-06-01 09:00:00 | 30000001 | 30.00 | 34.00

Status
delivered
canceled
"""),
        ),
        read("""
order_id | sub_order_id | sku_id | quantity | unit_price | line_goods_amount | paid_at
30000001 | 80001 | CUP-RED | 1 | 34.00 | 30.00 | 2026-06-01 09:00:00
30000001 | 80002 | CUP-RED | 1 | 34.00 | 30.00 | _
"""),
    ),
    Sample(
        "Lazada orders of the new form",
        "lazada_orders",
        "lazada_new.xlsx",
        workbook(
            LAZADA,
            table("""
orderItemId | sellerSku | lazadaSku | createTime | orderNumber | paidPrice | unitPrice | status
80003 | POT | L2 | 02 Jun 2026 10:00 | 30000002 | 40.00 | 40.00 | shipped
"""),
        ),
        read("""
order_id | sub_order_id | sku_id | quantity | line_goods_amount | created_at
30000002 | 80003 | POT | 1 | 40.00 | 2026-06-02 10:00:00
"""),
    ),
    Sample(
        "the Lazada ledger of a day",
        "lazada_ledger",
        "lazada_ledger.csv",
        text_file(
            LAZADA_LEDGER,
            table("""
Transaction Date | Fee Name | Seller SKU | Amount | VAT in Amount | Order No. | Order Item No.
07 Jun 2026 | Item Price Credit | CUP-RED | 30.00 | 0.00 | 30000001 | 80001
07 Jun 2026 | Commission | CUP-RED | -1.20 | -0.09 | 30000001 | 80001
07 Jun 2026 | Lost Claim | _ | 5.00 | 0.00 | _ | _
"""),
        ),
        read("""
fee_name | order_id | sub_order_id | amount | moved_at
Item Price Credit | 30000001 | 80001 | 30.00 | 2026-06-07
Commission | 30000001 | 80001 | -1.20 | 2026-06-07
Lost Claim | _ | _ | 5.00 | 2026-06-07
"""),
    ),
    Sample(
        "the settlement of TikTok Shop, separated by semicolons",
        "tiktok_shop_settlement",
        "income_2026-06.csv",
        text_file(
            TIKTOK,
            table("""
Order/adjustment ID | Type | Order created time | Order settled time | Currency
576000000000000001 | Order | 2026/06/01 | 2026/06/15 | USD
90001 | Logistics reimbursement | _ | 2026/06/16 | USD

Total settlement amount | Total Revenue | Total Fees | Transaction fee | Adjustment amount
90.16 | 98.00 | -7.84 | -7.84 | 0
3.00 | 0 | 0 | 0 | 3.00
"""),
            delimiter=";",
        ),
        read("""
part_name | order_id | movement_type | amount | moved_at
Total Revenue | 576000000000000001 | Order | 98.00 | 2026-06-15
Total Fees | 576000000000000001 | Order | -7.84 | 2026-06-15
Adjustment amount | _ | Logistics reimbursement | 3.00 | 2026-06-16
"""),
    ),
]
