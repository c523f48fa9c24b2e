-- An order with a line of unknown worth has none.

{{ config(
    materialized='incremental',
    meta={'ordered_by': 'last_settled_at', 'touched_key': 'order_key'},
) }}

{% set kept = ['commission', 'service_fee', 'payment_fee', 'freight_insurance', 'refund'] %}

with

settlements as (

    select * from {{ touched_keys.touched_rows(ref('int_settlements_localized')) }}
    where order_key is not null

),

final as (

    select
        order_key,
        count(case when settlement_kind = 'payout' then 1 end) > 0 as is_settled,
        count(case when settlement_kind = 'commission' then 1 end) > 0 as has_commission,
        count(case when settlement_kind = 'payment_fee' then 1 end) > 0 as has_payment_fee,
        min(settled_at) as first_settled_at,
        max(settled_at) as last_settled_at,
        {% for kind in ['payout', 'subsidy', 'other'] -%}
        sum(case when settlement_kind = '{{ kind }}' then order_amount else 0 end)
            as {{ kind }}_amount,
        {% endfor -%}
        {% for kind in kept -%}
        -sum(case when settlement_kind = '{{ kind }}' then order_amount else 0 end)
            as {{ kind }}_amount,
        {% endfor -%}
        sum(order_amount) as net_settled_amount
    from settlements
    group by order_key
    having count(*) = count(order_amount)

)

select * from final
