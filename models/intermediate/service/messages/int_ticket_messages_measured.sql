-- At the same second a customer comes before a bot, a bot before an agent. The first reply is
-- the first message of an agent at or after the opening, measured from the opening; a next reply
-- is a later one that ends a customer's waiting, measured from the oldest message without an
-- answer. A bot ends no waiting, and an agent who writes again answers nothing.

{{ config(
    materialized='incremental',
    meta={
        'ordered_by': 'sent_at',
        'touched_key': 'named_ticket_key',
        'touched_by': {
            'int_service_instants_clocked': 'ticket_key',
        },
    },
) }}

with

messages as (

    select * from {{ touched_keys.touched_rows(ref('int_ticket_messages_localized')) }}

),

clock as (

    select * from {{ touched_keys.touched_rows(ref('int_service_instants_clocked'), 'ticket_key') }}

),

numbered as (

    select
        *,
        row_number() over (
            partition by named_ticket_key
            order by
                sent_at asc,
                case sender when 'customer' then 1 when 'bot' then 2 else 3 end asc,
                message_id asc
        ) as message_number,
        sender = 'agent' and coalesce(sent_at >= opened_at, false) as is_reply
    from messages

),

placed as (

    select
        *,
        lag(sender) over (
            partition by named_ticket_key order by message_number
        ) as sender_before,
        coalesce(sum(case when sender = 'agent' then 1 else 0 end) over (
            partition by named_ticket_key order by message_number
            rows between unbounded preceding and 1 preceding
        ), 0) as agent_messages_before,
        sum(case when is_reply then 1 else 0 end) over (
            partition by named_ticket_key order by message_number
            rows between unbounded preceding and current row
        ) as reply_messages_so_far
    from numbered

),

waited as (

    select
        *,
        sum(case when sender is distinct from sender_before then 1 else 0 end) over (
            partition by named_ticket_key order by message_number
            rows between unbounded preceding and current row
        ) as turn_number,
        min(case when sender = 'customer' then sent_at end) over (
            partition by named_ticket_key, agent_messages_before
        ) as unanswered_since,
        lag(agent_id) over (
            partition by named_ticket_key, sender, agent_id is null order by message_number
        ) as agent_id_before
    from placed

),

kinded as (

    select
        *,
        case
            when not is_reply then null
            when reply_messages_so_far = 1 then 'first'
            when unanswered_since is not null then 'next'
        end as reply_kind
    from waited

),

measured as (

    select
        *,
        case reply_kind when 'first' then opened_at when 'next' then unanswered_since end
            as replied_to_at
    from kinded

),

final as (

    select
        measured.*,
        measured.sender = 'agent'
        and coalesce(measured.agent_id <> measured.agent_id_before, false) as is_handoff,
        {{ minutes_between('measured.replied_to_at', 'measured.sent_at') }} as reply_minutes,
        {{ minutes_of('(sent.open_seconds - asked.open_seconds)') }} as reply_shift_minutes
    from measured
    left join clock as sent
        on
            measured.ticket_key = sent.ticket_key
            and measured.sent_at = sent.happened_at
    left join clock as asked
        on
            measured.ticket_key = asked.ticket_key
            and measured.replied_to_at = asked.happened_at

)

select * from final
