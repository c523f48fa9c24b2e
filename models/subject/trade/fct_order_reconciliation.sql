-- A difference is what is there less what should be, null while one side is unknown.

{{ config(
    materialized='incremental',
    meta={'ordered_by': 'purchase_date', 'touched_key': 'order_key'},
) }}

{% set settled = [
    'payout', 'refund', 'subsidy', 'commission', 'service_fee', 'payment_fee', 'freight_insurance',
    'other',
] %}

with

orders as (

    select * from {{ touched_keys.touched_rows(ref('int_orders_with_amounts')) }}

),

order_dues as (

    select * from {{ touched_keys.touched_rows(ref('int_order_amounts_due')) }}

),

settlements as (

    select * from {{ touched_keys.touched_rows(ref('int_settlements_summed')) }}

),

-- An order that never became valid (a deposit that was kept) owes no goods: only its money is
-- compared.
compared as (

    select
        orders.order_key,
        orders.source,
        orders.platform_code,
        orders.shop_key,
        orders.is_valid,
        orders.purchase_date,
        orders.currency_code,
        orders.is_settled,
        settlements.first_settled_at,
        settlements.last_settled_at,
        {% for amount in [
            'orders.source_payable', 'orders.payable', 'orders.received', 'order_dues.refund_cash',
            'order_dues.due_subsidy', 'order_dues.due_commission',
        ] -%}
        {{ money(amount ~ '_amount') }} as {{ amount.split('.')[1] }}_amount,
        {% endfor -%}
        {% for kind in settled -%}
        {{ money('settlements.' ~ kind ~ '_amount') }} as settled_{{ kind }}_amount,
        {% endfor -%}
        {{ money('settlements.net_settled_amount') }} as net_settled_amount,
        {{ money('orders.payable_difference_amount') }} as payable_difference_amount,
        {{ money(
            'case when orders.is_valid then orders.received_amount - orders.payable_amount end'
        ) }} as payment_difference_amount,
        case
            when orders.is_settled
                then {{ money(
                    'settlements.payout_amount - settlements.refund_amount'
                    ~ ' - (orders.received_amount - order_dues.refund_cash_amount)'
                ) }}
        end as payout_difference_amount,
        case
            when orders.is_settled and orders.is_valid
                then {{ money('settlements.subsidy_amount - order_dues.due_subsidy_amount') }}
        end as subsidy_difference_amount,
        case
            when orders.is_settled and orders.is_valid
                then {{ money('settlements.commission_amount - order_dues.due_commission_amount') }}
        end as commission_difference_amount
    from orders
    inner join order_dues
        on orders.order_key = order_dues.order_key
    left join settlements
        on orders.order_key = settlements.order_key

),

final as (

    select
        *,
        case
            when not is_settled then cast(null as boolean)
            when not is_valid then payout_difference_amount = 0
            else
                coalesce(payable_difference_amount, 0) = 0
                and payment_difference_amount = 0
                and payout_difference_amount = 0
                and subsidy_difference_amount = 0
                and commission_difference_amount = 0
        end as is_reconciled
    from compared

)

select * from final
