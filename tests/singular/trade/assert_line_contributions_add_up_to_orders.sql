-- What an order contributes is what its lines contribute, and unknown where one line's is.

with

orders as (

    select * from {{ ref('fct_orders') }}
    where {{ touched_keys.changed_since_good_build(
        'order_key', ['fct_orders', 'fct_order_lines']
    ) }}

),

line_totals as (

    select
        order_key,
        case
            when count(contribution_amount) = count(*) then sum(contribution_amount)
        end as contribution_amount
    from {{ ref('fct_order_lines') }}
    where {{ touched_keys.changed_since_good_build(
        'order_key', ['fct_orders', 'fct_order_lines']
    ) }}
    group by order_key

)

select orders.order_key
from orders
inner join line_totals
    on orders.order_key = line_totals.order_key
where orders.contribution_amount is distinct from line_totals.contribution_amount
