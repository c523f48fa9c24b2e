-- Amounts add up.

{% set sums = ['ordered', 'paid', 'settled', 'wallet', 'moved', 'withdrawn', 'bank'] %}
{% set gaps = [
    'paid_not_paid', 'paid_other_period', 'settled_not_due', 'settled_refunded',
    'settled_subsidy', 'settled_fee', 'settled_other_period', 'settled_unmatched',
    'settled_unexplained', 'wallet_not_due', 'wallet_other_period', 'wallet_unmatched',
    'wallet_unexplained',
] %}

with

money_order_months as (

    select
        *,
        settled_goods_amount + settled_subsidy_amount + settled_refund_amount
        + settled_fee_amount + settled_unexplained_amount as settled_amount
    from {{ ref('money_order_months') }}

),

money_order_gaps as (

    select * from {{ ref('money_order_gaps') }}

),

money_statement_months as (

    select * from {{ ref('money_statement_months') }}

),

shops as (

    select
        shop_key,
        count(case when book <> 'bank' then 1 end) > 0 as is_settlement_told,
        count(case when bridge_cause = 'withdrawal' then 1 end) > 0 as is_bank_told,
        count(case when book = 'bank' then 1 end) > 0 as has_bank
    from money_statement_months
    group by shop_key

),

amounts as (

    select
        {% for name in sums -%}
        {{ money_total('sum(' ~ name ~ '_amount)') }} as {{ name }}_amount,
        {% endfor -%}
        shop_key,
        month_date,
        currency_code
    from money_order_months
    group by shop_key, month_date, currency_code

),

differences as (

    select
        {% for name in gaps -%}
        {{ money_total('sum(' ~ name ~ '_amount)') }} as {{ name }}_amount,
        {% endfor -%}
        shop_key,
        month_date,
        currency_code
    from money_order_gaps
    group by shop_key, month_date, currency_code

),

-- Where no file of the bank has landed, it is believed to have got what left the wallet for it.
final as (

    select
        amounts.shop_key,
        amounts.month_date,
        amounts.currency_code,
        coalesce(shops.is_settlement_told, false) as is_settlement_told,
        coalesce(shops.is_bank_told, false) as is_bank_told,
        {% for name in sums if name != 'bank' -%}
        amounts.{{ name }}_amount,
        {% endfor -%}
        {{ money_total(
            'case when shops.has_bank then amounts.bank_amount else -amounts.withdrawn_amount end'
        ) }} as bank_amount,
        {% for name in gaps -%}
        differences.{{ name }}_amount,
        {% endfor -%}
        {{ money_total(
            '-amounts.wallet_amount - amounts.moved_amount - amounts.withdrawn_amount'
        ) }} as bank_not_due_amount,
        amounts.moved_amount as bank_moved_amount,
        {{ money_total(
            'case when shops.has_bank then amounts.bank_amount + amounts.withdrawn_amount'
            ~ ' else 0 end'
        ) }} as bank_unexplained_amount
    from amounts
    inner join differences
        on
            amounts.shop_key is not distinct from differences.shop_key
            and amounts.month_date = differences.month_date
            and amounts.currency_code = differences.currency_code
    left join shops
        on amounts.shop_key is not distinct from shops.shop_key

)

select * from final
