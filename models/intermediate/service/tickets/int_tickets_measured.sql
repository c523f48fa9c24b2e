-- Null while it is open.

{{ config(materialized='incremental', meta={'touched_key': 'ticket_key'}) }}

with

tickets as (

    select * from {{ touched_keys.touched_rows(ref('int_tickets_localized')) }}

),

clock as (

    select * from {{ touched_keys.touched_rows(ref('int_service_instants_clocked')) }}

),

final as (

    select
        tickets.ticket_key,
        {{ minutes_between('tickets.opened_at', 'tickets.closed_at') }} as resolution_minutes,
        {{ minutes_of('(closed.open_seconds - opened.open_seconds)') }} as resolution_shift_minutes
    from tickets
    left join clock as opened
        on
            tickets.ticket_key = opened.ticket_key
            and tickets.opened_at = opened.happened_at
    left join clock as closed
        on
            tickets.ticket_key = closed.ticket_key
            and tickets.closed_at = closed.happened_at

)

select * from final
