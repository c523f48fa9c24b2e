-- One still on its way comes before one that had arrived, then the one that left last, then the
-- greater id.

{{ config(
    materialized='incremental',
    meta={
        'touched_key': 'ticket_key',
        'touched_by': {
            'int_shipments_localized': 'select ticket_key from {int_tickets_localized}'
                ~ ' where named_order_key in (select order_key from changed_rows)',
        },
    },
) }}

with

tickets as (

    select * from {{ touched_keys.touched_rows(ref('int_tickets_localized')) }}

),

shipments as (

    select * from {{ ref('int_shipments_localized') }}
    where direction = 'outbound'

),

final as (

    select
        tickets.ticket_key,
        shipments.shipment_key
    from tickets
    inner join shipments
        on
            tickets.named_order_key = shipments.order_key
            and tickets.opened_at >= shipments.shipped_at
    qualify row_number() over (
        partition by tickets.ticket_key
        order by
            case when shipments.delivered_at <= tickets.opened_at then 1 else 0 end asc,
            shipments.shipped_at desc,
            shipments.source asc,
            shipments.shipment_id desc
    ) = 1

)

select * from final
