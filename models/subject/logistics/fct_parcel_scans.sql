-- Grain: one row per scan of a parcel, in the order of its way.

{% set parcel = 'coalesce(shipment_key, parcel_scan_key)' %}

{{ config(
    materialized='incremental',
    meta={
        'ordered_by': 'scanned_at',
        'touched_key': parcel,
        'touched_by': {
            'int_parcel_scans_localized': 'select ' ~ parcel ~ ' from changes'
                ~ ' union all select ' ~ parcel ~ ' from {int_parcel_scans_localized}'
                ~ ' where tracking_no in (select tracking_no from changes)',
        },
    },
) }}

with

scans as (

    select * from {{ touched_rows(ref('int_parcel_scans_localized'), parcel) }}

),

final as (

    select
        parcel_scan_key,
        source,
        shipment_key,
        order_key,
        row_number() over scan_order as scan_number,
        scan_code,
        scanned_at,
        {{ local_date('scanned_at', 'time_zone') }} as scanned_date,
        province,
        city,
        facility,
        lag(province) over scan_order as from_province,
        lag(city) over scan_order as from_city,
        lag(facility) over scan_order as from_facility,
        lead(province) over scan_order as to_province,
        lead(city) over scan_order as to_city,
        lead(facility) over scan_order as to_facility,
        {{ hours_between('scanned_at', 'lead(scanned_at) over scan_order') }} as dwell_hours,
        lead(scanned_at) over scan_order is null as is_last_scan
    from scans
    window scan_order as (
        partition by source, tracking_no
        order by scanned_at asc, scan_stage asc, parcel_scan_key asc
    )

)

select * from final
