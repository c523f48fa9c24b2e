-- What sources state as discounts is what the lines carry plus what found no room, to the last
-- digit.

with

order_lines as (

    {{ placed_in_shops('order_lines', ref('int_order_lines_unioned')) }}

),

stated as (

    select
        coalesce(sum(greatest(seller_discount_amount, 0)), 0)
        + coalesce(sum(greatest(platform_discount_amount, 0)), 0)
        + coalesce(sum(greatest(partner_discount_amount, 0)), 0)
        + coalesce(sum(greatest(points_discount_amount, 0)), 0) as discount_amount
    from {{ ref('int_orders_unioned') }} as orders
    where exists (
        select 1 from order_lines
        where
            orders.platform_code = order_lines.platform_code
            and orders.shop_id is not distinct from order_lines.shop_id
            and orders.order_id = order_lines.order_id
    )

),

stated_on_lines as (

    select coalesce(sum(greatest(line_discount_amount, 0)), 0) as discount_amount
    from order_lines
    where exists (
        select 1 from {{ ref('int_orders_unioned') }} as orders
        where
            orders.platform_code = order_lines.platform_code
            and orders.shop_id is not distinct from order_lines.shop_id
            and orders.order_id = order_lines.order_id
    )

),

carried as (

    select
        coalesce(sum(
            coalesce(seller_discount_amount, 0) + coalesce(platform_discount_amount, 0)
            + coalesce(partner_discount_amount, 0) + coalesce(points_discount_amount, 0)
            + coalesce(unallocated_discount_amount, 0)
        ), 0) as discount_amount
    from {{ ref('fct_orders') }}

)

select
    stated.discount_amount + stated_on_lines.discount_amount as stated_amount,
    carried.discount_amount as carried_amount
from stated
cross join stated_on_lines
cross join carried
where stated.discount_amount + stated_on_lines.discount_amount <> carried.discount_amount
