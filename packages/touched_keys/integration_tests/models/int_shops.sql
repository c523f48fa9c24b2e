{{ config(materialized='table') }}

select shop_id, arg_max(name, _batch_id) as name from {{ source('shop', 'shops') }}
group by shop_id
