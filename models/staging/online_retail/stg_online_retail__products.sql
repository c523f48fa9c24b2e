-- The name is that of the latest sale; lines that are no sale hold remarks ("damaged", "wrongly
-- sold") in its place.

with

invoice_lines as (

    select * from {{ ref('stg_online_retail__invoice_lines') }}

),

latest as (

    select
        stock_code,
        max_by(
            case when line_kind = 'sale' then description end,
            case
                when line_kind = 'sale' and description is not null
                    then concat_ws(
                        '|',
                        cast(invoiced_time as string),
                        invoice_no,
                        lpad(cast(line_number as string), 9, '0')
                    )
            end
        ) as product_name,
        max(batch_id) as batch_id,
        max(loaded_at) as loaded_at
    from invoice_lines
    group by stock_code

),

renamed as (

    select
        stock_code as sku_id,
        product_name,
        {{ lacks('products', [
            'spu_id', 'category_1', 'category_2', 'category_3', 'brand', 'list_price_amount',
            'unit_cost_amount', 'launched_date', 'product_status',
        ]) }},
        batch_id,
        loaded_at
    from latest

)

select * from renamed
