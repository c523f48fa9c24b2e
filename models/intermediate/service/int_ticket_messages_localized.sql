-- Grain: one row per message of a known conversation, its instant in UTC. Text stays behind.

with

messages as (

    select * from {{ ref('int_ticket_messages_unioned') }}

),

tickets as (

    select * from {{ ref('int_tickets_localized') }}

),

final as (

    select
        messages.source,
        messages.message_id,
        tickets.ticket_key,
        messages.sender,
        messages.agent_id,
        {{ utc_instant('messages', 'sent', 'tickets.time_zone') }} as sent_at
    from messages
    inner join tickets
        on
            messages.source = tickets.source
            and messages.ticket_id = tickets.ticket_id

)

select * from final
