-- The contents of a parcel, written once, with its first version.

create or replace table export_shipment_lines as
with
first_seen as (
    select shipment_id, min(batch_key) as batch_key from export_shipments group by shipment_id
)
select
    shipment_id,
    parcel_lines.line_no,
    skus.sku_id,
    parcel_lines.quantity,
    shipments.updated_at,
    null::boolean as is_deleted,
    shipments.export_day,
    first_seen.batch_key,
    parcel_lines.line_no as row_key
from first_seen
inner join export_shipments as shipments using (shipment_id, batch_key)
inner join parcel_lines using (shipment_id)
inner join skus using (sku_no);
