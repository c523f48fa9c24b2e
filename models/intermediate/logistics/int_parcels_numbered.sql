-- Two orders that go together share a number. What left later, goes the other way, is another
-- known carrier's, or left after the one before had arrived is the number's next parcel.

{{ config(
    materialized='incremental',
    meta={
        'touched_key': 'tracking_no',
        'touched_by': {
            'int_orders_localized': 'select tracking_no from {int_shipments_stated}'
                ~ ' where shipped_at is null and order_key in (select order_key from changed_rows)',
        },
    },
) }}

with

shipments as (

    select * from {{ touched_keys.touched_rows(ref('int_shipments_stated')) }}
    where tracking_no is not null

),

orders as (

    select * from {{ ref('int_orders_localized') }}

),

-- Without a time of leaving, it left after its order.
sent as (

    select
        shipments.source,
        shipments.tracking_no,
        shipments.shipment_key,
        shipments.time_zone,
        shipments.direction,
        shipments.stated_delivered_at,
        case when shipments.is_known_carrier then shipments.carrier_code end as known_carrier_code,
        coalesce(
            shipments.shipped_at, orders.ordered_at, shipments.stated_delivered_at
        ) as sent_at
    from shipments
    left join orders
        -- In the key: beside it, a condition of the left side alone would compare all with all.
        on case when shipments.shipped_at is null then shipments.order_key end = orders.order_key

),

compared as (

    select
        *,
        case
            when lag(direction) over sending_order <> direction then 1
            when lag(known_carrier_code) over sending_order <> known_carrier_code then 1
            when lag(stated_delivered_at) over sending_order < sent_at then 1
            when
                {{ seconds_between('lag(sent_at) over sending_order', 'sent_at') }}
                > {{ var('same_parcel_days') }} * 86400 then 1
            else 0
        end as begins_another
    from sent
    window sending_order as (
        partition by source, tracking_no
        order by sent_at is null asc, sent_at asc, direction asc, shipment_key asc
    )

),

numbered as (

    select
        *,
        1 + sum(begins_another) over (
            partition by source, tracking_no
            order by sent_at is null asc, sent_at asc, direction asc, shipment_key asc
            rows between unbounded preceding and current row
        ) as parcel_number
    from compared

),

final as (

    select
        source,
        tracking_no,
        shipment_key,
        parcel_number,
        max(parcel_number) over (partition by source, tracking_no) as parcel_count,
        first_value(shipment_key) over parcel_order as parcel_key,
        first_value(time_zone) over parcel_order as time_zone,
        first_value(sent_at) over parcel_order as sent_at
    from numbered
    window parcel_order as (
        partition by source, tracking_no, parcel_number
        order by sent_at is null asc, sent_at asc, direction asc, shipment_key asc
    )

)

select * from final
