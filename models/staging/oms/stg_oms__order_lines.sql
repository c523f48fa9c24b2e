-- Lines that share a number and differ are lines of their own: the first keeps the number, the
-- others are numbered behind the last.

{{ config(materialized='incremental', meta={'ordered_by': 'batch_id', 'touched_key': 'order_id'}) }}

{% set key = ['platform', 'shop_id', 'order_id'] %}

with

source as (

    {{ latest_whole_version(
        source('oms', 'order_lines'),
        whole=source('oms', 'orders'),
        whole_key=key,
        part_key='line_no',
        columns=['sku_id', 'quantity', 'unit_price', 'line_discount', 'is_gift'],
        touched_column='order_id',
    ) }}

),

numbered as (

    {{ number_parts('source', key, 'line_no') }}

),

renamed as (

    select
        lower(platform) as platform_code,
        shop_id,
        order_id,
        part_number as line_number,
        sku_id,
        quantity,
        unit_price as unit_price_amount,
        {{ lacks('order_lines', ['order_total_amount']) }},
        coalesce(line_discount, 0) as line_discount_amount,
        coalesce(is_gift, false) as is_gift,
        _batch_id as batch_id,
        _loaded_at as loaded_at
    from numbered

)

select * from renamed
