-- At most what a valid order paid goes back; the rest, less the tax inside, is excess. A refund
-- of an unknown order takes back its cash.

{{ config(
    materialized='incremental',
    meta={
        'ordered_by': 'applied_at',
        'touched_key': 'coalesce(order_key, refund_key)',
        'touched_by': {
            'int_refunds_localized': 'coalesce(order_key, refund_key)',
            'int_refund_lines_with_amounts': 'order_key',
            'int_refunds_split_into_goods_and_tax': 'order_key',
            'int_order_exchange_rates': 'order_key',
        },
    },
) }}

with

refunds as (

    select * from {{ touched_keys.touched_rows(ref('int_refunds_localized')) }}

),

refund_lines as (

    select * from {{ touched_keys.touched_rows(ref('int_refund_lines_with_amounts'), 'order_key') }}

),

refund_amounts as (

    select *
    from {{ touched_keys.touched_rows(ref('int_refunds_split_into_goods_and_tax'), 'order_key') }}

),

rates as (

    select * from {{ touched_keys.touched_rows(ref('int_order_exchange_rates'), 'order_key') }}

),

exchange_rates as (

    select * from {{ ref('int_exchange_rates') }}

),

refund_totals as (

    select
        refund_key,
        sum(refund_paid_amount) as refund_paid_amount,
        sum(refund_paid_amount + refund_settled_amount) as refund_amount,
        sum(refund_base_amount) as refund_base_amount
    from refund_lines
    group by refund_key

),

-- A known order's refund is worth what the order's day made of it, so that a full refund nets to
-- zero in the reporting currency too; without a rate of that day its worth is unknown.
joined as (

    select
        refunds.*,
        coalesce(
            {{ from_minor_units('refund_amounts.tax_units', 'refund_amounts.minor_unit_digits') }},
            0
        ) as tax_inside_amount,
        {% for amount in ['refund_paid_amount', 'refund_amount'] -%}
        case
            when not refunds.is_completed then cast(null as decimal(18, 4))
            when refunds.order_key is null then refunds.cash_amount
            else coalesce(refund_totals.{{ amount }}, 0)
        end as {{ amount }},
        {% endfor -%}
        case
            when not refunds.is_completed then cast(null as decimal(18, 4))
            when refunds.order_key is null
                then {{ to_base('refunds.cash_amount', 'exchange_rates.rate') }}
            when rates.base_rate is not null then coalesce(refund_totals.refund_base_amount, 0)
        end as refund_base_amount
    from refunds
    left join refund_totals
        on refunds.refund_key = refund_totals.refund_key
    left join refund_amounts
        on refunds.refund_key = refund_amounts.refund_key
    left join rates
        on refunds.order_key = rates.order_key
    left join exchange_rates
        on
            refunds.currency_code = exchange_rates.currency_code
            and refunds.booked_date
            between exchange_rates.valid_from_date and exchange_rates.valid_to_date

),

final as (

    select
        *,
        case
            when is_presumed then 0
            when is_completed then cash_amount - tax_inside_amount - refund_paid_amount
        end as excess_amount,
        case when is_completed then coalesce(tax_amount, tax_inside_amount) end
            as refund_tax_amount,
        case
            when is_presumed then refund_paid_amount + tax_inside_amount
            when is_completed then cash_amount + coalesce(tax_amount, 0)
        end as refund_cash_amount,
        case when is_completed then freight_amount end as refund_freight_amount
    from joined

)

select * from final
