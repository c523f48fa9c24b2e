{% macro product_columns() %}
    {% set money = 'decimal(18, 4)' %}
    {% do return({
        'products': {
            'sku_id': 'string', 'spu_id': 'string', 'product_name': 'string',
            'category_1': 'string', 'category_2': 'string', 'category_3': 'string',
            'brand': 'string', 'list_price_amount': money, 'unit_cost_amount': money,
            'launched_date': 'date', 'product_status': 'string',
        },
        'product_versions': {
            'sku_id': 'string', 'list_price_amount': money, 'unit_cost_amount': money,
            'version_time': 'timestamp', 'version_offset_minutes': 'smallint',
            'is_dated': 'boolean', 'is_deleted': 'boolean', 'version_row': 'bigint',
        },
        'listing_versions': {
            'platform_code': 'string', 'shop_id': 'string', 'listing_id': 'string',
            'sku_id': 'string', 'listing_title': 'string', 'price_amount': money,
            'version_time': 'timestamp', 'version_offset_minutes': 'smallint',
            'is_dated': 'boolean', 'is_deleted': 'boolean', 'version_row': 'bigint',
        },
        'reviews': {
            'platform_code': 'string', 'shop_id': 'string', 'review_id': 'string',
            'order_id': 'string', 'sku_id': 'string', 'rating': 'integer',
            'review_text': 'string', 'reply_text': 'string',
            'created_time': 'timestamp', 'created_offset_minutes': 'smallint',
            'replied_time': 'timestamp', 'replied_offset_minutes': 'smallint',
        },
    }) %}
{% endmacro %}
