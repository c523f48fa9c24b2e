-- Money back that an order's own file tells: of each item, unless the order tells another sum. It
-- says neither when nor why.

with

order_rows as (

    select * from {{ ref('stg_exports__order_rows') }}

),

told as (

    select
        *,
        max(order_refunded_amount) over of_order as order_amount,
        sum(line_refunded_amount) over of_order as items_amount
    from order_rows
    window of_order as (partition by platform_code, shop_id, order_id)

),

final as (

    select
        platform_code,
        shop_id,
        order_id,
        coalesce(sub_order_id, order_id || '#' || cast(line_number as string)) as refund_id,
        line_number,
        line_refunded_amount as cash_amount,
        batch_id,
        loaded_at
    from told
    where line_refunded_amount > 0 and coalesce(order_amount, items_amount) = items_amount
    union all
    select
        platform_code,
        shop_id,
        order_id,
        order_id as refund_id,
        cast(null as integer) as line_number,
        max(order_amount) as cash_amount,
        max(batch_id) as batch_id,
        max(loaded_at) as loaded_at
    from told
    where order_amount > 0 and order_amount <> coalesce(items_amount, 0)
    group by platform_code, shop_id, order_id

)

select * from final
