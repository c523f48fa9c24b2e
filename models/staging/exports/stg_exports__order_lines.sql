-- An order whose items no file tells is one line with its total. Where items come without prices,
-- the first of them has what the order's total leaves for them: the order is right, its split
-- unknown. Where the total is unknown too, the order has no lines, and so no amounts.

with

order_rows as (

    select * from {{ ref('stg_exports__order_rows') }}

),

totalled as (

    select
        *,
        max(case when row_kind = 'item' then 1 else 0 end) over of_order = 1 as has_items,
        coalesce(
            max(order_gross_amount) over of_order,
            max(
                coalesce(
                    order_goods_amount,
                    order_payable_amount - coalesce(order_net_freight_amount, 0)
                    - coalesce(order_whole_tax_amount, 0)
                )
                + coalesce(order_seller_discount, 0) + coalesce(order_platform_discount, 0)
                + coalesce(order_partner_discount, 0) + coalesce(order_points_discount, 0)
                + coalesce(order_payment_discount, 0)
            ) over of_order
        ) as order_total,
        coalesce(sum(case when row_kind = 'item' then gross_amount end) over of_order, 0)
            as priced_amount,
        row_number() over (
            partition by platform_code, shop_id, order_id, row_kind, gross_amount is null
            order by line_number asc
        ) as place_among_alike
    from order_rows
    window of_order as (partition by platform_code, shop_id, order_id)

),

lines as (

    select
        *,
        row_kind = 'item' and quantity is not null and unit_price is not null as has_price,
        case
            when row_kind = 'order' then order_total
            when gross_amount is not null then gross_amount
            when quantity = 0 then 0
            when place_among_alike = 1 then order_total - priced_amount
            else order_total * 0
        end as line_gross
    from totalled
    where row_kind = 'item' or not has_items

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
            when has_price then unit_price
            when row_kind = 'item' and unit_count = 1 then line_gross
        end as unit_price_amount,
        case
            when has_price or (row_kind = 'item' and unit_count = 1) then null
            else cast(line_gross as decimal(18, 4))
        end as order_total_amount,
        line_given_discount as line_discount_amount,
        coalesce(is_gift, false) as is_gift,
        batch_id,
        loaded_at
    from lines
    where line_gross is not null

)

select * from final
