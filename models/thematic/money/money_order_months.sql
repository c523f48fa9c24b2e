-- Amounts add up.

{% set dated = [
    ('ordered', 'fct_orders', 'ordered_date', 'payable_amount'),
    ('paid', 'fct_orders', 'purchase_date', 'payable_amount'),
    ('refunded', 'fct_refunds', 'booked_date', 'cash_amount'),
] %}
{% set amounts = [
    'ordered', 'paid', 'refunded', 'settled_goods', 'settled_subsidy', 'settled_refund',
    'settled_fee', 'settled_unexplained', 'wallet', 'moved', 'withdrawn', 'bank',
] %}

with

fct_orders as (

    select * from {{ ref('fct_orders') }}

),

fct_refunds as (

    select
        *,
        refund_paid_amount + coalesce(refund_freight_amount, 0) + coalesce(refund_tax_amount, 0)
            as cash_amount
    from {{ ref('fct_refunds') }}
    where order_key is not null

),

money_statement_months as (

    select * from {{ ref('money_statement_months') }}

),

dim_as_of_date as (

    select * from {{ ref('dim_as_of_date') }}

),

entries as (

    {% for kind, fact, date, amount in dated -%}
    select
        {{ fact }}.shop_key,
        {{ fact }}.order_key,
        cast(date_trunc('month', {{ fact }}.{{ date }}) as date) as month_date,
        {{ fact }}.currency_code,
        '{{ kind }}' as entry_kind,
        0 as line_count,
        coalesce({{ fact }}.{{ amount }}, 0) as amount
    from {{ fact }}
    {{ until_as_of_date(fact ~ '.' ~ date) }}
    union all
    {% endfor -%}
    select
        shop_key,
        order_key,
        month_date,
        currency_code,
        'settled_' || bridge_cause as entry_kind,
        line_count,
        amount
    from money_statement_months
    where is_settled_book and bridge_cause not in ('moved', 'withdrawal')
    union all
    select
        shop_key,
        order_key,
        month_date,
        currency_code,
        case
            when book = 'bank' then 'bank'
            when bridge_cause = 'moved' then 'moved'
            when bridge_cause = 'withdrawal' then 'withdrawn'
            else 'wallet'
        end as entry_kind,
        line_count,
        amount
    from money_statement_months
    where is_wallet_book or book = 'bank' and bridge_cause = 'withdrawal'

),

final as (

    select
        shop_key,
        order_key,
        month_date,
        currency_code,
        {% for kind in amounts -%}
        {{ money_total("sum(case when entry_kind = '" ~ kind ~ "' then amount else 0 end)") }}
            as {{ kind }}_amount,
        {% endfor -%}
        count(case when entry_kind = 'paid' then 1 end) > 0 as is_paid_month,
        cast(
            sum(case when left(entry_kind, 7) = 'settled' then line_count else 0 end) as integer
        ) as settled_line_count,
        cast(
            sum(case when entry_kind = 'wallet' then line_count else 0 end) as integer
        ) as wallet_line_count
    from entries
    group by shop_key, order_key, month_date, currency_code

)

select * from final
