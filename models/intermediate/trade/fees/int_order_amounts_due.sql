-- Subsidy: the discounts that the platform settles, less what refunds took back of them.
-- Commission: by its rate, in whole minor units.

{{ config(materialized='incremental', meta={'touched_key': 'order_key'}) }}

with

orders as (

    select * from {{ touched_keys.touched_rows(ref('int_orders_with_amounts')) }}

),

localized as (

    select * from {{ touched_keys.touched_rows(ref('int_orders_localized')) }}

),

order_fees as (

    select * from {{ touched_keys.touched_rows(ref('int_order_fees')) }}

),

refunds as (

    select * from {{ touched_keys.touched_rows(ref('int_refunds_with_amounts')) }}
    where is_completed and order_key is not null

),

refund_totals as (

    select
        order_key,
        sum(refund_cash_amount + coalesce(refund_freight_amount, 0)) as refund_cash_amount
    from refunds
    group by order_key

),

final as (

    select
        orders.order_key,
        coalesce(refund_totals.refund_cash_amount, 0) as refund_cash_amount,
        orders.revenue_amount - orders.paid_amount
        - (orders.refund_amount - orders.refund_paid_amount) as due_subsidy_amount,
        {{ from_minor_units(
            to_minor_units(
                'order_fees.rate_commission_amount', 'localized.minor_unit_digits', 'round'
            ),
            'localized.minor_unit_digits',
        ) }} as due_commission_amount
    from orders
    inner join localized
        on orders.order_key = localized.order_key
    inner join order_fees
        on orders.order_key = order_fees.order_key
    left join refund_totals
        on orders.order_key = refund_totals.order_key

)

select * from final
