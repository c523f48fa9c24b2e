-- A scan of a code that no one knows delivers nothing: its parcel may wait for ever.

{{ config(severity='warn', meta={'says': 'what_to_do'}) }}

with

scans as (

    select * from {{ ref('fct_parcel_scans') }}
    where {{ touched_keys.changed_since_good_build('parcel_scan_key', ['fct_parcel_scans']) }}

)

select
    source,
    scan_code,
    count(*) as scan_count,
    count(*) || ' scans of ' || source || ' have the code ' || scan_code || ', which is none of'
    || ' picked_up, in_transit, out_for_delivery, delivered and returned: they deliver nothing.'
    || ' Where it means one of these, say so in the source (means: of parcel_scans.scan_code)'
        as what_to_do
from scans
where scan_code not in ('picked_up', 'in_transit', 'out_for_delivery', 'delivered', 'returned')
group by source, scan_code
