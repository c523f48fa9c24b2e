-- Where the row has no time of delivery, the first scan as delivered is it, unless the row says
-- that the parcel came back: then that scan is its return. Orders that go in one parcel share
-- its scans: never sum scan_count over them.

{% set of_number = 'select shipment_id from {int_shipments_stated}'
    ~ ' where tracking_no in (select tracking_no from changed_rows)' %}

{{ config(
    materialized='incremental',
    meta={
        'ordered_by': 'shipped_at',
        'touched_key': 'shipment_id',
        'touched_by': {
            'int_parcels_numbered': of_number,
            'int_parcel_scans_summed': of_number,
        },
    },
) }}

with

shipments as (

    select * from {{ touched_keys.touched_rows(ref('int_shipments_stated')) }}

),

parcels as (

    select * from {{ ref('int_parcels_numbered') }}

),

scans as (

    select * from {{ ref('int_parcel_scans_summed') }}

),

resolved as (

    select
        shipments.*,
        coalesce(parcels.parcel_key, shipments.shipment_key) as parcel_key,
        coalesce(scans.scan_count, 0) as scan_count,
        scans.last_scanned_at,
        scans.delivered_scan_at,
        case
            when shipments.stated_delivered_at is not null then shipments.stated_delivered_at
            when coalesce(shipments.source_status, '') <> 'returned' then scans.delivered_scan_at
        end as delivered_at
    from shipments
    left join parcels
        on shipments.shipment_key = parcels.shipment_key
    left join scans
        on parcels.parcel_key = scans.parcel_key

),

final as (

    select
        *,
        delivered_at is not null or coalesce(source_status = 'delivered', false) as is_delivered
    from resolved

)

select * from final
