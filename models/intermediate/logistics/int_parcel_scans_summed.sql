-- Grain: one row per tracking number and source: how often and when it was last scanned, by the
-- carrier's wall clock; scans that say their offset stand apart, in UTC.

{{ config(
    materialized='incremental',
    meta={'touched_key': 'tracking_no', 'touched_by': ['int_parcel_scans_unioned']},
) }}

with

scans as (

    select * from {{ touched_rows(ref('int_parcel_scans_unioned'), 'tracking_no') }}

),

final as (

    select
        source,
        tracking_no,
        count(*) as scan_count,
        max(case when scanned_offset_minutes is null then scanned_time end) as last_scanned_time,
        max({{ minutes_before('scanned_time', 'scanned_offset_minutes') }}) as last_scanned_at
    from scans
    group by source, tracking_no

)

select * from final
