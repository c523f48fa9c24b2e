-- Amounts add up. What is held back stands on the as-of date: nobody knows when it is released.

with

cash_open_orders as (

    select * from {{ ref('cash_open_orders') }}

),

fct_money_movements as (

    select * from {{ ref('fct_money_movements') }}
    where
        money_class_code in ('hold', 'reserve', 'chargeback')
        and book <> 'bank'
        and not is_told_elsewhere

),

dim_as_of_date as (

    select * from {{ ref('dim_as_of_date') }}

),

held as (

    select
        {% for class in ['hold', 'reserve', 'chargeback'] -%}
        -sum(
            case
                when fct_money_movements.money_class_code = '{{ class }}'
                    then fct_money_movements.amount
                else 0
            end
        ) as {{ class }}_amount,
        {% endfor -%}
        fct_money_movements.shop_key,
        fct_money_movements.currency_code,
        dim_as_of_date.as_of_date
    from fct_money_movements
    {{ until_as_of_date('fct_money_movements.moved_date') }}
    group by
        fct_money_movements.shop_key,
        fct_money_movements.currency_code,
        dim_as_of_date.as_of_date

),

together as (

    select
        shop_key,
        expected_date,
        currency_code,
        1 as order_count,
        owed_amount,
        case when is_overdue then owed_amount else 0 end as overdue_amount,
        0 as hold_amount,
        0 as reserve_amount,
        0 as chargeback_amount
    from cash_open_orders
    union all
    select
        shop_key,
        as_of_date as expected_date,
        currency_code,
        0 as order_count,
        0 as owed_amount,
        0 as overdue_amount,
        hold_amount,
        reserve_amount,
        chargeback_amount
    from held

),

final as (

    select
        {% for name in ['owed', 'overdue', 'hold', 'reserve', 'chargeback'] -%}
        {{ money_total('sum(' ~ name ~ '_amount)') }} as {{ name }}_amount,
        {% endfor -%}
        cast(sum(order_count) as integer) as order_count,
        shop_key,
        expected_date,
        currency_code
    from together
    group by shop_key, expected_date, currency_code

)

select * from final
