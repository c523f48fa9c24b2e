with

products as (

    select * from {{ ref('int_products_resolved') }}

),

final as (

    select
        product_key,
        sku_id,
        spu_id,
        product_name,
        category_1,
        category_2,
        category_3,
        brand,
        list_price_amount,
        unit_cost_amount,
        launched_date,
        product_status
    from products

)

select * from final
