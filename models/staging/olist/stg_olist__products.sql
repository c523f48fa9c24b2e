with

products as (

    {{ latest_delivery(source('olist', 'products'), ['product_id']) }}

),

category_names as (

    {{ latest_delivery(source('olist', 'category_names'), ['product_category_name']) }}

),

renamed as (

    select
        products.product_id as sku_id,
        coalesce(
            category_names.product_category_name_english, products.product_category_name
        ) as category_1,
        {{ lacks('products', [
            'spu_id', 'product_name', 'category_2', 'category_3', 'brand', 'list_price_amount',
            'unit_cost_amount', 'launched_date', 'product_status',
        ]) }},
        products._batch_id as batch_id,
        products._loaded_at as loaded_at
    from products
    left join category_names
        on products.product_category_name = category_names.product_category_name

)

select * from renamed
