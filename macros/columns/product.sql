{% macro product_columns() %}
    {% set money = 'decimal(18, 4)' %}
    {% do return({
        'products': {
            'sku_id': 'varchar', 'spu_id': 'varchar', 'product_name': 'varchar',
            'category_1': 'varchar', 'category_2': 'varchar', 'category_3': 'varchar',
            'brand': 'varchar', 'list_price_amount': money, 'unit_cost_amount': money,
            'launched_date': 'date', 'product_status': 'varchar',
        },
        'product_versions': {
            'sku_id': 'varchar', 'list_price_amount': money, 'unit_cost_amount': money,
            'version_time': 'timestamp', 'version_offset_minutes': 'smallint',
            'is_dated': 'boolean', 'is_deleted': 'boolean', 'version_row': 'bigint',
        },
        'listing_versions': {
            'platform_code': 'varchar', 'shop_id': 'varchar', 'listing_id': 'varchar',
            'sku_id': 'varchar', 'listing_title': 'varchar', 'price_amount': money,
            'version_time': 'timestamp', 'version_offset_minutes': 'smallint',
            'is_dated': 'boolean', 'is_deleted': 'boolean', 'version_row': 'bigint',
        },
        'reviews': {
            'platform_code': 'varchar', 'shop_id': 'varchar', 'review_id': 'varchar',
            'order_id': 'varchar', 'sku_id': 'varchar', 'rating': 'integer',
            'review_text': 'varchar', 'reply_text': 'varchar',
            'created_time': 'timestamp', 'created_offset_minutes': 'smallint',
            'replied_time': 'timestamp', 'replied_offset_minutes': 'smallint',
        },
    }) %}
{% endmacro %}
