-- Minutes are by the calendar, shift minutes only while the group's shifts were on; a first
-- reply is the first message of a person, replies of a bot stand apart. What has not happened is
-- null.

{{ config(
    materialized='incremental',
    meta={
        'ordered_by': 'opened_at',
        'touched_key': 'ticket_key',
        'touched_by': {
            'int_orders_validated': 'select ticket_key from {int_tickets_localized}'
                ~ ' where named_order_key in (select order_key from changed_rows)',
            'int_order_lines_discussed': 'select ticket_key from {int_tickets_localized}'
                ~ ' where named_order_key in (select order_key from changed_rows)',
        },
    },
) }}

with

tickets as (

    select * from {{ touched_keys.touched_rows(ref('int_tickets_localized')) }}

),

message_totals as (

    select * from {{ touched_keys.touched_rows(ref('int_ticket_messages_summed')) }}

),

resolutions as (

    select * from {{ touched_keys.touched_rows(ref('int_tickets_measured')) }}

),

targets as (

    select * from {{ ref('int_service_targets_matched') }}

),

orders as (

    select * from {{ ref('int_orders_validated') }}

),

discussed_lines as (

    select * from {{ ref('int_order_lines_discussed') }}

),

parcels as (

    select * from {{ touched_keys.touched_rows(ref('int_ticket_parcels_found')) }}

),

final as (

    select
        tickets.ticket_key,
        tickets.source,
        tickets.platform_code,
        tickets.shop_key,
        tickets.ticket_id,
        coalesce(tickets.account_key, orders.account_key) as account_key,
        orders.order_key,
        parcels.shipment_key,
        discussed_lines.order_line_key,
        tickets.product_key,
        tickets.channel,
        {{ redact_text('tickets.topic') }} as topic,
        tickets.priority,
        tickets.agent_key,
        tickets.agent_id,
        tickets.agent_group_id,
        tickets.opened_at,
        {{ local_date('tickets.opened_at', 'tickets.time_zone') }} as opened_date,
        tickets.closed_at,
        tickets.closed_at is null as is_open,
        tickets.is_reopened,
        case
            when tickets.closed_at is not null
                then coalesce(message_totals.last_customer_message_at > tickets.closed_at, false)
        end as has_message_after_closing,
        case
            when tickets.closed_at is not null
                then coalesce(
                    message_totals.bot_message_count > 0 and message_totals.agent_message_count = 0,
                    false
                )
        end as is_bot_resolved,
        tickets.csat_score,
        {% for count in [
            'message', 'customer_message', 'agent_message', 'bot_message', 'agent', 'touch',
            'handoff', 'next_reply',
        ] -%}
        coalesce(message_totals.{{ count }}_count, 0) as {{ count }}_count,
        {% endfor -%}
        message_totals.first_reply_at,
        message_totals.first_reply_minutes,
        message_totals.first_reply_shift_minutes,
        {{ minutes_between('tickets.opened_at', 'message_totals.first_bot_reply_at') }}
            as first_bot_reply_minutes,
        {% for measure in ['average', 'median', 'longest'] -%}
        message_totals.{{ measure }}_next_reply_minutes,
        message_totals.{{ measure }}_next_reply_shift_minutes,
        {% endfor -%}
        resolutions.resolution_minutes,
        resolutions.resolution_shift_minutes,
        targets.first_reply_target_minutes,
        targets.next_reply_target_minutes,
        targets.resolution_target_minutes,
        targets.target_clock,
        {% for measure, kind in [
            ('message_totals.first_reply', 'first_reply'),
            ('message_totals.longest_next_reply', 'next_reply'),
            ('resolutions.resolution', 'resolution'),
        ] -%}
        case targets.target_clock
            when 'shift' then {{ measure }}_shift_minutes
            else {{ measure }}_minutes
        end <= targets.{{ kind }}_target_minutes as is_{{ kind }}_within_target
        {%- if not loop.last %},{% endif %}
        {% endfor %}
    from tickets
    left join message_totals
        on tickets.ticket_key = message_totals.ticket_key
    left join resolutions
        on tickets.ticket_key = resolutions.ticket_key
    left join targets
        on
            tickets.priority is not distinct from targets.priority
            and tickets.channel is not distinct from targets.channel
    left join orders
        on tickets.named_order_key = orders.order_key
    left join discussed_lines
        on
            orders.order_key = discussed_lines.order_key
            and tickets.product_key is not distinct from discussed_lines.product_key
    left join parcels
        on tickets.ticket_key = parcels.ticket_key

)

select * from final
