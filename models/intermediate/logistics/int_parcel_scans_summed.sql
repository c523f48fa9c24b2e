-- A number that another's parcel had before brings its old scans: what came a day or more before
-- the parcel left does not deliver it.

{{ config(materialized='incremental', meta={'touched_key': 'tracking_no'}) }}

with

scans as (

    select * from {{ touched_keys.touched_rows(ref('int_parcel_scans_localized')) }}
    where shipment_key is not null

),

final as (

    select
        tracking_no,
        parcel_key,
        count(*) as scan_count,
        max(scanned_at) as last_scanned_at,
        min(
            case
                when scan_code <> 'delivered' then cast(null as timestamp)
                when {{ seconds_between('scanned_at', 'sent_at') }} >= 86400 then null
                else scanned_at
            end
        ) as delivered_scan_at
    from scans
    group by tracking_no, parcel_key

)

select * from final
