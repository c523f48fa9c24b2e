{% macro service_columns() %}
    {% do return({
        'tickets': {
            'platform_code': 'string', 'shop_id': 'string', 'ticket_id': 'string',
            'account_id': 'string', 'order_id': 'string', 'sku_id': 'string',
            'channel': 'string', 'topic': 'string', 'priority': 'string',
            'opened_time': 'timestamp', 'opened_offset_minutes': 'smallint',
            'closed_time': 'timestamp', 'closed_offset_minutes': 'smallint',
            'agent_id': 'string', 'agent_group_id': 'string', 'csat_score': 'integer',
            'is_reopened': 'boolean',
        },
        'ticket_messages': {
            'message_id': 'string', 'ticket_id': 'string', 'sender': 'string',
            'agent_id': 'string', 'sent_time': 'timestamp', 'sent_offset_minutes': 'smallint',
            'message_text': 'string',
        },
        'agent_shifts': {
            'agent_id': 'string', 'agent_group_id': 'string',
            'starts_time': 'timestamp', 'starts_offset_minutes': 'smallint',
            'ends_time': 'timestamp', 'ends_offset_minutes': 'smallint',
        },
    }) %}
{% endmacro %}
