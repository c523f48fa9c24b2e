with

source as (

    {{ latest_delivery(source('olist', 'order_items'), ['order_id', 'order_item_id']) }}

),

renamed as (

    select
        'olist' as platform_code,
        order_id,
        order_item_id as line_number,
        product_id as sku_id,
        1 as quantity,
        price as unit_price_amount,
        {{ lacks('order_lines', [
            'shop_id', 'order_total_amount', 'line_discount_amount', 'is_gift',
        ]) }},
        _batch_id as batch_id,
        _loaded_at as loaded_at
    from source

)

select * from renamed
