-- Before a statement: the platform's rate on what buyers paid and were not given back, and the
-- fees on the payments.

{{ config(materialized='incremental', meta={'touched_key': 'order_key'}) }}

with

orders as (

    select * from {{ touched_keys.touched_rows(ref('int_orders_validated')) }}

),

shops as (

    select * from {{ ref('int_shops_resolved') }}
    where is_shop

),

order_totals as (

    select * from {{ touched_keys.touched_rows(ref('int_order_totals')) }}

),

freight_costs as (

    select * from {{ touched_keys.touched_rows(ref('int_order_freight_costs')) }}

),

payments as (

    select * from {{ touched_keys.touched_rows(ref('int_order_payments_summed')) }}

),

settlements as (

    select * from {{ touched_keys.touched_rows(ref('int_settlements_summed')) }}

),

joined as (

    select
        orders.order_key,
        freight_costs.freight_cost_amount,
        payments.payment_fee_amount as listed_payment_fee_amount,
        {{ money(
            'round('
            ~ 'shops.commission_rate * (order_totals.paid_amount - order_totals.refund_paid_amount)'
            ~ ', 4)'
        ) }} as rate_commission_amount,
        coalesce(settlements.is_settled, false) as is_settled,
        coalesce(settlements.has_commission, false) as has_commission,
        coalesce(settlements.has_payment_fee, false) as has_payment_fee,
        settlements.commission_amount as settled_commission_amount,
        settlements.payment_fee_amount as settled_payment_fee_amount,
        settlements.service_fee_amount + settlements.freight_insurance_amount
            as service_fee_amount
    from orders
    inner join shops
        on orders.shop_key = shops.shop_key
    left join order_totals
        on orders.order_key = order_totals.order_key
    left join freight_costs
        on orders.order_key = freight_costs.order_key
    left join payments
        on orders.order_key = payments.order_key
    left join settlements
        on orders.order_key = settlements.order_key

),

final as (

    select
        order_key,
        is_settled,
        rate_commission_amount,
        {{ money('freight_cost_amount') }} as freight_cost_amount,
        {{ money(
            'case'
            ~ ' when has_commission then settled_commission_amount'
            ~ ' else rate_commission_amount end'
        ) }} as commission_amount,
        case
            when has_commission then 'settlement'
            when rate_commission_amount is not null then 'rate'
        end as commission_source,
        {{ money(
            'case'
            ~ ' when has_payment_fee then settled_payment_fee_amount'
            ~ ' else listed_payment_fee_amount end'
        ) }} as payment_fee_amount,
        {{ money('service_fee_amount') }} as service_fee_amount
    from joined

)

select * from final
