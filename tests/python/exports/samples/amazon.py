"""Reports of an Amazon seller account: orders, shipments, settlements, returns, stock, ads."""

import csv

from export_sample import Sample, names, read, table, text_file

ORDERS = names("""
amazon-order-id, merchant-order-id, purchase-date, last-updated-date, order-status,
fulfillment-channel, sales-channel, order-channel, url, ship-service-level, product-name, sku,
asin, item-status, quantity, currency, item-price, item-tax, shipping-price, shipping-tax,
gift-wrap-price, gift-wrap-tax, item-promotion-discount, ship-promotion-discount, ship-city,
ship-state, ship-postal-code, ship-country, promotion-ids, is-business-order,
purchase-order-number, price-designation
""")
SHIPMENTS = names("""
amazon-order-id, merchant-order-id, shipment-id, shipment-item-id, amazon-order-item-id,
purchase-date, payments-date, shipment-date, buyer-email, sku, product-name, quantity-shipped,
currency, item-price, carrier, tracking-number, fulfillment-center-id, fulfillment-channel
""")
SETTLEMENT_START = names("""
settlement-id, settlement-start-date, settlement-end-date, deposit-date, total-amount, currency,
transaction-type, order-id, merchant-order-id, adjustment-id, shipment-id, marketplace-name
""")
SETTLEMENT_V1 = SETTLEMENT_START + names("""
shipment-fee-type, shipment-fee-amount, order-fee-type, order-fee-amount, fulfillment-id,
posted-date, order-item-code, merchant-order-item-id, merchant-adjustment-item-id, sku,
quantity-purchased, price-type, price-amount, item-related-fee-type, item-related-fee-amount,
misc-fee-amount, other-fee-amount, other-fee-reason-description, promotion-id, promotion-type,
promotion-amount, direct-payment-type, direct-payment-amount, other-amount
""")
SETTLEMENT = SETTLEMENT_START + names("""
amount-type, amount-description, amount, fulfillment-id, posted-date, posted-date-time,
order-item-code, merchant-order-item-id, merchant-adjustment-item-id, sku, quantity-purchased,
promotion-id
""")
TRANSACTIONS = names("""
date/time, settlement id, type, order id, sku, description, quantity, marketplace, account type,
fulfillment, order city, order state, order postal, tax collection model, product sales,
product sales tax, shipping credits, shipping credits tax, gift wrap credits,
giftwrap credits tax, Regulatory Fee, Tax On Regulatory Fee, promotional rebates,
promotional rebates tax, marketplace withheld tax, selling fees, fba fees, other transaction fees,
other, total
""")
FBA_RETURNS = names("""
return-date, order-id, sku, asin, fnsku, product-name, quantity, fulfillment-center-id,
detailed-disposition, reason, status, license-plate-number, customer-comments
""")
RETURNS = names("""
Order ID, Order date, Return request date, Return request status, Amazon RMA ID, Currency code,
ASIN, Merchant SKU, Item Name, Return quantity, Return Reason, Resolution, Return delivery date,
Order Amount, Refunded Amount
""")
REIMBURSEMENTS = names("""
approval-date, reimbursement-id, case-id, amazon-order-id, reason, sku, fnsku, asin, product-name,
condition, currency-unit, amount-per-unit, amount-total, quantity-reimbursed-cash,
quantity-reimbursed-inventory, quantity-reimbursed-total, original-reimbursement-id,
original-reimbursement-type
""")
INVENTORY = names("""
sku, fnsku, asin, product-name, condition, your-price, mfn-listing-exists,
mfn-fulfillable-quantity, afn-listing-exists, afn-warehouse-quantity, afn-fulfillable-quantity,
afn-unsellable-quantity, afn-reserved-quantity, afn-total-quantity, per-unit-volume,
afn-inbound-working-quantity, afn-inbound-shipped-quantity, afn-inbound-receiving-quantity
""")
LEDGER = names("""
Date, FNSKU, ASIN, MSKU, Title, Disposition, Starting Warehouse Balance,
In Transit Between Warehouses, Receipts, Customer Shipments, Customer Returns, Vendor Returns,
Warehouse Transfer In/Out, Found, Lost, Damaged, Disposed, Other Events, Ending Warehouse Balance,
Unknown Events, Location
""")
PLANNING = names("""
snapshot-date, sku, fnsku, asin, product-name, condition, available, currency, your-price,
inbound-quantity, reserved-quantity
""")
ADS = names("""
Start Date, End Date, Portfolio name, Currency, Campaign Name, Ad Group Name, Targeting,
Match Type, Customer Search Term, Impressions, Clicks, Spend, 7 Day Total Sales,
7 Day Total Orders (#)
""")


def report(header: list[str], text: str) -> bytes:
    """A tab-separated report, in which a quote is a letter."""
    return text_file(header, table(text), delimiter="\t", quoting=csv.QUOTE_NONE)


SAMPLES = [
    Sample(
        "orders, one cancelled without a price",
        "amazon_orders",
        "all_orders.txt",
        report(
            ORDERS,
            """
amazon-order-id | purchase-date | last-updated-date
114-0000000-0000001 | 2026-06-01T09:00:00+00:00 | 2026-06-03T09:00:00+00:00
114-0000000-0000001 | 2026-06-01T09:00:00+00:00 | 2026-06-03T09:00:00+00:00
114-0000000-0000002 | 2026-06-02T09:00:00+00:00 | 2026-06-02T10:00:00+00:00

order-status | sku | asin | quantity
Shipped | CUP-RED | B01 | 2
Shipped | POT | B02 | 1
Cancelled | POT | B02 | 0

currency | item-price | item-tax | shipping-price | item-promotion-discount | ship-country
USD | 68.00 | 5.44 | 0.00 | 3.00 | US
USD | 40.00 | 3.20 | 0.00 | _ | US
_ | _ | _ | _ | _ | US
""",
        ),
        read("""
order_id | sku_id | quantity | currency | line_gross_amount | line_tax_amount
114-0000000-0000001 | CUP-RED | 2 | USD | 68.00 | 5.44
114-0000000-0000001 | POT | 1 | USD | 40.00 | 3.20
114-0000000-0000002 | POT | 0 | _ | _ | _

created_at | paid_at
2026-06-01 09:00:00 | 2026-06-01 09:00:00
2026-06-01 09:00:00 | 2026-06-01 09:00:00
2026-06-02 09:00:00 | _
"""),
    ),
    Sample(
        "shipments",
        "amazon_shipments",
        "fulfilled_shipments.txt",
        report(
            SHIPMENTS,
            """
amazon-order-id | amazon-order-item-id | purchase-date | shipment-date | sku | quantity-shipped
114-0000000-0000001 | 55001 | 2026-06-01T09:00:00+00:00 | 2026-06-02T11:00:00+00:00 | CUP-RED | 2

carrier | tracking-number | item-price
UPS | 1Z0000000000000001 | 68.00
""",
        ),
        read("""
tracking_no | order_id | sub_order_id | sku_id | quantity | carrier | scanned_at
1Z0000000000000001 | 114-0000000-0000001 | 55001 | CUP-RED | 2 | UPS | 2026-06-02 11:00:00
"""),
    ),
    Sample(
        "a settlement, first form: the first row tells the total",
        "amazon_settlement_v1",
        "settlement_v1.txt",
        report(
            SETTLEMENT_V1,
            """
settlement-id | settlement-start-date | settlement-end-date | total-amount | currency
18000000001 | 2026-06-01 00:00:00 UTC | 2026-06-15 00:00:00 UTC | 57.80 | USD
18000000001 | _ | _ | _ | _

transaction-type | order-id | posted-date | sku | quantity-purchased | price-type | price-amount
_ | _ | _ | _ | _ | _ | _
Order | 114-0000000-0000001 | 2026-06-03 | CUP-RED | 2 | Principal | 68.00

item-related-fee-type | item-related-fee-amount
_ | _
Commission | -10.20
""",
        ),
        read("""
part_name | statement_id | currency | movement_type | order_id | amount
price-amount | 18000000001 | USD | Order | 114-0000000-0000001 | 68.00
item-related-fee-amount | 18000000001 | USD | Order | 114-0000000-0000001 | -10.20

fee_name
Principal
Commission
"""),
    ),
    Sample(
        "a settlement of Europe, with decimal commas and days first",
        "amazon_settlement_v1",
        "settlement_eu.txt",
        report(
            SETTLEMENT_V1,
            """
settlement-id | settlement-start-date | settlement-end-date | total-amount | currency
18000000003 | 01.06.2026 00:00:00 UTC | 15.06.2026 00:00:00 UTC | 1.015,50 | EUR
18000000003 | _ | _ | _ | _

transaction-type | order-id | posted-date | sku | quantity-purchased | price-type | price-amount
_ | _ | _ | _ | _ | _ | _
Order | 302-0000000-0000001 | 03.06.2026 07:00:00 UTC | CUP-RED | 2 | Principal | 1.200,00

item-related-fee-type | item-related-fee-amount
_ | _
Commission | -184,5
""",
        ),
        read("""
part_name | currency | order_id | amount | moved_at
price-amount | EUR | 302-0000000-0000001 | 1200.00 | 2026-06-03 07:00:00
item-related-fee-amount | EUR | 302-0000000-0000001 | -184.50 | 2026-06-03 07:00:00
"""),
    ),
    Sample(
        "a settlement, second form",
        "amazon_settlement",
        "settlement_v2.txt",
        report(
            SETTLEMENT,
            """
settlement-id | settlement-start-date | settlement-end-date | total-amount | currency
18000000002 | 2026-06-15 00:00:00 UTC | 2026-06-29 00:00:00 UTC | 57.80 | USD
18000000002 | _ | _ | _ | _
18000000002 | _ | _ | _ | _

transaction-type | order-id | amount-type | amount-description | amount | posted-date-time | sku
_ | _ | _ | _ | _ | _ | _
Order | 114-0000000-0000001 | ItemPrice | Principal | 68.00 | 2026-06-16 09:00:00 UTC | CUP-RED
Order | 114-0000000-0000001 | ItemFees | Commission | -10.20 | 2026-06-16 09:00:00 UTC | CUP-RED
""",
        ),
        read("""
statement_id | currency | movement_type | description | fee_name | order_id | amount
18000000002 | USD | Order | ItemPrice | Principal | 114-0000000-0000001 | 68.00
18000000002 | USD | Order | ItemFees | Commission | 114-0000000-0000001 | -10.20
"""),
    ),
    Sample(
        "transactions of a period below definitions, and a payout",
        "amazon_transactions",
        "2026JunMonthlyUnifiedTransaction.csv",
        text_file(
            TRANSACTIONS,
            table("""
date/time | settlement id | type | order id | sku | description | quantity
Jun 3, 2026 1:05:07 AM PDT | 18000000001 | Order | 114-0000000-0000001 | CUP-RED | Cup | 2
Jun 9, 2026 2:00:00 PM PDT | 18000000001 | Transfer | _ | _ | To account ending with: 000 | _

product sales | product sales tax | marketplace withheld tax | selling fees | other | total
68.00 | 5.44 | -5.44 | -10.20 | 0 | 57.80
0 | 0 | 0 | 0 | -1,057.80 | -1,057.80
"""),
            above=[
                '"Includes Amazon Marketplace, Fulfillment by Amazon (FBA) transactions"',
                '"All amounts in USD, unless specified"',
                '"Definitions:"',
                '"Sales tax collected: Includes sales tax collected from buyers"',
            ],
        ),
        read("""
part_name | movement_type | order_id | currency | amount | moved_at
product sales | Order | 114-0000000-0000001 | USD | 68.00 | 2026-06-03 01:05:07
product sales tax | Order | 114-0000000-0000001 | USD | 5.44 | 2026-06-03 01:05:07
marketplace withheld tax | Order | 114-0000000-0000001 | USD | -5.44 | 2026-06-03 01:05:07
selling fees | Order | 114-0000000-0000001 | USD | -10.20 | 2026-06-03 01:05:07
other | Transfer | _ | USD | -1057.80 | 2026-06-09 14:00:00
"""),
    ),
    Sample(
        "returns to Amazon's warehouses",
        "amazon_fba_returns",
        "fba_returns.txt",
        report(
            FBA_RETURNS,
            """
return-date | order-id | sku | quantity | detailed-disposition | reason | license-plate-number
2026-06-10T09:00:00+00:00 | 114-0000000-0000001 | CUP-RED | 1 | SELLABLE | UNWANTED_ITEM | LPN0001
2026-06-11T09:00:00+00:00 | 114-0000000-0000001 | POT | 1 | DEFECTIVE | DEFECTIVE | LPN0002
""",
        ),
        read("""
refund_id | order_id | sku_id | quantity | refund_status | reason | completed_at
LPN0001 | 114-0000000-0000001 | CUP-RED | 1 | completed | UNWANTED_ITEM | 2026-06-10 09:00:00
LPN0002 | 114-0000000-0000001 | POT | 1 | completed | DEFECTIVE | 2026-06-11 09:00:00
"""),
    ),
    Sample(
        "returns of orders that the seller ships",
        "amazon_returns",
        "seller_returns.tsv",
        report(
            RETURNS,
            """
Order ID | Return request date | Return request status | Amazon RMA ID | Merchant SKU
114-0000000-0000003 | 09-Jun-2026 | Approved | DRMA0001 | POT

Return quantity | Resolution | Return delivery date | Currency code | Refunded Amount
1 | StandardRefund | 12-Jun-2026 | USD | 40.00
""",
        ),
        read("""
refund_id | order_id | sku_id | quantity | refund_kind | currency | refund_amount
DRMA0001 | 114-0000000-0000003 | POT | 1 | StandardRefund | USD | 40.00
"""),
    ),
    Sample(
        "reimbursements, one in stock instead of cash",
        "amazon_reimbursements",
        "reimbursements.txt",
        report(
            REIMBURSEMENTS,
            """
approval-date | reimbursement-id | reason | sku | fnsku | currency-unit | amount-total
2026-06-12T09:00:00+00:00 | 66001 | Lost_Warehouse | CUP-RED | X01 | USD | 20.50
2026-06-13T09:00:00+00:00 | 66002 | Damaged_Warehouse | POT | X02 | USD | 0.00

quantity-reimbursed-cash | quantity-reimbursed-inventory | quantity-reimbursed-total
1 | 0 | 1
0 | 1 | 1
""",
        ),
        read("""
wallet | fee_name | sku_id | quantity | currency | amount
amazon_reimbursements | Lost_Warehouse | CUP-RED | 1 | USD | 20.50
amazon_reimbursements | Damaged_Warehouse | POT | 1 | USD | 0.00
"""),
    ),
    Sample(
        "stock",
        "amazon_inventory",
        "fba_inventory.txt",
        report(
            INVENTORY,
            """
sku | asin | product-name | your-price | afn-warehouse-quantity | afn-fulfillable-quantity
CUP-RED | B01 | Cup 3" red | 34.00 | 12 | 10

afn-reserved-quantity | afn-inbound-shipped-quantity
2 | 30
""",
        ),
        read("""
sku_id | location | product_name | on_hand | available | reserved | inbound | unit_price
CUP-RED | amazon_fba | Cup 3" red | 12 | 10 | 2 | 30 | 34.00
"""),
    ),
    Sample(
        "stock of each day, sellable and not",
        "amazon_inventory_ledger",
        "inventory_ledger.csv",
        text_file(
            LEDGER,
            table("""
Date | ASIN | MSKU | Title | Disposition | Starting Warehouse Balance | Receipts
06/14/2026 | B01 | CUP-RED | Cup, red | SELLABLE | 10 | 5
06/14/2026 | B01 | CUP-RED | Cup, red | CUSTOMER_DAMAGED | 1 | 0

Customer Shipments | Ending Warehouse Balance | Location
-3 | 12 | US
0 | 1 | US
"""),
            quoting=csv.QUOTE_ALL,
        ),
        read("""
counted_on | sku_id | product_id | location | on_hand
2026-06-14 | CUP-RED | B01 | amazon_fba | 12
2026-06-14 | CUP-RED | B01 | amazon_fba | 1
"""),
    ),
    Sample(
        "stock and its age",
        "amazon_inventory_planning",
        "inventory_planning.txt",
        report(
            PLANNING,
            """
snapshot-date | sku | asin | available | your-price | inbound-quantity | reserved-quantity
2026-06-15 | CUP-RED | B01 | 10 | 34.00 | 30 | 2
""",
        ),
        read("""
counted_on | sku_id | available | inbound | reserved
2026-06-15 | CUP-RED | 10 | 30 | 2
"""),
    ),
    Sample(
        "search terms of a month, names with a blank at the end",
        "amazon_ads",
        "sp_search_terms.csv",
        text_file(
            ADS,
            table("""
Start Date | End Date | Currency | Ad Group Name | Customer Search Term | Impressions | Clicks
Jun 01, 2026 | Jun 30, 2026 | USD | Cups | red cup | 1000 | 50

Campaign Name | Spend | 7 Day Total Sales | 7 Day Total Orders (#)
Cups | $12.34 | $68.00 | 1
"""),
        )
        .replace(b"Campaign Name,", b"Campaign Name ,")
        .replace(b"Total Sales,", b"Total Sales ,"),
        read("""
spent_on | period_from | campaign_name | impressions | clicks | cost_amount | attributed_amount
2026-06-30 | 2026-06-01 | Cups | 1000 | 50 | 12.34 | 68.00
"""),
    ),
]
