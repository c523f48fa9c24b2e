-- Systems that do not know the shop find the order by it.

{{ config(materialized='incremental', meta={'touched_key': 'order_id'}) }}

with

orders as (

    select * from {{ touched_keys.touched_rows(ref('int_orders_unioned')) }}

),

shops as (

    select * from {{ ref('int_shops_resolved') }}
    where has_lost_references

),

final as (

    select
        platform_code,
        order_id,
        max(shop_id) as shop_id
    from orders
    where platform_code in (select shops.platform_code from shops)
    group by platform_code, order_id
    having count(distinct coalesce(shop_id, '')) = 1

)

select * from final
