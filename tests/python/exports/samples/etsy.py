"""Downloads of an Etsy shop: orders, items, the statement, payments."""

from export_sample import Sample, names, read, table, text_file

ORDERS = names("""
Sale Date, Order ID, Buyer User ID, Full Name, First Name, Last Name, Number of Items,
Payment Method, Date Shipped, Street 1, Street 2, Ship City, Ship State, Ship Zipcode,
Ship Country, Currency, Order Value, Coupon Code, Coupon Details, Discount Amount,
Shipping Discount, Shipping, Sales Tax, Order Total, Status, Card Processing Fees, Order Net,
Adjusted Order Total, Adjusted Card Processing Fees, Adjusted Net Order Amount, Buyer, Order Type,
Payment Type, InPerson Discount, InPerson Location, SKU
""")
ITEMS = names("""
Sale Date, Item Name, Buyer, Quantity, Price, Coupon Code, Coupon Details, Discount Amount,
Shipping Discount, Order Shipping, Order Sales Tax, Item Total, Currency, Transaction ID,
Listing ID, Date Paid, Date Shipped, Ship Name, Ship Address1, Ship Address2, Ship City,
Ship State, Ship Zipcode, Ship Country, Order ID, Variations, Order Type, Listings Type,
Payment Type, InPerson Discount, InPerson Location, VAT Paid by Buyer, SKU
""")
STATEMENT = names("Date, Type, Title, Info, Currency, Amount, Fees & Taxes, Net, Tax Details")
PAYMENTS = names("""
Payment ID, Buyer Username, Buyer Name, Order ID, Gross Amount, Fees, Net Amount, Posted Gross,
Posted Fees, Posted Net, Adjusted Gross, Adjusted Fees, Adjusted Net, Currency, Listing Amount,
Listing Currency, Exchange Rate, VAT Amount, Gift Card Applied?, Status, Funds Available,
Order Date, Buyer, Order Type, Payment Type, Refund Amount
""")

SAMPLES = [
    Sample(
        "Etsy orders, separated by tabs",
        "etsy_orders",
        "EtsySoldOrders2026-6.csv",
        text_file(
            ORDERS,
            table("""
Sale Date | Order ID | Buyer User ID | Number of Items | Currency | Order Value | Discount Amount
06/01/26 | 2900000001 | 70001 | 3 | USD | 108.00 | 10.00

Shipping | Sales Tax | Order Total | Order Net | Status
5.00 | 0.00 | 103.00 | 99.66 | _
"""),
            delimiter="\t",
        ),
        read("""
row_kind | order_id | account_id | quantity | order_gross_amount | order_seller_discount
order | 2900000001 | 70001 | 3 | 108.00 | 10.00

order_payable_amount | order_received_amount | created_at
103.00 | 99.66 | 2026-06-01
"""),
    ),
    Sample(
        "Etsy items",
        "etsy_order_items",
        "EtsySoldOrderItems2026-6.csv",
        text_file(
            ITEMS,
            table("""
Sale Date | Item Name | Quantity | Price | Discount Amount | Order Shipping | Item Total
06/01/26 | Cup, red | 2 | 34.00 | 10.00 | 5.00 | 68.00
06/01/26 | Pot | 1 | 40.00 | 0.00 | 5.00 | 40.00

Currency | Transaction ID | Listing ID | Date Paid | Order ID | SKU
USD | 410001 | 150001 | 06/01/2026 | 2900000001 | CUP-RED
USD | 410002 | 150002 | 06/01/2026 | 2900000001 | POT
"""),
            encoding="utf-8-sig",
        ),
        read("""
order_id | sub_order_id | sku_id | quantity | unit_price | line_gross_amount | paid_at
2900000001 | 410001 | CUP-RED | 2 | 34.00 | 68.00 | 2026-06-01
2900000001 | 410002 | POT | 1 | 40.00 | 40.00 | 2026-06-01
"""),
    ),
    Sample(
        "the Etsy statement: equal rows are legitimate",
        "etsy_statement",
        "etsy_statement_2026_6.csv",
        text_file(
            STATEMENT,
            table("""
Date | Type | Title | Info | Currency
June 1, 2026 | Sale | Payment for Order #2900000001 | _ | USD
June 1, 2026 | Fee | Listing fee | Listing #150001 | USD
June 1, 2026 | Fee | Listing fee | Listing #150001 | USD
June 5, 2026 | Deposit | $99.26 sent to your bank account | _ | USD

Amount | Fees & Taxes | Net
$103.00 | -- | $103.00
-- | -$0.20 | -$0.20
-- | -$0.20 | -$0.20
-- | -- | --
"""),
            encoding="utf-8-sig",
        ),
        read("""
movement_type | order_id | amount | moved_at | description
Sale | 2900000001 | 103.00 | 2026-06-01 | Payment for Order #2900000001
Fee | _ | -0.20 | 2026-06-01 | Listing fee
Fee | _ | -0.20 | 2026-06-01 | Listing fee
"""),
    ),
    Sample(
        "Etsy payments",
        "etsy_payments",
        "EtsyDirectCheckoutPayments2026-6.csv",
        text_file(
            PAYMENTS,
            table("""
Payment ID | Order ID | Gross Amount | Fees | Net Amount | Currency | Status | Funds Available
60001 | 2900000001 | 103.00 | 3.34 | 99.66 | USD | Settled | 06/04/2026

Order Date
06/01/2026
"""),
        ),
        read("""
row_id | part_name | order_id | amount | moved_at | ordered_at
60001 | Gross Amount | 2900000001 | 103.00 | 2026-06-04 | 2026-06-01
60001 | Fees | 2900000001 | -3.34 | 2026-06-04 | 2026-06-01
"""),
    ),
]
