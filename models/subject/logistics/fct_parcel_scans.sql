-- Orders that go in one parcel share parcel_key; the scan hangs to the shipment among them that
-- left first.

{{ config(
    materialized='incremental',
    meta={
        'ordered_by': 'scanned_at',
        'touched_key': 'parcel_key',
        'touched_by': {
            'int_parcel_scans_localized': 'select parcel_key from changed_rows'
                ~ ' union all select parcel_key from {int_parcel_scans_localized}'
                ~ ' where tracking_no in (select tracking_no from changed_rows)',
            'int_orders_validated': 'select parcel_key from {int_shipments_localized}'
                ~ ' where order_key in (select order_key from changed_rows)',
        },
    },
) }}

with

scans as (

    select * from {{ touched_keys.touched_rows(ref('int_parcel_scans_localized')) }}

),

shipments as (

    select * from {{ touched_keys.touched_rows(ref('int_shipments_localized')) }}

),

orders as (

    select * from {{ ref('int_orders_validated') }}

),

of_orders as (

    select
        scans.*,
        orders.order_key
    from scans
    left join shipments
        on scans.shipment_key = shipments.shipment_key
    left join orders
        on shipments.order_key = orders.order_key

),

final as (

    select
        parcel_scan_key,
        source,
        parcel_key,
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
    from of_orders
    window scan_order as (
        partition by parcel_key
        order by scanned_at asc, scan_stage asc, parcel_scan_key asc
    )

)

select * from final
