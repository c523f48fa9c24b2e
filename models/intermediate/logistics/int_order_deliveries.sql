-- An order is delivered with its last parcel. A parcel that came back holds up nothing; one that
-- was lost does until a parcel that left after it is delivered: it was sent again. Without a
-- scan for `lost_parcel_days` up to the day on which that one left, it was lost, too. Of a parcel
-- that came back, a time of delivery may be that of its return: kept_at leaves it out.

{{ config(materialized='incremental', meta={'touched_key': 'order_key'}) }}

with

shipments as (

    select * from {{ touched_keys.touched_rows(ref('int_shipments_localized')) }}
    where direction = 'outbound' and order_key is not null

),

last_delivered as (

    select
        order_key,
        max(shipped_at) as shipped_at
    from shipments
    where is_delivered
    group by order_key

),

-- What was never seen to leave cannot have left later than what arrived.
compared as (

    select
        shipments.*,
        coalesce(
            last_delivered.shipped_at > coalesce(shipments.shipped_at, shipments.last_scanned_at),
            last_delivered.order_key is not null
            and coalesce(shipments.shipped_at, shipments.last_scanned_at) is null
        ) as is_followed,
        {{ dbt.datediff(
            local_date('shipments.last_scanned_at', 'shipments.time_zone'),
            local_date('last_delivered.shipped_at', 'shipments.time_zone'),
            'day',
        ) }} as silent_days
    from shipments
    left join last_delivered
        on shipments.order_key = last_delivered.order_key

),

-- What may still come, or came.
judged as (

    select
        *,
        is_delivered
        or not (
            coalesce(source_status = 'returned', false)
            or (is_followed and coalesce(source_status = 'lost', false))
            or (
                is_followed and coalesce(source_status, 'shipped') = 'shipped'
                and coalesce(silent_days > {{ var('lost_parcel_days') }}, false)
            )
        ) as is_expected
    from compared

),

final as (

    select
        order_key,
        min(shipped_at) as first_shipped_at,
        case when count(*) = count(shipped_at) then max(shipped_at) end as all_shipped_at,
        min(delivered_at) as first_delivered_at,
        case
            when count(case when is_expected and not is_delivered then 1 end) = 0
                then max(delivered_at)
        end as all_delivered_at,
        case
            when count(case when is_expected and not is_delivered then 1 end) = 0
                then max(
                    case when coalesce(source_status, '') <> 'returned' then delivered_at end
                )
        end as kept_at
    from judged
    group by order_key

)

select * from final
