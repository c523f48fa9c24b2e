-- ticket_key is null when the conversation is not known. Text stays behind.

{{ config(materialized='incremental', meta={'ordered_by': 'sent_at', 'touched_key': 'ticket_id'}) }}

with

messages as (

    select * from {{ touched_keys.touched_rows(ref('int_ticket_messages_unioned')) }}

),

tickets as (

    select * from {{ touched_keys.touched_rows(ref('int_tickets_localized')) }}

),

zoned as (

    select
        messages.*,
        tickets.ticket_key,
        tickets.service_group_id,
        tickets.opened_at,
        coalesce(tickets.time_zone, '{{ var("default_time_zone") }}') as time_zone
    from messages
    left join tickets
        on
            messages.source = tickets.source
            and messages.ticket_id = tickets.ticket_id

),

final as (

    select
        {{ message_key('zoned') }} as message_key,
        {{ ticket_key('zoned') }} as named_ticket_key,
        zoned.ticket_key,
        zoned.source,
        zoned.message_id,
        zoned.ticket_id,
        zoned.sender,
        zoned.agent_id,
        {{ agent_key('zoned') }} as agent_key,
        zoned.service_group_id,
        zoned.time_zone,
        zoned.opened_at,
        {{ utc_instant('zoned', 'sent', 'zoned.time_zone') }} as sent_at
    from zoned

)

select * from final
