{% macro customer_columns() %}
    {% do return({
        'accounts': {
            'platform_code': 'varchar', 'shop_id': 'varchar', 'account_id': 'varchar',
            'nickname': 'varchar', 'phone': 'varchar', 'email': 'varchar', 'gender': 'varchar',
            'birth_date': 'date', 'member_level': 'varchar', 'registered_time': 'timestamp',
            'registered_offset_minutes': 'smallint', 'country': 'varchar', 'province': 'varchar',
            'city': 'varchar', 'address': 'varchar',
        },
    }) %}
{% endmacro %}
