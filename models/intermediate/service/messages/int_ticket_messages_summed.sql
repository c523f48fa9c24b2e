{{ config(materialized='incremental', meta={'touched_key': 'ticket_key'}) }}

with

messages as (

    select * from {{ touched_keys.touched_rows(ref('int_ticket_messages_measured')) }}
    where ticket_key is not null

),

final as (

    select
        ticket_key,
        count(*) as message_count,
        count(case when sender = 'customer' then 1 end) as customer_message_count,
        count(case when sender = 'agent' then 1 end) as agent_message_count,
        count(case when sender = 'bot' then 1 end) as bot_message_count,
        count(distinct case when sender = 'agent' then agent_id end) as agent_count,
        count(case when sender = 'agent' and sender_before is distinct from 'agent' then 1 end)
            as touch_count,
        count(case when is_handoff then 1 end) as handoff_count,
        min(case when reply_kind = 'first' then sent_at end) as first_reply_at,
        min(case when reply_kind = 'first' then reply_minutes end) as first_reply_minutes,
        min(case when reply_kind = 'first' then reply_shift_minutes end)
            as first_reply_shift_minutes,
        -- A message that was sent before the opening answers nothing.
        min(case when sender = 'bot' and sent_at >= opened_at then sent_at end)
            as first_bot_reply_at,
        max(case when sender = 'customer' then sent_at end) as last_customer_message_at,
        count(case when reply_kind = 'next' then 1 end) as next_reply_count,
        {% for minutes in ['reply_minutes', 'reply_shift_minutes'] -%}
        {{ minutes_rounded(
            "cast(sum(case when reply_kind = 'next' then " ~ minutes ~ " end) as double)"
            ~ " / nullif(count(case when reply_kind = 'next' then " ~ minutes ~ " end), 0)"
        ) }} as average_next_{{ minutes }},
        {{ minutes_rounded(
            "percentile_cont(0.5) within group (order by case when reply_kind = 'next'"
            ~ " then cast(" ~ minutes ~ " as double) end)"
        ) }} as median_next_{{ minutes }},
        max(case when reply_kind = 'next' then {{ minutes }} end) as longest_next_{{ minutes }}
        {%- if not loop.last %},{% endif %}
        {% endfor %}
    from messages
    group by ticket_key

)

select * from final
