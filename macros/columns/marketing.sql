{% macro marketing_columns() %}
    {% set money = 'decimal(18, 4)' %}
    {% do return({
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
    }) %}
{% endmacro %}
