-- `*` stands for tickets that name no group. The days are those on which its tickets lived.

with

tickets as (

    select * from {{ ref('int_tickets_localized') }}

),

messages as (

    select * from {{ ref('int_ticket_messages_localized') }}

),

agent_shifts as (

    select * from {{ ref('int_agent_shifts_localized') }}
    where ends_at > starts_at

),

service_schedules as (

    select distinct agent_group_id from {{ ref('service_schedules') }}

),

last_messages as (

    select
        ticket_key,
        min(sent_at) as first_sent_at,
        max(sent_at) as last_sent_at
    from messages
    group by ticket_key

),

service_groups as (

    select
        tickets.service_group_id,
        min(least(
            tickets.opened_at, tickets.closed_at, last_messages.first_sent_at
        )) as first_at,
        max(greatest(
            tickets.opened_at, tickets.closed_at, last_messages.last_sent_at
        )) as last_at
    from tickets
    left join last_messages
        on tickets.ticket_key = last_messages.ticket_key
    group by tickets.service_group_id

),

rotas as (

    select
        coalesce(agent_group_id, '*') as rota_group_id,
        min(starts_at) as rota_starts_at,
        max(ends_at) as rota_ends_at
    from agent_shifts
    group by coalesce(agent_group_id, '*')

),

final as (

    select
        service_groups.service_group_id,
        service_groups.first_at,
        service_groups.last_at,
        coalesce(own_rotas.rota_group_id, common_rotas.rota_group_id) as rota_group_id,
        coalesce(own_rotas.rota_starts_at, common_rotas.rota_starts_at) as rota_starts_at,
        coalesce(own_rotas.rota_ends_at, common_rotas.rota_ends_at) as rota_ends_at,
        coalesce(service_schedules.agent_group_id, '*') as schedule_group_id
    from service_groups
    left join rotas as own_rotas
        on service_groups.service_group_id = own_rotas.rota_group_id
    left join rotas as common_rotas
        on common_rotas.rota_group_id = '*'
    left join service_schedules
        on service_groups.service_group_id = service_schedules.agent_group_id

)

select * from final
