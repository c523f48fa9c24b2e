-- Scans name no carrier: of two carriers' parcels with one number that leave together, the later
-- one gets them all, which may be wrong.

{{ config(severity='warn', meta={'says': 'what_to_do'}) }}

with

shipments as (

    select * from {{ ref('int_shipments_stated') }}
    where tracking_no is not null and is_known_carrier and shipped_at is not null

)

select
    shipments.source,
    shipments.tracking_no,
    shipments.shipment_id,
    others.shipment_id as other_shipment_id,
    'number ' || shipments.tracking_no || ' of ' || shipments.source || ' stands on shipment '
    || shipments.shipment_id || ' (' || shipments.carrier_code || ') and ' || others.shipment_id
    || ' (' || others.carrier_code || '), which left within days of each other: its scans are'
    || ' given to the later one. Send the wrong row again with its own number' as what_to_do
from shipments
inner join shipments as others
    on
        shipments.source = others.source
        and shipments.tracking_no = others.tracking_no
        and shipments.carrier_code <> others.carrier_code
        and shipments.shipment_key < others.shipment_key
        and abs({{ seconds_between('shipments.shipped_at', 'others.shipped_at') }})
        <= {{ var('same_parcel_days') }} * 86400
