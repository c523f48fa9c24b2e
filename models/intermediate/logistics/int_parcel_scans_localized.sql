-- Scans without an offset are in the clock of the shop that sold the parcel; one that was
-- written in two ways is one scan. Of a number that a carrier gave twice, a scan is of the last
-- parcel that had left by then: a parcel leaves with its last pick-up in the day before the
-- warehouse says so, else when it says so.

{{ config(
    materialized='incremental',
    meta={'ordered_by': 'scanned_at', 'touched_key': 'tracking_no'},
) }}

with

scans as (

    select * from {{ touched_keys.touched_rows(ref('int_parcel_scans_unioned')) }}

),

parcels as (

    select * from {{ touched_keys.touched_rows(ref('int_parcels_numbered')) }}
    where shipment_key = parcel_key

),

zoned as (

    select
        scans.*,
        parcels.parcel_key as shipment_key,
        coalesce(
            parcels.parcel_key, {{ surrogate_key(['scans.source', 'scans.tracking_no']) }}
        ) as parcel_key,
        coalesce(parcels.parcel_number, 1) as parcel_number,
        coalesce(parcels.parcel_count, 1) as parcel_count,
        parcels.sent_at,
        coalesce(parcels.time_zone, '{{ var("default_time_zone") }}') as time_zone
    from scans
    left join parcels
        on
            scans.source = parcels.source
            and scans.tracking_no = parcels.tracking_no

),

timed as (

    select
        zoned.*,
        {{ utc_instant('zoned', 'scanned', 'zoned.time_zone') }} as scanned_at
    from zoned

),

pick_ups as (

    select
        parcel_key,
        max(scanned_at) as picked_up_at
    from timed
    where
        parcel_number > 1 and scan_code = 'picked_up' and scanned_at <= sent_at
        and {{ seconds_between('scanned_at', 'sent_at') }} <= 86400
    group by parcel_key

),

of_several as (

    select timed.*
    from timed
    left join pick_ups
        on timed.parcel_key = pick_ups.parcel_key
    where
        timed.parcel_count > 1
        and (
            timed.parcel_number = 1
            or timed.scanned_at >= coalesce(pick_ups.picked_up_at, timed.sent_at)
        )
    qualify row_number() over (
        partition by timed.source, timed.tracking_no, timed.scanned_time, timed.scan_code
        order by timed.parcel_number desc
    ) = 1

),

parceled as (

    select * from timed
    where parcel_count = 1
    union all
    select * from of_several

),

final as (

    select
        *,
        {{ surrogate_key(['source', 'tracking_no', 'scanned_at', 'scan_code']) }}
            as parcel_scan_key,
        case scan_code
            when 'picked_up' then 1
            when 'in_transit' then 2
            when 'out_for_delivery' then 3
            else 4
        end as scan_stage
    from parceled
    qualify row_number() over (
        partition by source, tracking_no, scan_code, scanned_at
        order by batch_id desc, scanned_offset_minutes asc nulls last, scanned_time asc
    ) = 1

)

select * from final
