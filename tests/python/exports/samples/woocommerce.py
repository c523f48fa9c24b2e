"""Orders exported from WooCommerce."""

from export_sample import Sample, names, read, table, text_file

ORDERS = names("""
order_id, order_number_formatted, order_number, date, status, order_shipping, order_shipping_tax,
order_fees, order_fee_tax, order_tax, cart_discount, order_discount, order_total, payment_method,
shipping_method, customer_user, billing_first_name, billing_last_name, billing_email,
billing_phone, billing_address_1, billing_address_2, billing_postcode, billing_city,
billing_state, billing_country, billing_company, shipping_first_name, shipping_last_name,
shipping_address_1, shipping_address_2, shipping_postcode, shipping_city, shipping_state,
shipping_country, shipping_company, customer_note, order_item_1, order_item_2,
download_permissions_granted, order_notes, shipping_method_1, shipping_cost_1
""")

# Customer/Order/Coupon Export, its default format.
ONE_CELL = names("""
order_id, order_number, order_number_formatted, date, status, shipping_total, shipping_tax_total,
fee_total, fee_tax_total, tax_total, discount_total, order_total, refunded_total, order_currency,
payment_method, shipping_method, customer_id, billing_first_name, billing_last_name,
billing_company, billing_email, billing_phone, billing_address_1, billing_address_2,
billing_postcode, billing_city, billing_state, billing_country, shipping_first_name,
shipping_last_name, shipping_address_1, shipping_address_2, shipping_postcode, shipping_city,
shipping_state, shipping_country, shipping_company, customer_note, line_items, shipping_items,
fee_items, tax_items, coupon_items, refunds, order_notes, download_permissions_granted
""")
# Import Export Suite: a column for each item of the order with most of them.
NUMBERED = names("""
order_id, order_number, order_date, paid_date, status, shipping_total, shipping_tax_total,
fee_total, fee_tax_total, tax_total, cart_discount, order_discount, discount_total, order_total,
order_subtotal, order_key, order_currency, payment_method, shipping_method, customer_id,
customer_user, customer_email, billing_email, billing_phone, shipping_country, customer_note,
tax_items, shipping_items, fee_items, coupon_items, refund_items, order_notes, line_item_1,
line_item_2
""")

SAMPLES = [
    Sample(
        "orders, one of a guest",
        "woocommerce_orders",
        "orders-export.csv",
        text_file(
            ORDERS,
            table("""
order_id | order_number | date | status | order_shipping | order_tax | cart_discount | order_total
501 | 501 | 2026-06-01 09:00:00 | completed | 5.00 | 9.00 | 10.00 | 104.00
502 | 502 | 2026-06-02 10:00:00 | refunded | 0.00 | 0.00 | 0.00 | 50.00
503 | 503 | 2026-06-03 11:00:00 | cancelled | 5.00 | 0.00 | 0.00 | 25.00

customer_user | billing_email | shipping_country | order_item_1
7 | a@example.com | US | product_id:11|2|90.00|colour: red
0 | b@example.com | GB | PLATE|1|50.00
0 | c@example.com | US | product_id:13|1|20.00
"""),
        ),
        read("""
row_kind | order_id | order_status | account_id | created_at | buyer_email
order | 501 | completed | 7 | 2026-06-01 09:00:00 | a@example.com
item | 501 | _ | _ | _ | _
order | 502 | refunded | 0 | 2026-06-02 10:00:00 | b@example.com
item | 502 | _ | _ | _ | _
order | 503 | cancelled | 0 | 2026-06-03 11:00:00 | c@example.com
item | 503 | _ | _ | _ | _

order_payable_amount | order_freight_amount | order_tax_amount | order_seller_discount
104.00 | 5.00 | 9.00 | 10.00
_ | _ | _ | _
50.00 | 0.00 | 0.00 | 0.00
_ | _ | _ | _
25.00 | 5.00 | 0.00 | 0.00
_ | _ | _ | _

product_id | sku_id | quantity | line_goods_amount
_ | _ | _ | _
11 | _ | 2 | 90.00
_ | _ | _ | _
_ | PLATE | 1 | 50.00
_ | _ | _ | _
13 | _ | 1 | 20.00
"""),
    ),
    Sample(
        "items in one cell, a name with a semicolon, a fee",
        "woocommerce_order_items",
        "orders-export-2026-06-30.csv",
        text_file(
            ONE_CELL,
            [
                {
                    "order_id": "601",
                    "date": "2026-06-01 09:00:00",
                    "status": "completed",
                    "shipping_total": "5.00",
                    "fee_total": "2.00",
                    "tax_total": "9.00",
                    "discount_total": "10.00",
                    "order_total": "116.00",
                    "order_currency": "USD",
                    "customer_id": "7",
                    "line_items": "id:1|name:Cup; red|product_id:11|sku:CUP-RED|quantity:2"
                    "|subtotal:90.00|subtotal_tax:7.20|total:81.00|total_tax:6.48|refunded:0.00"
                    "|meta:Colour: red;id:2|name:Plate|product_id:12|sku:|quantity:1"
                    "|subtotal:20.00|subtotal_tax:1.60|total:19.00|total_tax:1.52|refunded:0.00",
                    "fee_items": "id:3|name:Gift wrap|total:2.00|total_tax:0.16",
                },
                {
                    "order_id": "602",
                    "date": "2026-06-02 09:00:00",
                    "status": "pending",
                    "shipping_total": "0.00",
                    "tax_total": "0.00",
                    "discount_total": "0.00",
                    "order_total": "30.00",
                    "order_currency": "USD",
                    "customer_id": "0",
                },
            ],
        ),
        read("""
row_kind | order_id | sub_order_id | product_id | sku_id | product_name | quantity | currency
order | 601 | _ | _ | _ | _ | _ | USD
item | 601 | 01 | 11 | CUP-RED | Cup; red | 2 | USD
item | 601 | 02 | 12 | _ | Plate | 1 | USD
item | 601 | 03 | _ | _ | Gift wrap | _ | USD
order | 602 | _ | _ | _ | _ | _ | USD

line_gross_amount | line_goods_amount | line_tax_amount | order_payable_amount | paid_at
_ | _ | _ | 116.00 | 2026-06-01 09:00:00
90.00 | 81.00 | 6.48 | _ | _
20.00 | 19.00 | 1.52 | _ | _
_ | 2.00 | 0.16 | _ | _
_ | _ | _ | 30.00 | _

order_freight_amount | order_tax_amount | order_seller_discount | account_id
5.00 | 9.00 | 10.00 | 7
_ | _ | _ | _
_ | _ | _ | _
_ | _ | _ | _
0.00 | 0.00 | 0.00 | 0
"""),
    ),
    Sample(
        "items in columns of their own",
        "woocommerce_order_items",
        "order_export.csv",
        text_file(
            NUMBERED,
            [
                {
                    "order_id": "701",
                    "order_date": "2026-06-01 09:00:00",
                    "paid_date": "2026-06-01 09:05:00",
                    "status": "completed",
                    "shipping_total": "3.00",
                    "tax_total": "0.00",
                    "order_total": "33.00",
                    "order_currency": "EUR",
                    "line_item_1": "name:Bowl|product_id:13|sku:BOWL|quantity:1|total:20.00"
                    "|sub_total:20.00",
                    "line_item_2": "name:Plate|product_id:12|sku:|quantity:2|total:10.00"
                    "|sub_total:12.00",
                },
                {
                    "order_id": "702",
                    "order_date": "2026-06-02 09:00:00",
                    "status": "processing",
                    "shipping_total": "0.00",
                    "tax_total": "0.00",
                    "order_total": "10.00",
                    "order_currency": "EUR",
                    "line_item_1": "name:Bowl|product_id:13|sku:BOWL|quantity:1|total:10.00"
                    "|sub_total:10.00",
                },
            ],
        ),
        read("""
row_kind | order_id | sku_id | product_id | quantity | line_gross_amount | line_goods_amount
order | 701 | _ | _ | _ | _ | _
item | 701 | BOWL | 13 | 1 | 20.00 | 20.00
item | 701 | _ | 12 | 2 | 12.00 | 10.00
order | 702 | _ | _ | _ | _ | _
item | 702 | BOWL | 13 | 1 | 10.00 | 10.00

paid_at | order_payable_amount
2026-06-01 09:05:00 | 33.00
_ | _
_ | _
2026-06-02 09:00:00 | 10.00
_ | _
"""),
    ),
]
