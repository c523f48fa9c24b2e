{% macro customer_columns() %}
    {% do return({
        'accounts': {
            'platform_code': 'varchar', 'shop_id': 'varchar', 'account_id': 'varchar',
            'nickname': 'varchar', 'phone': 'varchar', 'email': 'varchar', 'gender': 'varchar',
            'birth_date': 'date', 'member_level': 'varchar', 'registered_time': 'timestamp',
            'registered_offset_minutes': 'smallint', 'country': 'varchar', 'province': 'varchar',
            'city': 'varchar', 'address': 'varchar', 'accepts_marketing': 'boolean',
        },
        'account_versions': {
            'platform_code': 'varchar', 'shop_id': 'varchar', 'account_id': 'varchar',
            'phone': 'varchar', 'email': 'varchar', 'member_level': 'varchar',
            'version_time': 'timestamp', 'version_offset_minutes': 'smallint',
            'is_dated': 'boolean', 'is_deleted': 'boolean', 'version_row': 'bigint',
        },
        'member_levels': {
            'platform_code': 'varchar', 'shop_id': 'varchar', 'account_id': 'varchar',
            'member_level': 'varchar', 'valid_from_time': 'timestamp',
            'valid_from_offset_minutes': 'smallint',
        },
        'point_movements': {
            'platform_code': 'varchar', 'shop_id': 'varchar', 'account_id': 'varchar',
            'movement_id': 'varchar', 'order_id': 'varchar', 'source_reason': 'varchar',
            'points': 'bigint', 'occurred_time': 'timestamp',
            'occurred_offset_minutes': 'smallint',
        },
    }) %}
{% endmacro %}
