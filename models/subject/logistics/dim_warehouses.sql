with

warehouses as (

    select * from {{ ref('int_warehouses_zoned') }}

),

final as (

    select
        warehouse_id,
        warehouse_name,
        province,
        city,
        time_zone
    from warehouses

)

select * from final
