with

source as (

    {{ latest_version(source('oms', 'products'), ['sku_id']) }}

),

renamed as (

    select
        sku_id,
        spu_id,
        name as product_name,
        category_1,
        category_2,
        category_3,
        brand,
        list_price as list_price_amount,
        unit_cost as unit_cost_amount,
        launched_at as launched_date,
        status as product_status,
        _batch_id as batch_id,
        _loaded_at as loaded_at
    from source

)

select * from renamed
