-- Fees are positive as they cost. Statement and wallet tell the same fee: of a shop with statements
-- its wallet does not count. A fee in another currency than its order belongs to none.

with

fct_money_movements as (

    select
        *,
        count(case when book = 'statement' then 1 end) over (partition by shop_key) > 0
            as has_statements
    from {{ ref('fct_money_movements') }}
    where not is_told_elsewhere

),

money_classes as (

    select * from {{ ref('money_classes') }}
    where waterfall_place not in ('none', 'told_by_lines')

),

fct_orders as (

    select * from {{ ref('fct_orders') }}
    where is_valid

),

dim_as_of_date as (

    select * from {{ ref('dim_as_of_date') }}

),

linked as (

    select
        fct_money_movements.shop_key,
        fct_orders.order_key,
        case
            when fct_orders.order_key is not null then fct_money_movements.order_line_key
        end as order_line_key,
        cast(date_trunc('month', fct_money_movements.moved_date) as date) as month_date,
        fct_money_movements.currency_code,
        money_classes.waterfall_place,
        fct_money_movements.amount
    from fct_money_movements
    inner join money_classes
        on fct_money_movements.money_class_code = money_classes.money_class_code
    left join fct_orders
        on
            fct_money_movements.order_key = fct_orders.order_key
            and fct_money_movements.currency_code = fct_orders.currency_code
    {{ until_as_of_date('fct_money_movements.moved_date') }}
    where
        fct_money_movements.book
        = case when fct_money_movements.has_statements then 'statement' else 'wallet' end

),

final as (

    select
        shop_key,
        order_key,
        order_line_key,
        month_date,
        currency_code,
        waterfall_place,
        {{ money_total('-sum(amount)') }} as fee_amount
    from linked
    group by shop_key, order_key, order_line_key, month_date, currency_code, waterfall_place

)

select * from final
