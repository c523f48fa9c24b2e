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
7 | a@example.com | US | product_id:11|CUP-RED|2|100.00
0 | b@example.com | GB | product_id:12|PLATE|1|50.00
0 | c@example.com | US | product_id:13|BOWL|1|20.00
"""),
        ),
        read("""
row_kind | order_id | order_status | account_id | created_at | buyer_email
order | 501 | completed | 7 | 2026-06-01 09:00:00 | a@example.com
order | 502 | refunded | 0 | 2026-06-02 10:00:00 | b@example.com
order | 503 | cancelled | 0 | 2026-06-03 11:00:00 | c@example.com

order_payable_amount | order_freight_amount | order_tax_amount | order_seller_discount
104.00 | 5.00 | 9.00 | 10.00
50.00 | 0.00 | 0.00 | 0.00
25.00 | 5.00 | 0.00 | 0.00
"""),
    ),
]
