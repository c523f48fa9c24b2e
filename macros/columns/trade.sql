{% macro trade_columns() %}
    {% set money = 'decimal(18, 4)' %}
    {% do return({
        'shops': {
            'platform_code': 'varchar', 'shop_id': 'varchar', 'shop_name': 'varchar',
            'time_zone': 'varchar', 'currency_code': 'varchar', 'is_online': 'boolean',
            'opened_date': 'date',
        },
        'orders': {
            'platform_code': 'varchar', 'shop_id': 'varchar', 'order_id': 'varchar',
            'account_id': 'varchar', 'source_status': 'varchar', 'order_type': 'varchar',
            'is_test': 'boolean', 'is_cash_on_delivery': 'boolean',
            'created_time': 'timestamp', 'created_offset_minutes': 'smallint',
            'paid_time': 'timestamp', 'paid_offset_minutes': 'smallint',
            'closed_time': 'timestamp', 'closed_offset_minutes': 'smallint',
            'balance_due_time': 'timestamp', 'balance_due_offset_minutes': 'smallint',
            'cancel_reason': 'varchar', 'currency_code': 'varchar',
            'seller_discount_amount': money, 'platform_discount_amount': money,
            'partner_discount_amount': money, 'points_discount_amount': money,
            'freight_amount': money, 'tax_amount': money, 'source_payable_amount': money,
            'deposit_amount': money, 'group_id': 'varchar', 'live_session_id': 'varchar',
            'campaign_id': 'varchar', 'receiver_name': 'varchar', 'receiver_phone': 'varchar',
            'receiver_country': 'varchar', 'receiver_province': 'varchar',
            'receiver_city': 'varchar', 'receiver_district': 'varchar',
            'receiver_address': 'varchar',
        },
        'order_lines': {
            'platform_code': 'varchar', 'shop_id': 'varchar', 'order_id': 'varchar',
            'line_number': 'integer', 'sku_id': 'varchar', 'quantity': 'integer',
            'unit_price_amount': money, 'order_total_amount': money,
            'line_discount_amount': money, 'is_gift': 'boolean',
        },
        'payments': {
            'platform_code': 'varchar', 'shop_id': 'varchar', 'order_id': 'varchar',
            'payment_id': 'varchar', 'part_number': 'bigint', 'payment_stage': 'varchar',
            'payment_method': 'varchar', 'payment_status': 'varchar', 'payment_amount': money,
            'fee_amount': money,
            'paid_time': 'timestamp', 'paid_offset_minutes': 'smallint',
        },
        'refunds': {
            'platform_code': 'varchar', 'shop_id': 'varchar', 'refund_id': 'varchar',
            'part_number': 'bigint', 'tax_amount': money,
            'order_id': 'varchar', 'account_id': 'varchar', 'line_number': 'integer',
            'refund_kind': 'varchar', 'refund_stage': 'varchar', 'refund_reason': 'varchar',
            'refund_status': 'varchar', 'quantity': 'integer', 'cash_amount': money,
            'freight_amount': money, 'applied_time': 'timestamp',
            'applied_offset_minutes': 'smallint', 'completed_time': 'timestamp',
            'completed_offset_minutes': 'smallint',
        },
        'settlements': {
            'platform_code': 'varchar', 'shop_id': 'varchar', 'settlement_id': 'varchar',
            'part_number': 'bigint',
            'order_id': 'varchar', 'source_kind': 'varchar', 'settled_amount': money,
            'currency_code': 'varchar', 'settled_time': 'timestamp',
            'settled_offset_minutes': 'smallint',
        },
    }) %}
{% endmacro %}
