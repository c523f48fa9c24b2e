-- A line whose order has not landed is in no fact until it does: name it.

{{ config(severity='warn') }}

select
    order_lines.source,
    order_lines.platform_code,
    order_lines.shop_id,
    order_lines.order_id,
    order_lines.line_number
from (
    {{ placed_in_shops('order_lines', ref('int_order_lines_unioned')) }}
) as order_lines
left join {{ ref('int_orders_unioned') }} as orders
    on
        order_lines.platform_code = orders.platform_code
        and order_lines.shop_id is not distinct from orders.shop_id
        and order_lines.order_id = orders.order_id
where orders.order_id is null
