-- What an order system says that a SKU costs: in the order that was placed last.

with

source as (

    select * from {{ source('exports', 'parcel_rows') }}
    where unit_cost is not null and sku_id is not null

),

latest as (

    select
        sku_id,
        unit_cost as unit_cost_amount,
        _batch_id as batch_id,
        _loaded_at as loaded_at
    from source
    qualify row_number() over (
        partition by sku_id order by ordered_at desc nulls last, _batch_id desc, _source_row desc
    ) = 1

)

select * from latest
