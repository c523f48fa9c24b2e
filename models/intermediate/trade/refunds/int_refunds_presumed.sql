-- All of the order is presumed to have gone back when it was closed. A refund that is refused
-- tells nothing; one without a shop that names the order's id may be the order's, and would count
-- beside a presumed one.

{{ config(materialized='incremental', meta={'touched_key': 'order_id'}) }}

with

orders as (

    select * from {{ touched_keys.touched_rows(ref('int_orders_validated')) }}
    where is_valid and order_status in ('cancelled', 'closed')

),

refunds as (

    select * from {{ touched_keys.touched_rows(ref('int_refunds_keyed')) }}
    where refund_status not in ('rejected', 'cancelled')

),

shops as (

    select * from {{ ref('int_shops_resolved') }}
    where is_shop and gives_back_closed_orders

),

-- Of which of several shops' orders it is, nobody knows.
without_shop as (

    select distinct
        platform_code,
        order_id
    from refunds
    where shop_key is null

),

final as (

    select
        orders.source,
        orders.platform_code,
        orders.shop_id,
        orders.order_id,
        orders.order_key,
        orders.shop_key,
        orders.time_zone,
        'closed ' || orders.order_id as refund_id,
        {{ surrogate_key(["'presumed'", 'orders.order_key']) }} as refund_key,
        'refund_only' as refund_kind,
        orders.cancel_reason as refund_reason,
        cast(null as decimal(18, 4)) as cash_amount,
        cast(null as string) as shop_currency_code,
        orders.closed_at as completed_at,
        orders.batch_id,
        orders.loaded_at
    from orders
    inner join shops
        on orders.shop_key = shops.shop_key
    left join refunds
        on orders.order_key = refunds.named_order_key
    left join without_shop
        on
            orders.platform_code = without_shop.platform_code
            and orders.order_id = without_shop.order_id
    where refunds.refund_key is null and without_shop.order_id is null

)

select * from final
