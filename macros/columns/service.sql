{% macro service_columns() %}
    {% do return({
        'tickets': {
            'platform_code': 'varchar', 'shop_id': 'varchar', 'ticket_id': 'varchar',
            'account_id': 'varchar', 'order_id': 'varchar', 'sku_id': 'varchar',
            'channel': 'varchar', 'topic': 'varchar', 'priority': 'varchar',
            'opened_time': 'timestamp', 'opened_offset_minutes': 'smallint',
            'closed_time': 'timestamp', 'closed_offset_minutes': 'smallint',
            'agent_id': 'varchar', 'agent_group_id': 'varchar', 'csat_score': 'integer',
            'is_reopened': 'boolean',
        },
        'ticket_messages': {
            'message_id': 'varchar', 'ticket_id': 'varchar', 'sender': 'varchar',
            'agent_id': 'varchar', 'sent_time': 'timestamp', 'sent_offset_minutes': 'smallint',
            'message_text': 'varchar',
        },
        'agent_shifts': {
            'agent_id': 'varchar', 'agent_group_id': 'varchar',
            'starts_time': 'timestamp', 'starts_offset_minutes': 'smallint',
            'ends_time': 'timestamp', 'ends_offset_minutes': 'smallint',
        },
    }) %}
{% endmacro %}
