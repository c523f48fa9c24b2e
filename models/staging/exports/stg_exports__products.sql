-- What order files say of a SKU: its name in the order that was placed last.

with

order_rows as (

    select
        *,
        coalesce(sku_id, product_id) as own_sku_id
    from {{ ref('stg_exports__order_rows') }}
    where row_kind = 'item'

),

item_costs as (

    select * from {{ ref('stg_exports__item_costs') }}

),

latest as (

    select * from order_rows
    where own_sku_id is not null
    qualify row_number() over (
        partition by own_sku_id
        order by created_at desc nulls last, batch_id desc, _source_row desc
    ) = 1

),

final as (

    select
        latest.own_sku_id as sku_id,
        latest.product_id as spu_id,
        latest.product_name,
        item_costs.unit_cost_amount,
        {{ lacks('products', [
            'category_1', 'category_2', 'category_3', 'brand', 'list_price_amount',
            'launched_date', 'product_status',
        ]) }},
        latest.batch_id,
        latest.loaded_at
    from latest
    left join item_costs
        on latest.own_sku_id = item_costs.sku_id

)

select * from final
