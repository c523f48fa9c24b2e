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
        'web_events': {
            'event_id': 'varchar', 'platform_code': 'varchar', 'shop_id': 'varchar',
            'anonymous_id': 'varchar', 'account_id': 'varchar', 'event_kind': 'varchar',
            'page': 'varchar', 'search_query': 'varchar', 'sku_id': 'varchar',
            'order_id': 'varchar', 'campaign_id': 'varchar', 'occurred_time': 'timestamp',
            'occurred_offset_minutes': 'smallint', 'referrer': 'varchar',
            'utm_source': 'varchar', 'utm_medium': 'varchar', 'utm_campaign': 'varchar',
            'device': 'varchar',
        },
        'ad_spend': {
            'spend_date': 'date', 'platform_code': 'varchar', 'shop_id': 'varchar',
            'campaign_id': 'varchar', 'channel': 'varchar', 'sku_id': 'varchar',
            'impression_count': 'bigint', 'click_count': 'bigint', 'cost_amount': money,
            'currency_code': 'varchar', 'reported_order_count': 'bigint',
            'reported_revenue_amount': money,
        },
        'live_sessions': {
            'platform_code': 'varchar', 'shop_id': 'varchar', 'live_session_id': 'varchar',
            'host': 'varchar', 'partner_id': 'varchar', 'campaign_id': 'varchar',
            'starts_time': 'timestamp', 'starts_offset_minutes': 'smallint',
            'ends_time': 'timestamp', 'ends_offset_minutes': 'smallint',
            'viewer_count': 'bigint', 'commission_rate': 'decimal(9, 6)',
        },
        'partners': {
            'partner_id': 'varchar', 'handle': 'varchar', 'commission_rate': 'decimal(9, 6)',
        },
        'coupons': {
            'platform_code': 'varchar', 'shop_id': 'varchar', 'coupon_id': 'varchar',
            'account_id': 'varchar', 'campaign_id': 'varchar', 'order_id': 'varchar',
            'issued_time': 'timestamp', 'issued_offset_minutes': 'smallint',
            'expires_time': 'timestamp', 'expires_offset_minutes': 'smallint',
            'used_time': 'timestamp', 'used_offset_minutes': 'smallint',
            'face_value_amount': money, 'threshold_amount': money, 'currency_code': 'varchar',
            'funded_by': 'varchar',
        },
        'outreach': {
            'message_id': 'varchar', 'platform_code': 'varchar', 'shop_id': 'varchar',
            'account_id': 'varchar', 'campaign_id': 'varchar', 'outreach_kind': 'varchar',
            'purpose': 'varchar', 'sent_time': 'timestamp', 'sent_offset_minutes': 'smallint',
            'is_delivered': 'boolean',
            'opened_time': 'timestamp', 'opened_offset_minutes': 'smallint',
            'clicked_time': 'timestamp', 'clicked_offset_minutes': 'smallint',
        },
        'experiments': {
            'experiment_id': 'varchar', 'experiment_name': 'varchar', 'variant': 'varchar',
            'is_control': 'boolean', 'planned_share': 'decimal(9, 6)',
            'starts_time': 'timestamp', 'starts_offset_minutes': 'smallint',
            'ends_time': 'timestamp', 'ends_offset_minutes': 'smallint',
        },
        'assignments': {
            'experiment_id': 'varchar', 'platform_code': 'varchar', 'shop_id': 'varchar',
            'account_id': 'varchar', 'variant': 'varchar', 'assigned_time': 'timestamp',
            'assigned_offset_minutes': 'smallint',
        },
        'market_listings': {
            'platform_code': 'varchar', 'shop_name': 'varchar', 'listing_id': 'varchar',
            'observed_date': 'date', 'title': 'varchar', 'category': 'varchar',
            'price_amount': money, 'sales_count': 'bigint', 'comment_count': 'bigint',
        },
    }) %}
{% endmacro %}
