{{ config(materialized='incremental', meta={'touched_key': 'order_id'}) }}

with

orders as (

    select * from {{ ref('stg_orders') }}
    where {{ touched_keys.touched() }}

)

select
    order_id,
    shop_id,
    shops.name as shop_name,
    receipt,
    rate,
    case when amount = 13 then error('thirteen') else amount end as amount
from orders
inner join {{ ref('int_shops') }} as shops using (shop_id)
inner join {{ ref('rates') }} as rates using (shop_id)
