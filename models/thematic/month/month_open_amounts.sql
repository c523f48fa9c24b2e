-- Amounts of several currencies do not add up: the largest is told.

with

fct_money_movements as (

    select * from {{ ref('fct_money_movements') }}
    where side = 'open' and not is_told_elsewhere

),

dim_as_of_date as (

    select * from {{ ref('dim_as_of_date') }}

),

by_currency as (

    select
        fct_money_movements.shop_key,
        cast(date_trunc('month', fct_money_movements.moved_date) as date) as month_date,
        fct_money_movements.currency_code,
        sum(abs(fct_money_movements.amount)) as open_amount
    from fct_money_movements
    {{ until_as_of_date('fct_money_movements.moved_date') }}
    group by fct_money_movements.shop_key, month_date, fct_money_movements.currency_code

),

final as (

    select
        shop_key,
        month_date,
        {{ money_total('max(open_amount)') }} as open_amount
    from by_currency
    group by shop_key, month_date

)

select * from final
