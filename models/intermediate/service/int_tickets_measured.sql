-- Grain: one row per service conversation: how long it took to close it, null while it is open.

with

tickets as (

    select * from {{ ref('int_tickets_localized') }}

),

clock as (

    select * from {{ ref('int_service_instants_clocked') }}

),

final as (

    select
        tickets.ticket_key,
        {{ minutes_between('tickets.opened_at', 'tickets.closed_at') }} as resolution_minutes,
        {{ minutes_of('(closed.open_seconds - opened.open_seconds)') }} as resolution_shift_minutes
    from tickets
    left join clock as opened
        on
            tickets.service_group_id = opened.service_group_id
            and tickets.opened_at = opened.happened_at
    left join clock as closed
        on
            tickets.service_group_id = closed.service_group_id
            and tickets.closed_at = closed.happened_at

)

select * from final
