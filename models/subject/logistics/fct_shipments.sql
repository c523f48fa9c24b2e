-- Late is later than the promise, by the instant and by the day; null while it is open or
-- nothing was promised.

{% set same_order = 'select shipment_key from {int_shipments_localized}'
    ~ ' where order_key in (select order_key from changed_rows)' %}

{{ config(
    materialized='incremental',
    meta={
        'ordered_by': 'shipped_at',
        'touched_key': 'shipment_key',
        'touched_by': {
            'int_shipments_localized': same_order
                ~ ' union all select shipment_key from changed_rows',
            'int_orders_validated': same_order,
            'int_shipment_lines_unioned': 'select shipment_key from {int_shipments_localized}'
                ~ ' where shipment_id in (select shipment_id from changed_rows)',
            'dim_as_of_date': 'select shipment_key from {int_shipments_localized}'
                ~ ' where delivered_at is null and exists (select 1 from changed_rows)',
        },
    },
) }}

with

shipments as (

    select * from {{ touched_keys.touched_rows(ref('int_shipments_localized')) }}

),

orders as (

    select * from {{ ref('int_orders_validated') }}

),

shipment_lines as (

    select * from {{ ref('int_shipment_lines_unioned') }}
    where {{ touched_keys.touched_through('shipment_id', ref('int_shipments_localized')) }}

),

dim_as_of_date as (

    select * from {{ ref('dim_as_of_date') }}

),

-- A parcel's number depends on the others of its order, touched or not.
numbered as (

    select
        shipment_key,
        row_number() over (
            partition by order_key, direction
            order by shipped_at is null asc, shipped_at asc, shipment_key asc
        ) as parcel_number,
        count(*) over (partition by order_key, direction) as parcel_count
    from {{ ref('int_shipments_localized') }}
    where
        order_key is not null
        and {{ touched_keys.touched_through('order_key', ref('int_shipments_localized')) }}

),

line_totals as (

    select
        source,
        shipment_id,
        count(*) as line_count,
        cast(sum(quantity) as bigint) as unit_count
    from shipment_lines
    group by source, shipment_id

),

joined as (

    select
        shipments.*,
        orders.order_key as known_order_key,
        orders.ordered_at,
        orders.paid_at,
        line_totals.line_count,
        line_totals.unit_count,
        {{ local_date('shipments.shipped_at', 'shipments.time_zone') }} as shipped_date,
        {{ local_date('shipments.delivered_at', 'shipments.time_zone') }} as delivered_date,
        {{ local_date('shipments.deliver_by_at', 'shipments.time_zone') }} as deliver_by_date,
        {{ local_date('shipments.ship_by_at', 'shipments.time_zone') }} as ship_by_date,
        numbered.parcel_number,
        numbered.parcel_count,
        dim_as_of_date.as_of_date
    from shipments
    left join numbered
        on shipments.shipment_key = numbered.shipment_key
    left join orders
        on shipments.order_key = orders.order_key
    left join line_totals
        on
            shipments.source = line_totals.source
            and shipments.shipment_id = line_totals.shipment_id
    left join dim_as_of_date on true

),

final as (

    select
        shipment_key,
        source,
        platform_code,
        shop_key,
        shipment_id,
        parcel_key,
        known_order_key as order_key,
        warehouse_id,
        carrier,
        carrier_code,
        direction,
        parcel_number,
        parcel_count,
        source_status as shipment_status,
        ship_by_at,
        deliver_by_at,
        shipped_at,
        shipped_date,
        delivered_at,
        delivered_date,
        stated_delivered_at,
        delivered_scan_at,
        {{ hours_between('stated_delivered_at', 'delivered_scan_at') }} as delivery_scan_lag_hours,
        {{ hours_between('paid_at', 'shipped_at') }} as handling_hours,
        case
            when delivered_at >= shipped_at then {{ hours_between('shipped_at', 'delivered_at') }}
        end as transit_hours,
        case
            when delivered_at >= ordered_at then {{ hours_between('ordered_at', 'delivered_at') }}
        end as order_to_delivery_hours,
        {{ hours_between('ship_by_at', 'shipped_at') }} as hours_past_ship_by,
        {{ hours_between('deliver_by_at', 'delivered_at') }} as hours_past_deliver_by,
        shipped_at > ship_by_at as is_shipped_late,
        delivered_at > deliver_by_at as is_delivered_late,
        delivered_date > deliver_by_date as is_delivered_late_by_date,
        shipped_at is null and delivered_at is null
        and coalesce(source_status, 'pending') = 'pending'
        and coalesce(ship_by_date < as_of_date, false) as is_shipping_overdue,
        coalesce(delivered_at < shipped_at, false) or coalesce(delivered_at < ordered_at, false)
        or coalesce(shipped_at < ordered_at, false) as is_out_of_order,
        not is_delivered and coalesce(source_status, '') <> 'returned'
        and coalesce(deliver_by_date < as_of_date, false) as is_overdue,
        not is_delivered and (
            coalesce(source_status = 'lost', false)
            or (
                coalesce(source_status, 'shipped') = 'shipped'
                and scan_count > 0
                and {{ dbt.datediff(
                    local_date('last_scanned_at', 'time_zone'), 'as_of_date', 'day'
                ) }}
                > {{ var('lost_parcel_days') }}
            )
        ) as is_lost,
        coalesce(source_status = 'returned', false) as is_returned,
        {{ count_of('shipment_lines', 'line_count') }} as line_count,
        unit_count,
        {{ count_of('parcel_scans', 'scan_count') }} as scan_count,
        last_scanned_at,
        weight_kg,
        freight_cost_amount
    from joined

)

select * from final
