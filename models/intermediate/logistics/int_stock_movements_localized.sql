{{ config(
    materialized='incremental',
    meta={'ordered_by': 'moved_at', 'touched_key': 'movement_id'},
) }}

with

movements as (

    select * from {{ touched_keys.touched_rows(ref('int_stock_movements_unioned')) }}

),

warehouses as (

    select * from {{ ref('int_warehouses_zoned') }}

),

localized as (

    select
        movements.*,
        {{ surrogate_key(['movements.source', 'movements.movement_id']) }} as movement_key,
        coalesce(warehouses.time_zone, '{{ var("default_time_zone") }}') as time_zone,
        {{ utc_instant(
            'movements', 'moved',
            "coalesce(warehouses.time_zone, '" ~ var('default_time_zone') ~ "')"
        ) }} as moved_at
    from movements
    left join warehouses
        on movements.warehouse_id = warehouses.warehouse_id

),

final as (

    select
        *,
        {{ local_date('moved_at', 'time_zone') }} as moved_date
    from localized

)

select * from final
