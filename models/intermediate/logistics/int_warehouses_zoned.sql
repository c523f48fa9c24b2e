-- Where two sources name a warehouse, the one that landed last describes it.

with

warehouses as (

    select * from {{ ref('int_warehouses_unioned') }}
    qualify row_number() over (
        partition by warehouse_id order by batch_id desc, source asc
    ) = 1

),

final as (

    select
        warehouse_id,
        warehouse_name,
        province,
        city,
        coalesce(time_zone, '{{ var("default_time_zone") }}') as time_zone
    from warehouses

)

select * from final
