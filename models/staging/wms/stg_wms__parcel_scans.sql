{{ config(
    materialized='incremental',
    meta={'ordered_by': 'scanned_time', 'touched_key': 'tracking_no'},
) }}

with

source as (

    {{ latest_version(
        source('wms', 'parcel_scans'),
        ['tracking_no', 'scanned_at', 'scanned_at_offset_minutes', 'scan_code'],
        'tracking_no',
    ) }}

),

renamed as (

    select
        tracking_no,
        scanned_at as scanned_time,
        scanned_at_offset_minutes as scanned_offset_minutes,
        lower(scan_code) as scan_code,
        province,
        city,
        facility,
        _batch_id as batch_id,
        _loaded_at as loaded_at
    from source

)

select * from renamed
