-- Spans of a SKU never overlap.

with

costs as (

    select * from {{ ref('int_product_costs') }}

),

final as (

    select
        {{ surrogate_key(['product_key', 'valid_from_date']) }} as product_cost_key,
        product_key,
        sku_id,
        '{{ var("default_currency") }}' as currency_code,
        {{ money('unit_cost_amount') }} as unit_cost_amount,
        valid_from_date,
        valid_to_date,
        counts_from_date
    from costs

)

select * from final
