{{ config(materialized='incremental', meta={'touched_key': 'ticket_key'}) }}

with

tickets as (

    select * from {{ touched_keys.touched_rows(ref('int_tickets_localized')) }}

),

messages as (

    select * from {{ touched_keys.touched_rows(ref('int_ticket_messages_localized')) }}
    where ticket_key is not null

),

happenings as (

    select
        ticket_key,
        service_group_id,
        opened_at as happened_at
    from tickets
    union all
    select
        ticket_key,
        service_group_id,
        closed_at as happened_at
    from tickets
    union all
    select
        ticket_key,
        service_group_id,
        sent_at as happened_at
    from messages

),

final as (

    select distinct
        ticket_key,
        service_group_id,
        happened_at
    from happenings
    where happened_at is not null

)

select * from final
