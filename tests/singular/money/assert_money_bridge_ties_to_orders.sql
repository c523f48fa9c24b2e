-- What was ordered, paid and settled is that of the facts, and what only came in another month adds
-- up to nothing over an order's months.

with

orders as (

    select
        fct_orders.payable_amount,
        fct_orders.ordered_date <= dim_as_of_date.as_of_date as is_ordered,
        fct_orders.purchase_date <= dim_as_of_date.as_of_date as is_paid
    from {{ ref('fct_orders') }} as fct_orders
    cross join {{ ref('dim_as_of_date') }} as dim_as_of_date

),

facts as (

    select
        coalesce(sum(case when is_ordered then payable_amount end), 0) as ordered_amount,
        coalesce(sum(case when is_paid then payable_amount end), 0) as paid_amount
    from orders

),

bridge as (

    select
        coalesce(sum(case when step_code = 'ordered' then amount end), 0) as ordered_amount,
        coalesce(sum(case when step_code = 'paid' then amount end), 0) as paid_amount
    from {{ ref('money_bridge') }}

),

other_periods as (

    select
        sum(settled_other_period_amount) as settled_amount,
        sum(wallet_other_period_amount) as wallet_amount
    from {{ ref('money_order_gaps') }}
    group by shop_key, order_key, currency_code

)

select 'ordered' as what_differs
from facts
cross join bridge
where facts.ordered_amount <> bridge.ordered_amount
union all
select 'paid' as what_differs
from facts
cross join bridge
where facts.paid_amount <> bridge.paid_amount
union all
select 'other period' as what_differs
from other_periods
where settled_amount <> 0 or wallet_amount <> 0
