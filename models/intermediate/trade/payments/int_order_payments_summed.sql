-- Failed payments count nowhere. With a balance an order is paid in full by the last of its
-- payments above zero; else once they reach what the order asks for: its payable amount, or what
-- its lines come to. Where neither is known, by the last payment above zero.

{{ config(materialized='incremental', meta={'touched_key': 'order_key'}) }}

with

payments as (

    select * from {{ touched_keys.touched_rows(ref('int_payments_localized')) }}
    where is_succeeded

),

orders as (

    select * from {{ touched_keys.touched_rows(ref('int_orders_localized')) }}

),

order_lines as (

    select * from {{ ref('int_order_lines_with_line_discounts') }}
    where {{ touched_keys.touched() }}

),

line_totals as (

    select
        order_key,
        sum(left_amount) as left_amount
    from order_lines
    where order_key in (select payments.order_key from payments)
    group by order_key

),

-- Less than the smallest coin is owed by no one.
asked as (

    select
        orders.order_key,
        {{ to_minor_units(
            'coalesce(orders.source_payable_amount, line_totals.left_amount'
            ~ ' - greatest(coalesce(orders.seller_discount_amount, 0), 0)'
            ~ ' - greatest(coalesce(orders.platform_discount_amount, 0), 0)'
            ~ ' - greatest(coalesce(orders.partner_discount_amount, 0), 0)'
            ~ ' - greatest(coalesce(orders.points_discount_amount, 0), 0)'
            ~ ' + greatest(coalesce(orders.freight_amount, 0), 0)'
            ~ ' + greatest(coalesce(orders.tax_amount, 0), 0))',
            'orders.minor_unit_digits',
        ) }} as asked_units,
        orders.minor_unit_digits
    from orders
    left join line_totals
        on orders.order_key = line_totals.order_key

),

running as (

    select
        payments.order_key,
        payments.payment_stage,
        payments.paid_at,
        payments.payment_amount,
        payments.fee_amount,
        asked.asked_units,
        sum({{ to_minor_units('payments.payment_amount', 'asked.minor_unit_digits', 'ceil') }})
            over (
                partition by payments.order_key
                order by payments.paid_at asc nulls last, payments.payment_key asc
                rows between unbounded preceding and current row
            ) as paid_units
    from payments
    inner join asked
        on payments.order_key = asked.order_key

),

final as (

    select
        order_key,
        sum(payment_amount) as received_amount,
        sum(fee_amount) as payment_fee_amount,
        min(case when payment_stage = 'deposit' then paid_at end) as deposit_paid_at,
        count(case when coalesce(payment_stage, 'full') <> 'deposit' then 1 end) = 0
            as has_deposits_only,
        count(case when payment_stage = 'balance' then 1 end) > 0 as has_balance,
        case
            when count(case when coalesce(payment_stage, 'full') <> 'deposit' then 1 end) = 0
                then cast(null as timestamp)
            when
                max(asked_units) is null
                or count(case when payment_stage = 'balance' then 1 end) > 0
                then max(case when payment_amount > 0 then paid_at end)
            else min(case when paid_units >= asked_units then paid_at end)
        end as paid_in_full_at
    from running
    group by order_key

)

select * from final
