{% macro customer_columns() %}
    {% do return({
        'accounts': {
            'platform_code': 'string', 'shop_id': 'string', 'account_id': 'string',
            'nickname': 'string', 'phone': 'string', 'email': 'string', 'gender': 'string',
            'birth_date': 'date', 'member_level': 'string', 'registered_time': 'timestamp',
            'registered_offset_minutes': 'smallint', 'country': 'string', 'province': 'string',
            'city': 'string', 'address': 'string', 'accepts_marketing': 'boolean',
        },
        'account_versions': {
            'platform_code': 'string', 'shop_id': 'string', 'account_id': 'string',
            'phone': 'string', 'email': 'string', 'member_level': 'string',
            'version_time': 'timestamp', 'version_offset_minutes': 'smallint',
            'is_dated': 'boolean', 'is_deleted': 'boolean', 'version_row': 'bigint',
        },
        'member_levels': {
            'platform_code': 'string', 'shop_id': 'string', 'account_id': 'string',
            'member_level': 'string', 'valid_from_time': 'timestamp',
            'valid_from_offset_minutes': 'smallint',
        },
        'point_movements': {
            'platform_code': 'string', 'shop_id': 'string', 'account_id': 'string',
            'movement_id': 'string', 'order_id': 'string', 'source_reason': 'string',
            'points': 'bigint', 'occurred_time': 'timestamp',
            'occurred_offset_minutes': 'smallint',
        },
    }) %}
{% endmacro %}
