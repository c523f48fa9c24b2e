{{ config(materialized='incremental', meta={'touched_key': 'order_id'}) }}

select order_id, shop_id, receipt, amount from {{ source('shop', 'orders') }}
where {{ touched_keys.touched('order_id') }}
qualify row_number() over (partition by order_id order by _batch_id desc) = 1
    and amount is not null
