-- Grain: one row per service conversation. Times are calendar minutes; a first reply is the first
-- message of a person, replies of a bot stand apart; all null while there is none.

with

tickets as (

    select * from {{ ref('int_tickets_localized') }}

),

messages as (

    select * from {{ ref('int_ticket_messages_localized') }}

),

orders as (

    select * from {{ ref('int_orders_validated') }}

),

message_totals as (

    select
        messages.ticket_key,
        count(*) as message_count,
        count(case when messages.sender = 'customer' then 1 end) as customer_message_count,
        count(case when messages.sender = 'agent' then 1 end) as agent_message_count,
        count(case when messages.sender = 'bot' then 1 end) as bot_message_count,
        count(distinct messages.agent_id) as agent_count,
        -- A message that was sent before the opening answers nothing.
        min(case
            when messages.sender = 'agent' and messages.sent_at >= tickets.opened_at
                then messages.sent_at
        end) as first_reply_at,
        min(case
            when messages.sender = 'bot' and messages.sent_at >= tickets.opened_at
                then messages.sent_at
        end) as first_bot_reply_at
    from messages
    inner join tickets
        on messages.ticket_key = tickets.ticket_key
    group by messages.ticket_key

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
        tickets.product_key,
        tickets.channel,
        tickets.topic,
        tickets.priority,
        tickets.agent_id,
        tickets.agent_group_id,
        tickets.opened_at,
        {{ local_date('tickets.opened_at', 'tickets.time_zone') }} as opened_date,
        tickets.closed_at,
        tickets.closed_at is null as is_open,
        tickets.is_reopened,
        tickets.csat_score,
        coalesce(message_totals.message_count, 0) as message_count,
        coalesce(message_totals.customer_message_count, 0) as customer_message_count,
        coalesce(message_totals.agent_message_count, 0) as agent_message_count,
        coalesce(message_totals.bot_message_count, 0) as bot_message_count,
        coalesce(message_totals.agent_count, 0) as agent_count,
        message_totals.first_reply_at,
        {{ minutes_between('tickets.opened_at', 'message_totals.first_reply_at') }}
            as first_reply_minutes,
        {{ minutes_between('tickets.opened_at', 'message_totals.first_bot_reply_at') }}
            as first_bot_reply_minutes,
        {{ minutes_between('tickets.opened_at', 'tickets.closed_at') }} as resolution_minutes
    from tickets
    left join message_totals
        on tickets.ticket_key = message_totals.ticket_key
    left join orders
        on tickets.named_order_key = orders.order_key

)

select * from final
