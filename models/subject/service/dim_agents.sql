with

agent_shifts as (

    select * from {{ ref('int_agent_shifts_localized') }}

),

tickets as (

    select * from {{ ref('int_tickets_localized') }}
    where agent_id is not null

),

messages as (

    select * from {{ ref('int_ticket_messages_localized') }}
    where agent_id is not null

),

mentions as (

    select
        source,
        agent_id,
        agent_group_id,
        starts_at as seen_at,
        'shift' as kind
    from agent_shifts
    union all
    select
        source,
        agent_id,
        agent_group_id,
        opened_at as seen_at,
        'ticket' as kind
    from tickets
    union all
    select
        source,
        agent_id,
        cast(null as string) as agent_group_id,
        sent_at as seen_at,
        case sender when 'bot' then 'bot' else 'message' end as kind
    from messages

),

-- A shift says more of an agent's group than a ticket, which may have been handed over.
latest_groups as (

    select
        source,
        agent_id,
        agent_group_id
    from mentions
    where agent_group_id is not null
    qualify row_number() over (
        partition by source, agent_id
        order by seen_at desc, case kind when 'shift' then 1 else 2 end asc, agent_group_id asc
    ) = 1

),

totals as (

    select
        source,
        agent_id,
        min(case when kind = 'shift' then seen_at end) as first_shift_at,
        max(case when kind = 'shift' then seen_at end) as last_shift_at,
        count(case when kind = 'shift' then 1 end) as shift_count,
        count(case when kind = 'ticket' then 1 end) as ticket_count,
        count(case when kind in ('message', 'bot') then 1 end) as message_count,
        min(seen_at) as first_seen_at,
        max(seen_at) as last_seen_at,
        max(case when kind = 'bot' then 1 else 0 end) = 1
        and max(case when kind = 'bot' then 0 else 1 end) = 0 as is_bot
    from mentions
    group by source, agent_id

),

final as (

    select
        {{ agent_key('totals') }} as agent_key,
        totals.source,
        totals.agent_id,
        latest_groups.agent_group_id,
        totals.is_bot,
        totals.first_seen_at,
        totals.last_seen_at,
        totals.first_shift_at,
        totals.last_shift_at,
        totals.shift_count,
        totals.ticket_count,
        totals.message_count
    from totals
    left join latest_groups
        on
            totals.source = latest_groups.source
            and totals.agent_id = latest_groups.agent_id

)

select * from final
