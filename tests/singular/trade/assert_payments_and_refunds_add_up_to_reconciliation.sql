-- Received and refunded cash of known orders are the same in payments, refunds and
-- reconciliation, shop by shop and currency by currency.

with

payment_totals as (

    select
        orders.shop_key,
        orders.currency_code,
        sum(payments.payment_amount) as received_amount,
        cast(0 as decimal(18, 4)) as refund_cash_amount
    from {{ ref('fct_payments') }} as payments
    inner join {{ ref('fct_orders') }} as orders
        on payments.order_key = orders.order_key
    where coalesce(payments.payment_status, 'succeeded') = 'succeeded'
    group by orders.shop_key, orders.currency_code

),

refund_totals as (

    select
        orders.shop_key,
        orders.currency_code,
        cast(0 as decimal(18, 4)) as received_amount,
        sum(
            refunds.refund_paid_amount + refunds.excess_amount
            + coalesce(refunds.refund_tax_amount, 0) + coalesce(refunds.refund_freight_amount, 0)
        ) as refund_cash_amount
    from {{ ref('fct_refunds') }} as refunds
    inner join {{ ref('fct_orders') }} as orders
        on refunds.order_key = orders.order_key
    where refunds.is_completed
    group by orders.shop_key, orders.currency_code

),

reconciled as (

    select
        shop_key,
        currency_code,
        -sum(coalesce(received_amount, 0)) as received_amount,
        -sum(refund_cash_amount) as refund_cash_amount
    from {{ ref('fct_order_reconciliation') }}
    group by shop_key, currency_code

),

sides as (

    select * from payment_totals
    union all
    select * from refund_totals
    union all
    select * from reconciled

)

select
    shop_key,
    currency_code
from sides
group by shop_key, currency_code
having sum(received_amount) <> 0 or sum(refund_cash_amount) <> 0
