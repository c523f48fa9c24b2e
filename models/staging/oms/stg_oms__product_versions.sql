with

source as (

    select * from {{ source('oms', 'products') }}

),

renamed as (

    select
        sku_id,
        list_price as list_price_amount,
        unit_cost as unit_cost_amount,
        {{- version_columns() }},
        _batch_id as batch_id,
        _loaded_at as loaded_at
    from source

)

select * from renamed
