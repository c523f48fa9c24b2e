{% macro logistics_columns() %}
    {% set money = 'decimal(18, 4)' %}
    {% do return({
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
    }) %}
{% endmacro %}
