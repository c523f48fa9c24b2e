{% macro marketing_columns() %}
    {% set money = 'decimal(18, 4)' %}
    {% do return({
        'campaigns': {
            'campaign_id': 'string', 'campaign_name': 'string', 'campaign_kind': 'string',
            'channel': 'string', 'platform_code': 'string', 'shop_id': 'string',
            'sku_id': 'string', 'promotion_price_amount': money,
            'planned_from_date': 'date', 'planned_to_date': 'date',
            'starts_time': 'timestamp', 'starts_offset_minutes': 'smallint',
            'ends_time': 'timestamp', 'ends_offset_minutes': 'smallint', 'budget_amount': money,
        },
        'web_events': {
            'event_id': 'string', 'platform_code': 'string', 'shop_id': 'string',
            'anonymous_id': 'string', 'account_id': 'string', 'event_kind': 'string',
            'page': 'string', 'search_query': 'string', 'sku_id': 'string',
            'order_id': 'string', 'campaign_id': 'string', 'occurred_time': 'timestamp',
            'occurred_offset_minutes': 'smallint', 'referrer': 'string',
            'utm_source': 'string', 'utm_medium': 'string', 'utm_campaign': 'string',
            'device': 'string',
        },
        'ad_spend': {
            'spend_date': 'date', 'platform_code': 'string', 'shop_id': 'string',
            'campaign_id': 'string', 'channel': 'string', 'sku_id': 'string',
            'impression_count': 'bigint', 'click_count': 'bigint', 'cost_amount': money,
            'currency_code': 'string', 'reported_order_count': 'bigint',
            'reported_revenue_amount': money,
        },
        'live_sessions': {
            'platform_code': 'string', 'shop_id': 'string', 'live_session_id': 'string',
            'host': 'string', 'partner_id': 'string', 'campaign_id': 'string',
            'starts_time': 'timestamp', 'starts_offset_minutes': 'smallint',
            'ends_time': 'timestamp', 'ends_offset_minutes': 'smallint',
            'viewer_count': 'bigint', 'commission_rate': 'decimal(9, 6)',
        },
        'partners': {
            'partner_id': 'string', 'handle': 'string', 'commission_rate': 'decimal(9, 6)',
        },
        'coupons': {
            'platform_code': 'string', 'shop_id': 'string', 'coupon_id': 'string',
            'account_id': 'string', 'campaign_id': 'string', 'order_id': 'string',
            'issued_time': 'timestamp', 'issued_offset_minutes': 'smallint',
            'expires_time': 'timestamp', 'expires_offset_minutes': 'smallint',
            'used_time': 'timestamp', 'used_offset_minutes': 'smallint',
            'face_value_amount': money, 'threshold_amount': money, 'currency_code': 'string',
            'funded_by': 'string',
        },
        'outreach': {
            'message_id': 'string', 'platform_code': 'string', 'shop_id': 'string',
            'account_id': 'string', 'campaign_id': 'string', 'outreach_kind': 'string',
            'purpose': 'string', 'sent_time': 'timestamp', 'sent_offset_minutes': 'smallint',
            'is_delivered': 'boolean',
            'opened_time': 'timestamp', 'opened_offset_minutes': 'smallint',
            'clicked_time': 'timestamp', 'clicked_offset_minutes': 'smallint',
        },
        'experiments': {
            'experiment_id': 'string', 'experiment_name': 'string', 'variant': 'string',
            'is_control': 'boolean', 'planned_share': 'decimal(9, 6)',
            'starts_time': 'timestamp', 'starts_offset_minutes': 'smallint',
            'ends_time': 'timestamp', 'ends_offset_minutes': 'smallint',
        },
        'assignments': {
            'experiment_id': 'string', 'platform_code': 'string', 'shop_id': 'string',
            'account_id': 'string', 'variant': 'string', 'assigned_time': 'timestamp',
            'assigned_offset_minutes': 'smallint',
        },
        'market_listings': {
            'platform_code': 'string', 'shop_name': 'string', 'listing_id': 'string',
            'observed_date': 'date', 'title': 'string', 'category': 'string',
            'price_amount': money, 'sales_count': 'bigint', 'comment_count': 'bigint',
        },
    }) %}
{% endmacro %}
