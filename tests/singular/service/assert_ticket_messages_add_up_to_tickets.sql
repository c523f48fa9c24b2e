-- What tickets say of their messages is what the messages say: how many of each sender, the first
-- reply and the later ones.

with

tickets as (

    select * from {{ ref('fct_tickets') }}

),

messages as (

    select * from {{ ref('fct_ticket_messages') }}
    where ticket_key is not null

),

totals as (

    select
        ticket_key,
        count(*) as message_count,
        sum(case when sender = 'customer' then 1 else 0 end) as customer_message_count,
        sum(case when sender = 'agent' then 1 else 0 end) as agent_message_count,
        sum(case when is_handoff then 1 else 0 end) as handoff_count,
        sum(case when reply_kind = 'next' then 1 else 0 end) as next_reply_count,
        min(case when reply_kind = 'first' then sent_at end) as first_reply_at,
        max(case when reply_kind = 'first' then reply_shift_minutes end)
            as first_reply_shift_minutes,
        max(case when reply_kind = 'next' then reply_minutes end) as longest_next_reply_minutes
    from messages
    group by ticket_key

),

compared as (

    select
        tickets.ticket_key,
        (totals.first_reply_at is distinct from tickets.first_reply_at)
        or (totals.first_reply_shift_minutes is distinct from tickets.first_reply_shift_minutes)
        or (totals.longest_next_reply_minutes is distinct from tickets.longest_next_reply_minutes)
        or coalesce(totals.message_count, 0) <> tickets.message_count
        or coalesce(totals.customer_message_count, 0) <> tickets.customer_message_count
        or coalesce(totals.agent_message_count, 0) <> tickets.agent_message_count
        or coalesce(totals.handoff_count, 0) <> tickets.handoff_count
        or coalesce(totals.next_reply_count, 0) <> tickets.next_reply_count
            as is_different
    from tickets
    left join totals
        on tickets.ticket_key = totals.ticket_key

)

select * from compared
where is_different
