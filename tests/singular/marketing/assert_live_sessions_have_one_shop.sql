-- A live stream that a list tells without its shop is another than the one that orders name.

{{ config(severity='warn', meta={'says': 'what_to_do'}) }}

select
    platform_code,
    live_session_id,
    'live stream ' || live_session_id || ' of ' || platform_code || ' is listed without the shop'
    || ' that its orders name: what it sold counts beside it, without its commission. Name the'
    || ' shop in the list' as what_to_do
from {{ ref('fct_live_sessions') }}
group by platform_code, live_session_id
having count(*) > count(shop_key) and count(shop_key) > 0
