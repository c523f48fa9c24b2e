{# The columns that every source's staging model of an entity gives, name → type. `*_time` is
   the wall clock at the shop; `*_offset_minutes` its distance from UTC, null when the source
   writes none. #}
{% macro entity_columns(entity) %}
    {% set money = 'decimal(18, 4)' %}
    {% set shapes = {
        'shops': {
            'platform_code': 'varchar', 'shop_id': 'varchar', 'shop_name': 'varchar',
            'time_zone': 'varchar', 'currency_code': 'varchar', 'is_online': 'boolean',
            'opened_date': 'date',
        },
        'accounts': {
            'platform_code': 'varchar', 'shop_id': 'varchar', 'account_id': 'varchar',
            'nickname': 'varchar', 'phone': 'varchar', 'email': 'varchar', 'gender': 'varchar',
            'birth_date': 'date', 'member_level': 'varchar', 'registered_time': 'timestamp',
            'registered_offset_minutes': 'smallint', 'country': 'varchar', 'province': 'varchar',
            'city': 'varchar', 'address': 'varchar',
        },
        'products': {
            'sku_id': 'varchar', 'spu_id': 'varchar', 'product_name': 'varchar',
            'category_1': 'varchar', 'category_2': 'varchar', 'category_3': 'varchar',
            'brand': 'varchar', 'list_price_amount': money, 'unit_cost_amount': money,
            'launched_date': 'date', 'product_status': 'varchar',
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
            'payment_id': 'varchar', 'payment_stage': 'varchar', 'payment_method': 'varchar',
            'payment_status': 'varchar', 'payment_amount': money, 'fee_amount': money,
            'paid_time': 'timestamp', 'paid_offset_minutes': 'smallint',
        },
        'refunds': {
            'platform_code': 'varchar', 'shop_id': 'varchar', 'refund_id': 'varchar',
            'order_id': 'varchar', 'account_id': 'varchar', 'line_number': 'integer',
            'refund_kind': 'varchar', 'refund_stage': 'varchar', 'refund_reason': 'varchar',
            'refund_status': 'varchar', 'quantity': 'integer', 'cash_amount': money,
            'freight_amount': money, 'applied_time': 'timestamp',
            'applied_offset_minutes': 'smallint', 'completed_time': 'timestamp',
            'completed_offset_minutes': 'smallint',
        },
        'warehouses': {
            'warehouse_id': 'varchar', 'warehouse_name': 'varchar', 'province': 'varchar',
            'city': 'varchar',
        },
        'shipments': {
            'platform_code': 'varchar', 'shop_id': 'varchar', 'shipment_id': 'varchar',
            'order_id': 'varchar', 'warehouse_id': 'varchar', 'carrier': 'varchar',
            'tracking_no': 'varchar', 'direction': 'varchar', 'source_status': 'varchar',
            'freight_cost_amount': money, 'weight_kg': money,
            'ship_by_time': 'timestamp', 'ship_by_offset_minutes': 'smallint',
            'deliver_by_time': 'timestamp', 'deliver_by_offset_minutes': 'smallint',
            'shipped_time': 'timestamp', 'shipped_offset_minutes': 'smallint',
            'delivered_time': 'timestamp', 'delivered_offset_minutes': 'smallint',
        },
        'shipment_lines': {
            'shipment_id': 'varchar', 'line_number': 'integer', 'sku_id': 'varchar',
            'quantity': 'integer',
        },
        'parcel_scans': {
            'tracking_no': 'varchar', 'scanned_time': 'timestamp',
            'scanned_offset_minutes': 'smallint', 'scan_code': 'varchar', 'province': 'varchar',
            'city': 'varchar', 'facility': 'varchar',
        },
        'tickets': {
            'platform_code': 'varchar', 'shop_id': 'varchar', 'ticket_id': 'varchar',
            'account_id': 'varchar', 'order_id': 'varchar', 'sku_id': 'varchar',
            'channel': 'varchar', 'topic': 'varchar', 'priority': 'varchar',
            'opened_time': 'timestamp', 'opened_offset_minutes': 'smallint',
            'closed_time': 'timestamp', 'closed_offset_minutes': 'smallint',
            'agent_id': 'varchar', 'agent_group_id': 'varchar', 'csat_score': 'integer',
            'is_reopened': 'boolean',
        },
        'ticket_messages': {
            'message_id': 'varchar', 'ticket_id': 'varchar', 'sender': 'varchar',
            'agent_id': 'varchar', 'sent_time': 'timestamp', 'sent_offset_minutes': 'smallint',
            'message_text': 'varchar',
        },
        'reviews': {
            'platform_code': 'varchar', 'shop_id': 'varchar', 'review_id': 'varchar',
            'order_id': 'varchar', 'sku_id': 'varchar', 'rating': 'integer',
            'review_text': 'varchar', 'reply_text': 'varchar',
            'created_time': 'timestamp', 'created_offset_minutes': 'smallint',
            'replied_time': 'timestamp', 'replied_offset_minutes': 'smallint',
        },
        'campaigns': {
            'campaign_id': 'varchar', 'campaign_name': 'varchar', 'campaign_kind': 'varchar',
            'channel': 'varchar', 'platform_code': 'varchar', 'shop_id': 'varchar',
            'sku_id': 'varchar', 'promotion_price_amount': money,
            'planned_from_date': 'date', 'planned_to_date': 'date',
            'starts_time': 'timestamp', 'starts_offset_minutes': 'smallint',
            'ends_time': 'timestamp', 'ends_offset_minutes': 'smallint', 'budget_amount': money,
        },
        'market_listings': {
            'platform_code': 'varchar', 'shop_name': 'varchar', 'listing_id': 'varchar',
            'observed_date': 'date', 'title': 'varchar', 'category': 'varchar',
            'price_amount': money, 'sales_count': 'bigint', 'comment_count': 'bigint',
        },
    } %}
    {% do return(
        dict(shapes[entity], source='varchar', batch_id='bigint', loaded_at='timestamp')
    ) %}
{% endmacro %}
