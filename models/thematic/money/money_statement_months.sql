-- Statements, wallets and banks tell the same money again: sum one book only. Where a shop has only
-- statements, or only a wallet, the one stands for the other.

with

fct_money_movements as (

    select * from {{ ref('fct_money_movements') }}
    where not is_told_elsewhere

),

fct_settlements as (

    select * from {{ ref('fct_settlements') }}

),

fct_orders as (

    select * from {{ ref('fct_orders') }}

),

money_classes as (

    select * from {{ ref('money_classes') }}

),

dim_as_of_date as (

    select * from {{ ref('dim_as_of_date') }}

),

-- A statement's line in another currency than its order counts in the order's, with a rate.
told as (

    select
        fct_settlements.shop_key,
        fct_settlements.order_key,
        fct_settlements.settled_date as moved_date,
        coalesce(fct_orders.currency_code, fct_settlements.currency_code) as currency_code,
        'statement' as book,
        case fct_settlements.settlement_kind
            when 'payout' then 'goods'
            when 'refund' then 'refund'
            when 'subsidy' then 'subsidy'
            when 'other' then 'unexplained'
            else 'fee'
        end as bridge_cause,
        coalesce(fct_settlements.order_amount, fct_settlements.settled_amount) as amount
    from fct_settlements
    left join fct_orders
        -- In the key: beside it, a condition of the left side alone would compare all with all.
        on
            case when fct_settlements.order_amount is not null then fct_settlements.order_key end
            = fct_orders.order_key
    union all
    select
        fct_money_movements.shop_key,
        fct_money_movements.order_key,
        fct_money_movements.moved_date,
        fct_money_movements.currency_code,
        fct_money_movements.book,
        money_classes.bridge_cause,
        fct_money_movements.amount
    from fct_money_movements
    inner join money_classes
        on fct_money_movements.money_class_code = money_classes.money_class_code

),

summed as (

    select
        told.shop_key,
        told.order_key,
        cast(date_trunc('month', told.moved_date) as date) as month_date,
        told.currency_code,
        told.book,
        told.bridge_cause,
        cast(count(*) as integer) as line_count,
        {{ money_total('sum(told.amount)') }} as amount
    from told
    {{ until_as_of_date('told.moved_date') }}
    group by
        told.shop_key,
        told.order_key,
        month_date,
        told.currency_code,
        told.book,
        told.bridge_cause

),

final as (

    select
        *,
        book = 'statement'
        or book = 'wallet'
        and count(case when book = 'statement' then 1 end) over of_shop = 0 as is_settled_book,
        book = 'wallet'
        or book = 'statement'
        and count(case when book = 'wallet' then 1 end) over of_shop = 0 as is_wallet_book
    from summed
    window of_shop as (partition by shop_key)

)

select * from final
