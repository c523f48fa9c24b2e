-- An order whose items no file tells is one line with its total. A line whose price no file tells,
-- such as one that was cancelled, is worth nothing until one does.

with

order_rows as (

    select * from {{ ref('stg_exports__order_rows') }}

),

with_items as (

    select
        *,
        max(case when row_kind = 'item' then 1 else 0 end) over (
            partition by platform_code, shop_id, order_id
        ) as has_items
    from order_rows

),

final as (

    select
        platform_code,
        shop_id,
        order_id,
        cast(line_number as integer) as line_number,
        case when row_kind = 'item' then coalesce(sku_id, product_id) end as sku_id,
        case when row_kind = 'item' then unit_count end as quantity,
        case
            when row_kind = 'item' and quantity is not null and unit_price is not null
                then unit_price
            when row_kind = 'item' and unit_count = 1 then gross_amount
        end as unit_price_amount,
        case
            when row_kind = 'order'
                then coalesce(
                    order_gross_amount,
                    order_goods_amount + coalesce(order_seller_discount, 0)
                    + coalesce(order_platform_discount, 0) + coalesce(order_partner_discount, 0)
                    + coalesce(order_points_discount, 0) + coalesce(order_payment_discount, 0),
                    order_payable_amount - coalesce(order_freight_amount, 0)
                    - coalesce(order_tax_amount, 0)
                )
            when quantity is null or unit_price is null
                then case
                    when gross_amount is null then 0
                    when unit_count <> 1 then gross_amount
                end
        end as order_total_amount,
        line_seller_discount as line_discount_amount,
        coalesce(is_gift, false) as is_gift,
        batch_id,
        loaded_at
    from with_items
    where row_kind = 'item' or has_items = 0

)

select * from final
