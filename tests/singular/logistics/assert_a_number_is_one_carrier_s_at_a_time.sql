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
    neighbours.shipment_id as other_shipment_id,
    'number ' || shipments.tracking_no || ' of ' || shipments.source || ' stands on shipment '
    || shipments.shipment_id || ' (' || shipments.carrier_code || ') and ' || neighbours.shipment_id
    || ' (' || neighbours.carrier_code || '), which left within days of each other: its scans are'
    || ' given to the later one. Send the wrong row again with its own number' as what_to_do
from shipments
inner join shipments as neighbours
    on
        shipments.source = neighbours.source
        and shipments.tracking_no = neighbours.tracking_no
        and shipments.carrier_code <> neighbours.carrier_code
        and shipments.shipment_key < neighbours.shipment_key
        and abs({{ seconds_between('shipments.shipped_at', 'neighbours.shipped_at') }})
        <= {{ var('same_parcel_days') }} * 86400
