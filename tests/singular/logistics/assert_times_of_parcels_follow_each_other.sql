-- What was delivered before it left, or sent before it was ordered, has a wrong time in one of its
-- rows: often an hour that came twice when clocks were set back. The times stay, their hours are
-- null.

{{ config(severity='warn', meta={'says': 'what_to_do'}) }}

select
    source,
    shipment_id,
    shipped_at,
    delivered_at,
    'shipment ' || shipment_id || ' of ' || source || ': shipped ' || coalesce(
        cast(shipped_at as string), '(never)'
    ) || ', delivered ' || coalesce(cast(delivered_at as string), '(not yet)')
    || ' UTC cannot follow each other and the order; send the row again with its right times,'
    || ' or with their offsets' as what_to_do
from {{ ref('fct_shipments') }}
where is_out_of_order
