-- The parcels that order files name, with what the carriers ask for them.

with

order_rows as (

    select * from {{ ref('stg_exports__order_rows') }}
    where tracking_no is not null or shipped_at is not null

),

parcel_bills as (

    select * from {{ ref('stg_exports__parcel_bills') }}

),

parcels as (

    select
        platform_code,
        shop_id,
        order_id,
        tracking_no,
        max(carrier) as carrier,
        min(shipped_at) as shipped_time,
        max(shipped_at_offset_minutes) as shipped_offset_minutes,
        max(batch_id) as batch_id,
        max(loaded_at) as loaded_at
    from order_rows
    group by platform_code, shop_id, order_id, tracking_no

),

final as (

    select
        parcels.platform_code,
        parcels.shop_id,
        concat_ws('-', parcels.order_id, parcels.tracking_no) as shipment_id,
        parcels.order_id,
        parcels.carrier,
        parcels.tracking_no,
        'outbound' as direction,
        'shipped' as source_status,
        parcel_bills.freight_cost_amount,
        parcel_bills.weight_kg,
        parcels.shipped_time,
        parcels.shipped_offset_minutes,
        {{ lacks('shipments', [
            'warehouse_id', 'ship_by_time', 'ship_by_offset_minutes', 'deliver_by_time',
            'deliver_by_offset_minutes', 'delivered_time', 'delivered_offset_minutes',
        ]) }},
        parcels.batch_id,
        parcels.loaded_at
    from parcels
    left join parcel_bills
        on parcels.tracking_no = parcel_bills.tracking_no

)

select * from final
