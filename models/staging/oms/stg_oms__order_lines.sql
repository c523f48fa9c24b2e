{{ config(
    materialized='incremental',
    meta={'ordered_by': 'batch_id', 'touched_key': 'order_id', 'touched_by': ['order_lines']},
) }}

with

source as (

    {{ latest_whole_version(
        source('oms', 'order_lines'),
        whole_key=['platform', 'shop_id', 'order_id'],
        part_key='line_no',
        touched_column='order_id',
    ) }}

),

renamed as (

    select
        lower(platform) as platform_code,
        shop_id,
        order_id,
        line_no as line_number,
        sku_id,
        quantity,
        unit_price as unit_price_amount,
        {{ lacks('order_lines', ['order_total_amount']) }},
        coalesce(line_discount, 0) as line_discount_amount,
        coalesce(is_gift, false) as is_gift,
        _batch_id as batch_id,
        _loaded_at as loaded_at
    from source

)

select * from renamed
