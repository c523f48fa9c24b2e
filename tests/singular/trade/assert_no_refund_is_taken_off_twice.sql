-- What came by payments is more than the order is worth, by a refund or more, and that refund is
-- taken off all the same: its lines were sent again without what went back, or it was paid twice.

{{ config(severity='warn', meta={'says': 'what_to_do'}) }}

{% set is_new = touched_keys.changed_since_good_build(
    'order_key', ['fct_order_reconciliation', 'fct_refunds']
) %}

with

orders as (

    select * from {{ ref('fct_order_reconciliation') }}
    where is_valid and payment_difference_amount > 0 and {{ is_new }}

),

refunds as (

    select * from {{ ref('fct_refunds') }}
    where refund_paid_amount > 0 and not is_presumed and {{ is_new }}

)

select
    orders.order_key,
    min(refunds.refund_id) as refund_id,
    'refund ' || min(refunds.refund_id) || ' of ' || orders.platform_code || ' takes '
    || min(refunds.refund_paid_amount) || ' off an order of which '
    || min(orders.payment_difference_amount) || ' more was paid than its lines ask: was it paid'
    || ' twice, or sent again without what went back? Send what was cancelled with quantity 0, and'
    || ' a second payment as failed' as what_to_do
from orders
inner join refunds
    on
        orders.order_key = refunds.order_key
        and orders.payment_difference_amount >= refunds.requested_amount
group by orders.order_key, orders.platform_code
