-- The parcels of an order that is through hold its units; a difference is a parcel that the
-- warehouse does not know, or units that were never sent.

{{ config(severity='warn') }}

with

shipments as (

    select * from {{ ref('fct_shipments') }}
    where direction = 'outbound' and order_key is not null and unit_count is not null

),

orders as (

    select * from {{ ref('fct_orders') }}

),

shipped as (

    select
        order_key,
        sum(unit_count) as unit_count
    from shipments
    group by order_key
    having count(*) = count(shipped_at)

)

select
    orders.order_key,
    orders.unit_count as ordered_unit_count,
    shipped.unit_count as shipped_unit_count
from shipped
inner join orders
    on shipped.order_key = orders.order_key
where orders.unit_count <> shipped.unit_count
