with

source as (

    {{ latest_version(source('wms', 'warehouses'), ['warehouse_id']) }}

),

renamed as (

    select
        warehouse_id,
        name as warehouse_name,
        province,
        city,
        time_zone,
        _batch_id as batch_id,
        _loaded_at as loaded_at
    from source

)

select * from renamed
