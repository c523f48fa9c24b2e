{% macro logistics_columns() %}
    {% set money = 'decimal(18, 4)' %}
    {% do return({
        'warehouses': {
            'warehouse_id': 'string', 'warehouse_name': 'string', 'province': 'string',
            'city': 'string', 'time_zone': 'string',
        },
        'suppliers': {
            'supplier_id': 'string', 'supplier_name': 'string', 'lead_days': 'integer',
        },
        'shipments': {
            'platform_code': 'string', 'shop_id': 'string', 'shipment_id': 'string',
            'order_id': 'string', 'warehouse_id': 'string', 'carrier': 'string',
            'tracking_no': 'string', 'direction': 'string', 'source_status': 'string',
            'freight_cost_amount': money, 'weight_kg': money,
            'ship_by_time': 'timestamp', 'ship_by_offset_minutes': 'smallint',
            'deliver_by_time': 'timestamp', 'deliver_by_offset_minutes': 'smallint',
            'shipped_time': 'timestamp', 'shipped_offset_minutes': 'smallint',
            'delivered_time': 'timestamp', 'delivered_offset_minutes': 'smallint',
        },
        'shipment_lines': {
            'shipment_id': 'string', 'line_number': 'integer', 'sku_id': 'string',
            'quantity': 'integer',
        },
        'parcel_scans': {
            'tracking_no': 'string', 'scanned_time': 'timestamp',
            'scanned_offset_minutes': 'smallint', 'scan_code': 'string', 'province': 'string',
            'city': 'string', 'facility': 'string',
        },
        'purchase_orders': {
            'purchase_order_id': 'string', 'line_number': 'integer', 'supplier_id': 'string',
            'warehouse_id': 'string', 'sku_id': 'string', 'source_status': 'string',
            'quantity': 'integer', 'unit_cost_amount': money, 'ordered_time': 'timestamp',
            'ordered_offset_minutes': 'smallint', 'expected_date': 'date',
            'received_quantity': 'integer', 'received_time': 'timestamp',
            'received_offset_minutes': 'smallint',
        },
        'stock_movements': {
            'movement_id': 'string', 'warehouse_id': 'string', 'sku_id': 'string',
            'movement_kind': 'string', 'quantity': 'integer', 'unit_cost_amount': money,
            'reference_kind': 'string', 'reference_id': 'string', 'moved_time': 'timestamp',
            'moved_offset_minutes': 'smallint',
        },
        'stock_counts': {
            'warehouse_id': 'string', 'sku_id': 'string', 'counted_date': 'date',
            'on_hand_quantity': 'integer', 'reserved_quantity': 'integer',
            'in_transit_quantity': 'integer',
        },
    }) %}
{% endmacro %}
