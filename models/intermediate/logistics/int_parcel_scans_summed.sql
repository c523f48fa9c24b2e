-- Grain: one row per tracking number and source: how often and when it was scanned, by the
-- carrier's wall clock.

with

scans as (

    select * from {{ ref('int_parcel_scans_unioned') }}

),

final as (

    select
        source,
        tracking_no,
        count(*) as scan_count,
        min(scanned_time) as first_scanned_time,
        max(scanned_time) as last_scanned_time,
        max(case when scan_code = 'delivered' then scanned_time end) as delivered_scan_time
    from scans
    group by source, tracking_no

)

select * from final
