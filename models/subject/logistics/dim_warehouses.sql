-- Grain: one row per warehouse.

with

warehouses as (

    select * from {{ ref('int_warehouses_unioned') }}

),

final as (

    select
        warehouse_id,
        warehouse_name,
        province,
        city
    from warehouses

)

select * from final
