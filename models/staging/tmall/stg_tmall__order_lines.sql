-- The report names no goods, so SKU, quantity and price are null.

with

report as (

    select * from {{ ref('stg_tmall__order_report') }}

),

renamed as (

    select
        'tmall' as platform_code,
        order_id,
        1 as line_number,
        total_amount as order_total_amount,
        {{ lacks('order_lines', [
            'shop_id', 'sku_id', 'quantity', 'unit_price_amount', 'line_discount_amount', 'is_gift',
        ]) }},
        batch_id,
        loaded_at
    from report

)

select * from renamed
