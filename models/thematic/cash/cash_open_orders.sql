-- An order is expected after as many days as half of its shop's orders took; an overdue one on the
-- as-of date. Of a shop that no statement or wallet tells of, nothing is known.

with

fct_orders as (

    select * from {{ ref('fct_orders') }}

),

money_order_months as (

    select * from {{ ref('money_order_months') }}
    where order_key is not null

),

money_shop_months as (

    select * from {{ ref('money_shop_months') }}

),

cash_settlement_days as (

    select * from {{ ref('cash_settlement_days') }}

),

dim_as_of_date as (

    select * from {{ ref('dim_as_of_date') }}

),

told_shops as (

    select distinct shop_key
    from money_shop_months
    where is_settlement_told

),

open_orders as (

    select
        order_key,
        sum(paid_amount) - sum(refunded_amount) as owed_amount
    from money_order_months
    group by order_key
    having sum(paid_amount) > sum(refunded_amount) and sum(settled_goods_amount) = 0

),

due as (

    select
        open_orders.order_key,
        fct_orders.shop_key,
        fct_orders.currency_code,
        fct_orders.purchase_date,
        open_orders.owed_amount,
        dim_as_of_date.as_of_date,
        cast({{ dbt.dateadd(
            'day',
            'coalesce(cash_settlement_days.median_settlement_days, '
            ~ var('settlement_days') ~ ')',
            'fct_orders.purchase_date',
        ) }} as date) as due_date
    from open_orders
    inner join fct_orders
        on open_orders.order_key = fct_orders.order_key
    inner join told_shops
        on fct_orders.shop_key = told_shops.shop_key
    left join cash_settlement_days
        on fct_orders.shop_key = cash_settlement_days.shop_key
    cross join dim_as_of_date

),

final as (

    select
        order_key,
        shop_key,
        currency_code,
        purchase_date,
        due_date,
        greatest(due_date, as_of_date) as expected_date,
        due_date < as_of_date as is_overdue,
        {{ money_total('owed_amount') }} as owed_amount
    from due

)

select * from final
