-- Orders without a shop stand under a shop without a name, beside those that have one.

{{ config(severity='warn', meta={'says': 'what_to_do'}) }}

with

mentions as (

    select * from {{ ref('int_shops_mentioned') }}
    where is_shop

)

select
    platform_code,
    'orders of ' || platform_code || ' name no shop, others name ' || min(shop_id)
    || ': they stand under a shop without a name. Name the shop in each order' as what_to_do
from mentions
group by platform_code
having count(*) > count(shop_id) and count(shop_id) > 0
