"""Exports of a Shopify admin: orders, transactions, payments, payouts, stock, customers."""

from export_sample import Sample, names, read, table, text_file

ADDRESS = names("Name, Street, Address1, Address2, Company, City, Zip, Province, Country, Phone")
ORDERS = [
    *names("""
Name, Email, Financial Status, Paid at, Fulfillment Status, Fulfilled at, Accepts Marketing,
Currency, Subtotal, Shipping, Taxes, Total, Discount Code, Discount Amount, Shipping Method,
Created at, Lineitem quantity, Lineitem name, Lineitem price, Lineitem compare at price,
Lineitem sku, Lineitem requires shipping, Lineitem taxable, Lineitem fulfillment status
"""),
    *(f"Billing {part}" for part in ADDRESS),
    *(f"Shipping {part}" for part in ADDRESS),
    *names("""
Notes, Note Attributes, Cancelled at, Payment Method, Payment Reference, Refunded Amount, Vendor,
Outstanding Balance, Employee, Location, Device ID, Id, Tags, Risk Level, Source,
Lineitem discount
"""),
    *(f"Tax {number} {part}" for number in range(1, 6) for part in ("Name", "Value")),
    *names("""
Phone, Receipt Number, Duties, Billing Province Name, Shipping Province Name, Payment ID,
Payment Terms Name, Next Payment Due At, Payment References
"""),
]
TRANSACTIONS = names("Order, Name, Kind, Gateway, Created At, Status, Amount, Currency, Card Type")
PAYMENTS = names("""
Transaction Date, Type, Order, Card Brand, Card Source, Payout Status, Payout Date, Payout ID,
Available On, Amount, Fee, Net, Checkout, Payment Method Name, Presentment Amount,
Presentment Currency, Currency, VAT
""")
PAYOUTS = names("""
Payout Date, Status, Charges, Refunds, Adjustments, Reserved Funds, Fees, Retried Amount, Total,
Currency
""")
INVENTORY = names("""
Handle, Title, Option1 Name, Option1 Value, Option2 Name, Option2 Value, Option3 Name,
Option3 Value, SKU, HS Code, COO, Location, Bin name, Incoming (not editable),
Unavailable (not editable), Committed (not editable), Available (not editable), On hand (current),
On hand (new)
""")
CUSTOMERS = names("""
Customer ID, First Name, Last Name, Email, Accepts Email Marketing, Default Address Company,
Default Address Address1, Default Address Address2, Default Address City,
Default Address Province Code, Default Address Country Code, Default Address Zip,
Default Address Phone, Phone, Accepts SMS Marketing, Total Spent, Total Orders, Note, Tax Exempt,
Tags
""")

SAMPLES = [
    Sample(
        "orders, the order's money on its first row only",
        "shopify_orders",
        "orders_export_1.csv",
        text_file(
            ORDERS,
            table("""
Name | Email | Financial Status | Currency | Subtotal | Shipping | Taxes | Total | Discount Amount
#1001 | a@example.com | partially_refunded | USD | 98.00 | 5.00 | 8.00 | 111.00 | 10.00
#1001 | a@example.com | _ | _ | _ | _ | _ | _ | _
#1002 | b@example.com | paid | USD | 20.00 | 0.00 | 0.00 | 20.00 | 0.00

Created at | Paid at | Lineitem quantity | Lineitem name
2026-06-01 09:00:00 -0400 | 2026-06-01 09:00:10 -0400 | 2 | Cup - red
2026-06-01 09:00:00 -0400 | _ | 1 | Pot
2026-06-02 10:00:00 -0400 | 2026-06-02 10:00:10 -0400 | 1 | Plate

Lineitem price | Lineitem sku | Lineitem discount | Refunded Amount
34.00 | CUP-RED | 0.00 | 40.00
40.00 | POT | 0.00 | _
20.00 | PLATE | 0.00 | 0.00

Shipping Country | Shipping Zip
US | '10001
_ | _
US | '02139
"""),
        ),
        read("""
row_kind | order_id | order_status | sku_id | quantity | unit_price | created_at
item | #1001 | partially_refunded | CUP-RED | 2 | 34.00 | 2026-06-01 09:00:00
item | #1001 | _ | POT | 1 | 40.00 | 2026-06-01 09:00:00
item | #1002 | paid | PLATE | 1 | 20.00 | 2026-06-02 10:00:00

order_goods_amount | order_payable_amount | order_seller_discount | order_refunded_amount
98.00 | 111.00 | 10.00 | 40.00
_ | _ | _ | _
20.00 | 20.00 | 0.00 | 0.00
"""),
    ),
    Sample(
        "transactions: what was only authorised, failed or is pending moved no money",
        "shopify_transactions",
        "transactions_export_1.csv",
        text_file(
            TRANSACTIONS,
            table("""
Order | Name | Kind | Gateway | Created At | Status | Amount | Currency
9001 | #1001 | authorization | paypal | 2026-06-01 09:00:00 -0400 | success | 111.00 | USD
9001 | #1001 | capture | paypal | 2026-06-01 09:00:10 -0400 | success | 111.00 | USD
9001 | #1001 | refund | paypal | 2026-06-05 09:00:00 -0400 | success | 40.00 | USD
9002 | #1002 | sale | Cash on Delivery (COD) | 2026-06-02 10:00:00 -0400 | pending | 20.00 | USD
9002 | #1002 | sale | Cash on Delivery (COD) | 2026-06-06 10:00:00 -0400 | success | 20.00 | USD
9003 | #1003 | void | paypal | 2026-06-03 11:00:00 -0400 | success | 0.00 | USD
"""),
        ),
        read("""
order_id | wallet | movement_type | amount | currency | moved_at
#1001 | paypal | authorization | 0 | USD | 2026-06-01 09:00:00
#1001 | paypal | capture | 111.00 | USD | 2026-06-01 09:00:10
#1001 | paypal | refund | -40.00 | USD | 2026-06-05 09:00:00
#1002 | Cash on Delivery (COD) | sale | 20.00 | USD | 2026-06-06 10:00:00
#1003 | paypal | void | 0 | USD | 2026-06-03 11:00:00

account | account_rank
paypal | 3
paypal | 3
paypal | 3
cash on delivery (cod) | 3
paypal | 3
"""),
    ),
    Sample(
        "payments with fees, a refund, and one without a payout yet",
        "shopify_payment_transactions",
        "payment_transactions_export_1.csv",
        text_file(
            PAYMENTS,
            table("""
Transaction Date | Type | Order | Payout Status | Payout ID | Amount | Fee | Net | Currency
2026-06-01 09:00:10 -0400 | charge | #1001 | paid | 77001 | 111.00 | 3.52 | 107.48 | USD
2026-06-05 09:00:00 -0400 | refund | #1001 | paid | 77001 | -40.00 | 0.00 | -40.00 | USD
2026-06-06 09:00:00 -0400 | charge | #1004 | pending | _ | 10.00 | 0.59 | 9.41 | USD
"""),
        ),
        read("""
part_name | order_id | payout_id | wallet | movement_type | amount
Amount | #1001 | 77001 | shopify_payments | charge | 111.00
Fee | #1001 | 77001 | shopify_payments | charge | -3.52
Amount | #1001 | 77001 | shopify_payments | refund | -40.00
Amount | #1004 | _ | shopify_payments | charge | 10.00
Fee | #1004 | _ | shopify_payments | charge | -0.59
"""),
    ),
    Sample(
        "payouts",
        "shopify_payouts",
        "payouts_export_1.csv",
        text_file(
            PAYOUTS,
            table("""
Payout Date | Status | Charges | Refunds | Adjustments | Fees | Total | Currency
2026-06-08 | paid | 111.00 | -40.00 | 0.00 | 3.52 | 67.48 | USD
"""),
        ),
        read("""
wallet | movement_type | status | amount | currency
shopify_payouts | payout | paid | 67.48 | USD
"""),
    ),
    Sample(
        "stock by variant and location",
        "shopify_inventory",
        "inventory_export_1.csv",
        text_file(
            INVENTORY,
            table("""
Handle | Title | SKU | Location | Incoming (not editable) | Committed (not editable)
cup | Cup | CUP-RED | Main | 10 | 1
cup | Cup | CUP-RED | Store | not stocked | not stocked
pot | Pot | _ | Main | 0 | 0

Available (not editable) | On hand (current) | On hand (new)
4 | 5 | _
not stocked | not stocked | _
-1 | 0 | _
"""),
        ),
        read("""
sku_id | product_id | location | on_hand | available | reserved | inbound
CUP-RED | cup | Main | 5 | 4 | 1 | 10
CUP-RED | cup | Store | _ | _ | _ | _
_ | pot | Main | 0 | -1 | 0 | 0
"""),
    ),
    Sample(
        "customers with an apostrophe before numbers",
        "shopify_customers",
        "customers_export.csv",
        text_file(
            CUSTOMERS,
            table("""
Customer ID | Email | Default Address City | Default Address Country Code | Phone | Total Orders
'7100000000001 | a@example.com | New York | US | '+12025550100 | 2
'7100000000002 | b@example.com | _ | GB | _ | 0
"""),
            encoding="utf-8-sig",
        ),
        read("""
account_id | email | country | city
7100000000001 | a@example.com | US | New York
7100000000002 | b@example.com | GB | _
"""),
    ),
]
