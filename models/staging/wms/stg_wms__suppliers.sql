with

source as (

    {{ latest_version(source('wms', 'suppliers'), ['supplier_id']) }}

),

renamed as (

    select
        supplier_id,
        name as supplier_name,
        lead_days,
        _batch_id as batch_id,
        _loaded_at as loaded_at
    from source

)

select * from renamed
