-- Grain: one row per scan: its instant in UTC and the parcel it is of. Scans without an offset are
-- in the clock of the shop that sold the parcel. A number that a carrier gave twice is the later
-- parcel's.

{{ config(
    materialized='incremental',
    meta={
        'ordered_by': 'scanned_at',
        'touched_key': 'tracking_no',
        'touched_by': {
            'int_parcel_scans_unioned': 'tracking_no',
            'int_shipments_localized': 'tracking_no',
            'int_orders_validated': 'select tracking_no from {int_shipments_localized}'
                ~ ' where order_key in (select order_key from changes)',
        },
    },
) }}

with

scans as (

    select * from {{ touched_rows(ref('int_parcel_scans_unioned'), 'tracking_no') }}

),

shipments as (

    select * from {{ touched_rows(ref('int_shipments_localized'), 'tracking_no') }}
    where tracking_no is not null
    qualify row_number() over (
        partition by source, tracking_no
        order by shipped_at is null asc, shipped_at desc, shipment_key asc
    ) = 1

),

orders as (

    select * from {{ ref('int_orders_validated') }}

),

zoned as (

    select
        scans.*,
        shipments.shipment_key,
        orders.order_key,
        coalesce(shipments.time_zone, '{{ var("default_time_zone") }}') as time_zone
    from scans
    left join shipments
        on
            scans.source = shipments.source
            and scans.tracking_no = shipments.tracking_no
    left join orders
        on shipments.order_key = orders.order_key

),

final as (

    select
        zoned.*,
        {{ surrogate_key([
            'zoned.source', 'zoned.tracking_no', 'zoned.scanned_time',
            'zoned.scanned_offset_minutes', 'zoned.scan_code',
        ]) }} as parcel_scan_key,
        {{ utc_instant('zoned', 'scanned', 'zoned.time_zone') }} as scanned_at,
        case zoned.scan_code
            when 'picked_up' then 1
            when 'in_transit' then 2
            when 'out_for_delivery' then 3
            else 4
        end as scan_stage
    from zoned

)

select * from final
