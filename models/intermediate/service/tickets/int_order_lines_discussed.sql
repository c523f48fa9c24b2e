-- Of several lines of a SKU it is the one that was paid for before a gift. Under no SKU stands
-- the line of an order that has only one.

{{ config(
    materialized='incremental',
    meta={
        'touched_key': 'order_key',
        'touched_by': {
            'int_tickets_localized': 'named_order_key',
            'int_reviews_localized': 'named_order_key',
        },
    },
) }}

with

tickets as (

    select named_order_key as order_key from {{ ref('int_tickets_localized') }}
    where {{ touched_keys.touched('named_order_key') }}

),

reviews as (

    select named_order_key as order_key from {{ ref('int_reviews_localized') }}
    where {{ touched_keys.touched('named_order_key') }}

),

order_lines as (

    select * from {{ touched_keys.touched_rows(ref('int_order_lines_with_line_discounts')) }}

),

mentions as (

    select order_key from tickets
    union all
    select order_key from reviews

),

discussed_orders as (

    select distinct order_key
    from mentions
    where order_key is not null

),

lines as (

    select
        order_lines.order_key,
        order_lines.product_key,
        order_lines.order_line_key
    from order_lines
    inner join discussed_orders
        on order_lines.order_key = discussed_orders.order_key
    where order_lines.product_key is not null
    qualify row_number() over (
        partition by order_lines.order_key, order_lines.product_key
        order by order_lines.is_gift asc, order_lines.line_number asc
    ) = 1

),

final as (

    select
        order_key,
        product_key,
        order_line_key
    from lines
    union all
    select
        order_key,
        cast(null as string) as product_key,
        min(order_line_key) as order_line_key
    from lines
    group by order_key
    having count(*) = 1

)

select * from final
