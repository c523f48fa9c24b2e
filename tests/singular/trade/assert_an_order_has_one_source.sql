-- Two sources that know the same orders of a platform, such as an order system and the platform's
-- report, count each of these twice.

{{ config(severity='error', warn_if='>0', error_if='>100', meta={'says': 'what_to_do'}) }}

with

orders as (

    select * from {{ ref('fct_orders') }}
    where {{ touched_keys.changed_since_good_build('order_id', ['fct_orders']) }}

)

select
    platform_code,
    order_id,
    'order ' || order_id || ' of ' || platform_code || ' is told by ' || min(source) || ' and by '
    || max(source) || ', and counts twice: switch one of these sources off, or delete the orders'
    || ' that the other tells' as what_to_do
from orders
group by platform_code, order_id
having count(distinct source) > 1
