-- A carrier that no seed knows keeps its name, in capitals, as its code.

{{ config(
    materialized='incremental',
    meta={
        'ordered_by': 'shipped_at',
        'touched_key': 'shipment_id',
        'touched_by': {
            'int_order_shops': 'select shipment_id from {int_shipments_unioned}'
                ~ ' where order_id in (select order_id from changed_rows)',
        },
    },
) }}

with

shipments as (

    {{ placed_in_shops('shipments', touched_keys.touched_rows(ref('int_shipments_unioned'))) }}

),

shops as (

    select * from {{ ref('int_shops_resolved') }}

),

carrier_names as (

    select * from {{ ref('carrier_names') }}

),

final as (

    select
        shipments.*,
        coalesce(
            carrier_names.carrier_code, nullif(upper(trim(shipments.carrier)), '')
        ) as carrier_code,
        carrier_names.carrier_code is not null as is_known_carrier,
        {{ surrogate_key(['shipments.source', 'shipments.shipment_id']) }} as shipment_key,
        {{ order_key('shipments') }} as order_key,
        shops.shop_key,
        shops.time_zone,
        shops.currency_code,
        {{ utc_instant('shipments', 'ship_by', 'shops.time_zone') }} as ship_by_at,
        {{ utc_instant('shipments', 'deliver_by', 'shops.time_zone') }} as deliver_by_at,
        {{ utc_instant('shipments', 'shipped', 'shops.time_zone') }} as shipped_at,
        {{ utc_instant('shipments', 'delivered', 'shops.time_zone') }} as stated_delivered_at
    from shipments
    {{ join_shops('shipments') }}
    left join carrier_names
        on upper(trim(shipments.carrier)) = carrier_names.match_name

)

select * from final
