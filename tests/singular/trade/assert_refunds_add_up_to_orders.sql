-- Completed refunds of a known order are what the order says was given back, to the last digit, in
-- the reporting currency too.

with

orders as (

    select * from {{ ref('fct_orders') }}

),

refund_totals as (

    select
        order_key,
        sum(refund_paid_amount) as refund_paid_amount,
        sum(refund_amount) as refund_amount,
        sum(refund_base_amount) as refund_base_amount
    from {{ ref('fct_refunds') }}
    where is_completed and order_key is not null
    group by order_key

)

select orders.order_key
from orders
left join refund_totals
    on orders.order_key = refund_totals.order_key
where
    coalesce(orders.refund_amount, 0) <> coalesce(refund_totals.refund_amount, 0)
    or coalesce(orders.refund_paid_amount, 0) <> coalesce(refund_totals.refund_paid_amount, 0)
    or coalesce(orders.refund_base_amount, 0) <> coalesce(refund_totals.refund_base_amount, 0)
