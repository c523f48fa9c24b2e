-- What statements gave back of an order on a day, where nothing else tells it: not of an order of
-- which a refund says how much, or that is presumed to have gone back whole. Goods that came back
-- without an amount (Amazon's warehouses) tell nothing of money. Of several books, the best counts;
-- money in another currency than the order's (a payout that was exchanged) is no refund's amount.

{{ config(
    materialized='incremental',
    meta={
        'touched_key': 'order_id',
        'touched_by': {
            'int_money_movements_classified': 'select order_id'
                ~ ' from {int_money_movements_localized} where order_key is not null'
                ~ ' and money_movement_key in (select money_movement_key from changed_rows)',
            'int_money_told_again': 'select order_id from {int_money_movements_localized}'
                ~ ' where order_key is not null'
                ~ ' and money_movement_key in (select money_movement_key from changed_rows)',
        },
    },
) }}

with

movements as (

    select * from {{ touched_keys.touched_rows(ref('int_money_movements_localized')) }}
    where order_key is not null

),

classified as (

    select * from {{ ref('int_money_movements_classified') }}
    where money_class_code in ('refund', 'freight_income', 'discount', 'tax_collected')

),

told_again as (

    select * from {{ ref('int_money_told_again') }}
    where is_told_elsewhere

),

shops as (

    select * from {{ ref('int_shops_resolved') }}
    where is_shop and statements_tell_refunds

),

orders as (

    select * from {{ touched_keys.touched_rows(ref('int_orders_validated')) }}

),

told as (

    select
        order_id,
        named_order_key as order_key
    from {{ touched_keys.touched_rows(ref('int_refunds_keyed')) }}
    where refund_status not in ('rejected', 'cancelled') and cash_amount > 0
    union
    select
        order_id,
        order_key
    from {{ touched_keys.touched_rows(ref('int_refunds_presumed')) }}

),

-- Where a statement tells freight, discount and tax of an event apart, they went back with its
-- goods, tax beside the cash. Tax that comes back from the state is not the buyer's.
moved as (

    select
        movements.*,
        classified.money_class_code,
        max(case when classified.money_class_code = 'refund' then 1 end) over (
            partition by
                movements.order_key, movements.book, movements.account, movements.moved_date,
                movements.movement_type
        ) = 1 as is_of_a_refund
    from movements
    inner join classified
        on movements.money_movement_key = classified.money_movement_key
    inner join shops
        on movements.shop_key = shops.shop_key
    inner join orders
        on
            movements.order_key = orders.order_key
            and movements.movement_currency_code = orders.order_currency_code
    left join told_again
        on movements.money_movement_key = told_again.money_movement_key
    left join told
        on movements.order_key = told.order_key
    where
        told.order_key is null
        and told_again.money_movement_key is null
        -- A coupon that is taken back goes to the platform, not to the buyer.
        and coalesce(movements.fee_name, '') not like '%优惠券%'

),

given_back as (

    select
        *,
        case when money_class_code <> 'tax_collected' then movement_amount end as cash_amount,
        case when money_class_code = 'tax_collected' then movement_amount end as tax_amount,
        dense_rank() over (
            partition by order_key
            order by
                case book when 'statement' then 1 when 'wallet' then 2 else 3 end asc,
                account asc nulls last
        ) as book_number
    from moved
    where
        is_of_a_refund
        and (money_class_code = 'refund' or movement_type is not null)
        and (money_class_code <> 'tax_collected' or movement_amount < 0)

),

final as (

    select
        source,
        platform_code,
        shop_id,
        order_id,
        order_key,
        shop_key,
        time_zone,
        shop_currency_code,
        concat_ws(' ', 'settled', order_id, moved_date) as refund_id,
        {{ surrogate_key(["'settled'", 'order_key', 'moved_date']) }} as refund_key,
        cast(null as string) as refund_kind,
        cast(null as string) as refund_reason,
        cast(-sum(cash_amount) as decimal(18, 4)) as cash_amount,
        cast(-sum(tax_amount) as decimal(18, 4)) as tax_amount,
        max(moved_at) as completed_at,
        max(batch_id) as batch_id,
        max(loaded_at) as loaded_at
    from given_back
    where book_number = 1
    group by
        source, platform_code, shop_id, order_id, order_key, shop_key, time_zone,
        shop_currency_code, moved_date
    having sum(cash_amount) < 0

)

select * from final
