-- Every cent on a statement that has a known order and rate is in that order's reconciliation, and
-- nothing else is.

{% set is_changed = touched_keys.changed_since_good_build(
    'order_key', ['fct_order_reconciliation', 'fct_settlements']
) %}

with

reconciliation as (

    select * from {{ ref('fct_order_reconciliation') }}
    where {{ is_changed }}

),

line_totals as (

    select
        order_key,
        sum(order_amount) as net_settled_amount,
        sum(case when settlement_kind = 'payout' then order_amount else 0 end) as payout_amount
    from {{ ref('fct_settlements') }}
    where order_key is not null and {{ is_changed }}
    group by order_key
    having count(*) = count(order_amount)

)

select reconciliation.order_key
from reconciliation
full outer join line_totals
    on reconciliation.order_key = line_totals.order_key
where
    reconciliation.order_key is null
    or reconciliation.net_settled_amount is distinct from line_totals.net_settled_amount
    or reconciliation.settled_payout_amount is distinct from line_totals.payout_amount
