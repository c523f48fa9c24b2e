{% macro logistics_columns() %}
    {% set money = 'decimal(18, 4)' %}
    {% do return({
        'warehouses': {
            'warehouse_id': 'varchar', 'warehouse_name': 'varchar', 'province': 'varchar',
            'city': 'varchar', 'time_zone': 'varchar',
        },
        'suppliers': {
            'supplier_id': 'varchar', 'supplier_name': 'varchar', 'lead_days': 'integer',
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
        'purchase_orders': {
            'purchase_order_id': 'varchar', 'line_number': 'integer', 'supplier_id': 'varchar',
            'warehouse_id': 'varchar', 'sku_id': 'varchar', 'source_status': 'varchar',
            'quantity': 'integer', 'unit_cost_amount': money, 'ordered_time': 'timestamp',
            'ordered_offset_minutes': 'smallint', 'expected_date': 'date',
            'received_quantity': 'integer', 'received_time': 'timestamp',
            'received_offset_minutes': 'smallint',
        },
        'stock_movements': {
            'movement_id': 'varchar', 'warehouse_id': 'varchar', 'sku_id': 'varchar',
            'movement_kind': 'varchar', 'quantity': 'integer', 'unit_cost_amount': money,
            'reference_kind': 'varchar', 'reference_id': 'varchar', 'moved_time': 'timestamp',
            'moved_offset_minutes': 'smallint',
        },
        'stock_counts': {
            'warehouse_id': 'varchar', 'sku_id': 'varchar', 'counted_date': 'date',
            'on_hand_quantity': 'integer', 'reserved_quantity': 'integer',
            'in_transit_quantity': 'integer',
        },
    }) %}
{% endmacro %}
