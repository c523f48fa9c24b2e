-- Text is redacted; minutes stand on the message that answers.

{{ config(
    materialized='incremental',
    meta={
        'ordered_by': 'sent_at',
        'touched_key': 'ticket_id',
        'touched_by': {
            'int_orders_validated': 'select ticket_id from {int_tickets_localized}'
                ~ ' where named_order_key in (select order_key from changed_rows)',
            'int_texts_redacted': 'select ticket_id from {int_ticket_messages_measured}'
                ~ ' where message_key in (select text_key from changed_rows)',
        },
    },
) }}

with

messages as (

    select * from {{ touched_keys.touched_rows(ref('int_ticket_messages_measured')) }}

),

tickets as (

    select * from {{ touched_keys.touched_rows(ref('int_tickets_localized')) }}

),

orders as (

    select * from {{ ref('int_orders_validated') }}

),

texts as (

    select * from {{ ref('int_texts_redacted') }}
    where text_kind = 'message'

),

final as (

    select
        messages.message_key,
        messages.source,
        messages.message_id,
        messages.ticket_key,
        messages.ticket_id,
        coalesce(tickets.account_key, orders.account_key) as account_key,
        orders.order_key,
        messages.message_number,
        cast(messages.turn_number as bigint) as turn_number,
        messages.sender,
        messages.agent_key,
        messages.is_handoff,
        messages.sent_at,
        {{ local_date('messages.sent_at', 'messages.time_zone') }} as sent_date,
        messages.reply_kind,
        messages.reply_minutes,
        messages.reply_shift_minutes,
        texts.text_redacted as message_text_redacted
    from messages
    left join tickets
        on messages.ticket_key = tickets.ticket_key
    left join orders
        on tickets.named_order_key = orders.order_key
    left join texts
        on messages.message_key = texts.text_key

)

select * from final
