"""Reports of payment services: Stripe, PayPal, Square."""

from export_sample import Sample, names, read, table, text_file

STRIPE = names("""
balance_transaction_id, created_utc, available_on_utc, currency, gross, fee, net,
reporting_category, source_id, description, automatic_payout_id, automatic_payout_effective_at
""")
STRIPE_OLD = names("""
id, Type, Source, Amount, Fee, Net, Currency, Created (UTC), Available On (UTC), Description
""")
PAYPAL = names("""
Date, Time, TimeZone, Name, Type, Status, Currency, Gross, Fee, Net, From Email Address,
To Email Address, Transaction ID, Shipping Address, Address Status, Item Title, Item ID,
Shipping and Handling Amount, Insurance Amount, Sales Tax, Option 1 Name, Option 1 Value,
Option 2 Name, Option 2 Value, Reference Txn ID, Invoice Number, Custom Number, Quantity,
Receipt ID, Balance, Balance Impact
""")
SQUARE = names("""
Date, Time, Time Zone, Gross Sales, Discounts, Service Charges, Net Sales, Gift Card Sales, Tax,
Tip, Partial Refunds, Total Collected, Source, Card, Card Entry Methods, Cash, Square Gift Card,
Other Tender, Other Tender Type, Other Tender Note, Fees, Net Total, Transaction ID, Payment ID,
Card Brand, PAN Suffix, Device Name, Staff Name, Staff ID, Details, Description, Event Type,
Location, Dining Option, Customer ID, Customer Name, Customer Reference ID
""")
SQUARE_ITEMS = names("""
Date, Time, Time Zone, Category, Item, Qty, Price Point Name, SKU, Modifiers Applied, Gross Sales,
Discounts, Net Sales, Tax, Transaction ID, Payment ID, Device Name, Notes, Details, Event Type,
Location, Dining Option, Customer ID, Customer Name, Customer Reference ID
""")

SAMPLES = [
    Sample(
        "Stripe's balance with a payout",
        "stripe_balance",
        "itemized_balance_change.csv",
        text_file(
            STRIPE,
            table("""
balance_transaction_id | created_utc | currency | gross | fee | net | reporting_category
txn_1 | 2026-06-01 09:00:00 | usd | 103.00 | 3.29 | 99.71 | charge
txn_2 | 2026-06-03 00:00:00 | usd | -99.71 | 0.00 | -99.71 | payout

source_id | description | automatic_payout_id
ch_1 | Order 501, cup | po_1
po_1 | STRIPE PAYOUT | po_1
"""),
            encoding="utf-8-sig",
        ),
        read("""
row_id | part_name | currency | payout_id | movement_type | amount
txn_1 | gross | USD | po_1 | charge | 103.00
txn_1 | fee | USD | po_1 | charge | -3.29
txn_2 | gross | USD | po_1 | payout | -99.71
"""),
    ),
    Sample(
        "Stripe's balance, older form",
        "stripe_balance_history",
        "balance_history.csv",
        text_file(
            STRIPE_OLD,
            table("""
id | Type | Source | Amount | Fee | Net | Currency | Created (UTC) | Description
txn_1 | charge | ch_1 | 103.00 | 3.29 | 99.71 | usd | 2026-06-01 09:00 | Order 501
"""),
            encoding="utf-8-sig",
        ),
        read("""
row_id | part_name | order_reference | amount
txn_1 | Amount | ch_1 | 103.00
txn_1 | Fee | ch_1 | -3.29
"""),
    ),
    Sample(
        "PayPal: what is only a memo moved no money",
        "paypal_activity",
        "paypal.csv",
        text_file(
            PAYPAL,
            table("""
Date | Time | TimeZone | Type | Currency | Gross | Fee | Net | Transaction ID
06/13/2026 | 09:00:00 | PDT | Express Checkout Payment | USD | 103.00 | -3.49 | 99.51 | 1A
06/13/2026 | 09:00:00 | PDT | Account Hold | USD | -20.00 | 0.00 | -20.00 | 2A
06/14/2026 | 10:00:00 | PDT | General Withdrawal | USD | -1,099.51 | 0.00 | -1,099.51 | 3A

Status | Invoice Number | Balance | Balance Impact
Completed | 501 | 1,199.51 | Credit
Pending | 501 | 1,199.51 | Memo
Completed | _ | 100.00 | Debit
"""),
            encoding="utf-8-sig",
        ),
        read("""
row_id | part_name | order_reference | currency | amount | balance_after | moved_at
1A | Gross | 501 | USD | 103.00 | 1199.51 | 2026-06-13 09:00:00
1A | Fee | 501 | USD | -3.49 | 1199.51 | 2026-06-13 09:00:00
3A | Gross | _ | USD | -1099.51 | 100.00 | 2026-06-14 10:00:00

moved_at_offset_minutes
-420
-420
-420
"""),
    ),
    Sample(
        "Square transactions with a tip and a fee",
        "square_transactions",
        "transactions-2026-06-01.csv",
        text_file(
            SQUARE,
            table("""
Date | Time | Gross Sales | Discounts | Net Sales | Tax | Tip | Total Collected | Fees | Net Total
06/01/26 | 09:00:00 | $20.00 | -$2.00 | $18.00 | $1.50 | $3.00 | $22.50 | -$0.69 | $21.81
06/01/26 | 17:00:00 | -$12.00 | $0.00 | -$12.00 | -$1.00 | $0.00 | -$13.00 | $0.00 | -$13.00

Transaction ID | Payment ID | Event Type | Location
T1 | P1 | Payment | Main
T2 | P2 | Refund | Main
"""),
        ),
        read("""
row_id | part_name | seller | movement_type | amount
T1|P1|Payment | Gross Sales | Main | Payment | 20.00
T1|P1|Payment | Discounts | Main | Payment | -2.00
T1|P1|Payment | Tax | Main | Payment | 1.50
T1|P1|Payment | Tip | Main | Payment | 3.00
T1|P1|Payment | Fees | Main | Payment | -0.69
T2|P2|Refund | Gross Sales | Main | Refund | -12.00
T2|P2|Refund | Tax | Main | Refund | -1.00
"""),
    ),
    Sample(
        "Square items",
        "square_items",
        "items-2026-06-01.csv",
        text_file(
            SQUARE_ITEMS,
            table("""
Date | Item | Qty | SKU | Gross Sales | Net Sales | Tax | Transaction ID | Event Type | Location
06/01/26 | Cup | 2 | CUP-RED | $20.00 | $18.00 | $1.50 | T1 | Payment | Main
"""),
        ),
        read("""
order_id | seller | sku_id | quantity | line_gross_amount | line_goods_amount | paid_at
T1 | Main | CUP-RED | 2 | 20.00 | 18.00 | 2026-06-01
"""),
    ),
]
