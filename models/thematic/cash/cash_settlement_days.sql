-- Orders that no statement has paid out yet are left out, so the days run low while many are open.

with

fct_orders as (

    select * from {{ ref('fct_orders') }}
    where is_valid

),

fct_settlements as (

    select * from {{ ref('fct_settlements') }}
    where settlement_kind = 'payout'

),

fct_money_movements as (

    select * from {{ ref('fct_money_movements') }}
    where money_class_code = 'goods' and not is_told_elsewhere

),

dim_as_of_date as (

    select * from {{ ref('dim_as_of_date') }}

),

told as (

    select
        order_key,
        settled_date
    from fct_settlements
    union all
    select
        order_key,
        moved_date as settled_date
    from fct_money_movements

),

settled as (

    select
        told.order_key,
        min(told.settled_date) as settled_date
    from told
    {{ until_as_of_date('told.settled_date') }}
    group by told.order_key

),

final as (

    select
        fct_orders.shop_key,
        cast(count(*) as integer) as settled_order_count,
        cast(floor(percentile_cont(0.5) within group (
            order by cast(
                {{ dbt.datediff('fct_orders.purchase_date', 'settled.settled_date', 'day') }}
                as double
            )
        )) as integer) as median_settlement_days
    from fct_orders
    inner join settled
        on fct_orders.order_key = settled.order_key
    where fct_orders.purchase_date <= settled.settled_date
    group by fct_orders.shop_key

)

select * from final
