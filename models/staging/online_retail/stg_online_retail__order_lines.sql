with

sales as (

    select * from {{ ref('stg_online_retail__invoice_lines') }}
    where line_kind = 'sale'

),

renamed as (

    select
        'online_retail' as platform_code,
        invoice_no as order_id,
        line_number,
        stock_code as sku_id,
        quantity,
        unit_price_amount,
        {{ lacks('order_lines', [
            'shop_id', 'order_total_amount', 'line_discount_amount', 'is_gift',
        ]) }},
        batch_id,
        loaded_at
    from sales

)

select * from renamed
